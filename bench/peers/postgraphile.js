// PostGraphile 5 over a private PostgreSQL with row level security and column grants (postgres.sql: the same policy as raw's), configured for
// production as its documentation says. No token, no audit record. It starts and fills its database, and stops it when it ends.
// BENCH_URL=mysql://… PORT=… node bench/peers/postgraphile.js
process.env.NODE_ENV ??= 'production';
process.env.GRAPHILE_ENV ??= 'production';
// PostGraphile 5 is written for Node 22.
Promise.withResolvers ??= function withResolvers() {
  const parts = {};
  parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};
const { execFileSync } = require('node:child_process');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { Pool } = require('pg');
const { postgraphile } = require('postgraphile');
const { PostGraphileAmberPreset } = require('postgraphile/presets/amber');
const { makePgService } = require('postgraphile/adaptors/pg');
const { grafserv } = require('postgraphile/grafserv/node');

const database = (action) => execFileSync(join(__dirname, 'postgres.sh'), [action], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' }).trim();
/** The two callers of the bench as a server would have them from a token: the role, and what the policies ask about. */
const NURSE = { role: 'phi_nurse', 'phi.recipients': '{role:NURSE,sub:bench-nurse,org:org-phi}', 'phi.purposes': '{TREAT}', 'phi.practitioner_id': 'prac-1' };
const PLAN = { role: 'phi_plan', 'phi.recipients': '{!payer,role:HEALTH_PLAN,sub:bench-plan,org:org-plan}', 'phi.purposes': '{CAREMGT,HOPERAT}', 'phi.plan_id': 'org-plan' };

let statements = 0;
/** At most ten connections, as the others have; what is sent over them is counted. */
function connect(connectionString) {
  const pool = new Pool({ connectionString, max: 10, idleTimeoutMillis: 0 });
  pool.on('connect', (client) => {
    const { query } = client;
    client.query = function counted(...given) { statements++; return query.apply(this, given); };
  });
  pool.on('error', fail);
  return pool;
}
/** PostGraphile as it is run in production; the application's account is neither the owner of the tables nor exempt from their policies. */
const serve = (address) => postgraphile({
  extends: [PostGraphileAmberPreset],
  // Without ids of its own: a record is reached by its member alone, as in every other contender.
  disablePlugins: ['NodePlugin', 'NodeAccessorPlugin', 'AddNodeInterfaceToSuitableTypesPlugin'],
  pgServices: [makePgService({ pool: connect(address.replace('//phi:', '//phi_app:')), schemas: ['chart'] })],
  grafast: { explain: false, context: ({ node }) => ({ pgSettings: node.req.headers['x-operation'] === 'Q3' ? PLAN : NURSE }) },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false, outputDataAsString: true },
});

async function main() {
  if (!process.env.BENCH_URL) throw new Error('BENCH_URL is not set: the MariaDB database that bench/seed.js filled');
  const address = database('start');
  execFileSync(process.execPath, [join(__dirname, 'postgres-fill.js')], { stdio: 'inherit', env: { ...process.env, BENCH_POSTGRES_URL: address } });
  const instance = serve(address);
  const serv = instance.createServ(grafserv);
  const answer = serv.createHandler();
  const server = createServer((request, response) => (request.url === '/statements' ? response.end(String(statements)) : answer(request, response)));
  server.on('error', fail);
  await serv.ready();
  await instance.getSchema();
  server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
}
function fail(error) {
  process.stderr.write(`${error.stack}\n`);
  database('stop');
  process.exit(1);
}
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => { database('stop'); process.exit(0); });
main().catch(fail);
