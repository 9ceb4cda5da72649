// A mixed open load: requests of all three operations at random instants, at a share of what a contender can serve of that mix. What counts is how
// far the slowest answers lie from the usual ones (p99/p50), beside raw's in the same run.
const { Random } = require('../dist/src/cli/sample/random.js');
const { closedLoop, median, newAgent, openLoop, quantile } = require('./load');

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
  const { times, seconds: took } = await closedLoop(() => contender.ask(kindBy(random.fraction()), nextId()), { concurrency: CONCURRENCY, seconds });
  if (times.length === 0) throw new Error(`${contender.name}: answered nothing of the mix`);
  return times.length / took;
}
/** By contender, the median of interleaved rounds; the first is to get warm. */
async function capacities(contenders, nextId, { seconds, count }) {
  const found = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= count; round++) for (const each of contenders) found[each.name].push(await capacityOf(each, nextId, seconds));
  return Object.fromEntries(Object.entries(found).map(([name, list]) => [name, median(list.slice(1))]));
}

/** Rounds by turns of an open load at 70 % of each contender's own capacity: { contender: { capacity, Q1: { count, p50, p99, spread }, … } }. */
async function mixedLoad(contenders, nextId, { seconds, count }) {
  const capacity = await capacities(contenders, nextId, { seconds: seconds / 3, count });
  const agents = new Map(contenders.map(({ name }) => [name, newAgent(Infinity)]));
  const times = Object.fromEntries(contenders.map(({ name }) => [name, Object.fromEntries(Object.keys(MIX).map((kind) => [kind, []]))]));
  for (let round = 0; round < count; round++) for (const each of contenders) {
    const arrivals = arrivalsOf(LOAD * capacity[each.name], seconds, round + 1);
    for (const [kind, time] of await openLoop(arrivals, (name) => each.ask(name, nextId()), agents.get(each.name))) times[each.name][kind].push(time);
  }
  agents.forEach((agent) => agent.destroy());
  const spreads = (kinds) => Object.fromEntries(Object.entries(kinds).filter(([, list]) => list.length > 0).map(([kind, list]) => [kind, spreadOf(list)]));
  return Object.fromEntries(contenders.map(({ name }) => [name, { capacity: capacity[name], ...spreads(times[name]) }]));
}
function spreadOf(list) {
  const [p50, p99] = [quantile(list, 0.5), quantile(list, 0.99)];
  return { count: list.length, p50, p99, spread: p99 / p50 };
}
module.exports = { mixedLoad };
