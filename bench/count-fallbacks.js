// Loaded into a gateway that is measured (node --require): counts what it publishes of a fast path that met something it does not know and fell
// back to the general one, and tells the count when the bench asks for it. Without this file nobody listens, and nothing is counted.
const { subscribe } = require('node:diagnostics_channel');

let count = 0;
subscribe('phi-gateway.fallback', () => { count += 1; });
process.on('message', (message) => { if (message === 'fallbacks') process.send({ fallbacks: count }); });
process.channel?.unref();
