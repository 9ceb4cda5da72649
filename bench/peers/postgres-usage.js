// What the database of PostGraphile cost so far: CPU of its server and of every process the server started (Linux), statements as the peer counts them.
const { readFileSync, readdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const directory = () => process.env.BENCH_POSTGRES_DIR ?? join(tmpdir(), `phi-bench-postgres-${process.getuid()}`);
/** parent, and milliseconds of CPU: own, and of children that have ended and were waited for. */
function processOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { parent: fields[1], used: (Number(fields[11]) + Number(fields[12])) * 10, ended: (Number(fields[13]) + Number(fields[14])) * 10 };
}
/** CPU milliseconds so far. */
function databaseCpu() {
  const server = readFileSync(join(directory(), 'data/postmaster.pid'), 'utf8').split('\n')[0];
  const { used, ended } = processOf(server);
  let sum = used + ended;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // One that ended since the folder was read is counted by its parent from now on.
    try { const each = processOf(pid); if (each.parent === server) sum += each.used; } catch (error) { if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error; }
  }
  return sum;
}
/** Statements sent so far by the peer at this port. */
const statements = async (port) => Number(await (await fetch(`http://127.0.0.1:${port}/statements`)).text());
module.exports = { databaseCpu, statements };
