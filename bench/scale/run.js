// npm run proof:scale: what the same queries cost with 20,000 and with 1,000,000 members (docs/scaling.md). It has a MariaDB of its own
// (bench/scale/server), fills it once, and starts one gateway for each database.
//   --members 1000000   --rounds 5   --seconds 2   --only Q1,Q2   --load (fill only)   --write docs/scaling.md
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const mysql = require('mysql2/promise');
const { databasesFor } = require('./databases');
const { isLoaded, load } = require('./load');
const { measure } = require('./measure');
const { report } = require('./report');

const OPTIONS = { members: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' }, only: { type: 'string' }, load: { type: 'boolean' }, write: { type: 'string' } };
const { values: given } = parseArgs({ options: OPTIONS });
const directory = process.env.SCALE_DIR ?? '/tmp/phi-scale-mariadb';
// Keys and checkpoints go with the data: the sealed trail is this database's.
const directories = { keys: join(directory, 'keys'), auditCheckpoints: join(directory, 'checkpoints') };
const server = (what) => execFileSync(join(__dirname, 'server'), [what], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' }).trim();
const say = (line) => process.stderr.write(`${line}\n`);

function whole(name, least) {
  const number = Number(given[name]);
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name}: must be a whole number from ${least}`);
  return number;
}

async function main() {
  const databases = databasesFor(whole('members', 20000));
  const [rounds, seconds] = [whole('rounds', 1), whole('seconds', 1)];
  const url = server('url');
  server('start-to-measure');
  const missing = [];
  const connection = await mysql.createConnection(url);
  for (const each of databases) if (!await isLoaded(connection, each)) missing.push(each);
  await connection.end();
  if (missing.length > 0) {
    server('start-to-load');
    for (const each of missing) await load(url, each, directories, say);
    server('start-to-measure');
  }
  if (given.load) return;
  const found = await measure({ url, databases, directories, rounds, seconds, only: given.only?.split(','), say });
  const told = report(found);
  process.stdout.write(told.text);
  if (given.write) writeFileSync(given.write, told.markdown(readFileSync(given.write, 'utf8')));
}
function end(code) {
  server('stop');
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { end(130); });
main().then(() => { end(0); }, (error) => { say(error.stack); end(1); });
