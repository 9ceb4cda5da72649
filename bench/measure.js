// One contender under one load: how many answers a second, what they cost in CPU and statements, how long they took, how often a fast path fell back.
const { cpuOf } = require('./cpu');
const { closedLoop, quantile } = require('./load');

/** `load` is what closedLoop is given; all but the rate and the times are for one answer. */
async function measure(contender, database, next, load) {
  const statements = contender.statements ?? database.statements;
  const used = async () => ({ own: cpuOf(contender.child.pid), database: contender.databaseCpu(), statements: await statements(), fallbacks: await contender.fallbacks?.() ?? null });
  const before = await used();
  const { times, refused, seconds } = await closedLoop(next, load);
  const after = await used();
  const each = (part, besides = 0) => (before[part] === null || times.length === 0 ? null : (after[part] - before[part] - besides) / times.length);
  return {
    rate: times.length / seconds, refused, process: each('own'), database: each('database'), fallbacks: each('fallbacks'),
    // MariaDB counts the question itself.
    statements: each('statements', contender.statements ? 0 : 1), p50: quantile(times, 0.5), p99: quantile(times, 0.99),
  };
}

/** Interleaved rounds, since a noisy machine then bothers all alike: { contender: [measured, …] }. */
async function rounds(contenders, database, nextOf, { concurrency, seconds, count, agent }) {
  const found = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (const each of contenders) await closedLoop(nextOf(each), { concurrency, seconds: Math.min(1, seconds), agent });
  for (let round = 0; round < count; round++) for (const each of contenders) found[each.name].push(await measure(each, database, nextOf(each), { concurrency, seconds, agent }));
  return found;
}
module.exports = { rounds };
