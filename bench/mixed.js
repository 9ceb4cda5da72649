// A mixed open load: requests of all three operations at random instants, at a share of what a contender can serve of that mix. What counts is how
// far the slowest answers lie from the usual ones (p99/p50), beside raw's in the same run.
const { Random } = require('../dist/src/cli/sample/random.js');
const { closedLoop, newAgent, openLoop, quantile } = require('./load');

const MIX = { Q1: 0.7, Q2: 0.25, Q3: 0.05 };
const LOAD = 0.7;
const CONCURRENCY = 16;

function kindBy(fraction) {
  let sum = 0;
  return Object.keys(MIX).find((name) => (sum += MIX[name]) > fraction) ?? 'Q1';
}
/** Instants by a Poisson process of this rate a second, the same for a seed. */
function arrivalsOf(rate, seconds, seed) {
  const random = new Random(seed, 'arrivals');
  const found = [];
  for (let at = 0; at < seconds * 1000; at += (-Math.log(1 - random.fraction()) / rate) * 1000) found.push({ at, kind: kindBy(random.fraction()) });
  return found;
}

/** Answers a second of the mix that a contender serves with sixteen askers. */
async function capacityOf(contender, nextId, seconds) {
  const random = new Random(1, 'capacity');
  const next = () => contender.ask(kindBy(random.fraction()), nextId());
  await closedLoop(next, { concurrency: CONCURRENCY, seconds: Math.min(2, seconds) });
  const { times, seconds: took } = await closedLoop(next, { concurrency: CONCURRENCY, seconds });
  return times.length / took;
}

/** Rounds by turns of an open load at 70 % of each contender's own capacity: { contender: { capacity, Q1: { count, p50, p99, spread }, … } }. */
async function mixedLoad(contenders, nextId, { seconds, count }) {
  const found = {};
  for (const each of contenders) found[each.name] = { capacity: await capacityOf(each, nextId, Math.max(2, seconds / 3)), times: { Q1: [], Q2: [], Q3: [] } };
  const agents = new Map(contenders.map(({ name }) => [name, newAgent(Infinity)]));
  for (let round = 0; round < count; round++) for (const each of contenders) {
    const { capacity, times } = found[each.name];
    for (const [kind, time] of await openLoop(arrivalsOf(LOAD * capacity, seconds, round + 1), (name) => each.ask(name, nextId()), agents.get(each.name))) times[kind].push(time);
  }
  agents.forEach((agent) => agent.destroy());
  return Object.fromEntries(Object.entries(found).map(([name, { capacity, times }]) => [name, { capacity, ...Object.fromEntries(Object.entries(times).filter(([, list]) => list.length > 0).map(([kind, list]) => [kind, spreadOf(list)])) }]));
}
function spreadOf(list) {
  const [p50, p99] = [quantile(list, 0.5), quantile(list, 0.99)];
  return { count: list.length, p50, p99, spread: p99 / p50 };
}
module.exports = { mixedLoad, arrivalsOf };
