// graphql-js looks once, as it is loaded, whether it runs in production; elsewhere it guards each look at a type against being installed twice,
// a tenth of this law's time. To be imported before it; a test file has an environment of its own.
process.env.NODE_ENV = 'production';
