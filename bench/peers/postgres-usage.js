// What PostGraphile's database cost so far: CPU of its server and of the process it has for each connection; statements as the peer counts them.
const { readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { cpuOf } = require('../cpu');

const directory = () => process.env.BENCH_POSTGRES_DIR ?? join(tmpdir(), `phi-bench-postgres-${process.getuid()}`);
/** CPU milliseconds so far. */
const databaseCpu = () => cpuOf(Number(readFileSync(join(directory(), 'data/postmaster.pid'), 'utf8').split('\n')[0]));
/** Statements sent so far by the peer at this port. */
const statements = async (port) => Number(await (await fetch(`http://127.0.0.1:${port}/statements`)).text());
module.exports = { databaseCpu, statements };
