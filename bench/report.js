// What was measured, in words and tables: ratios to raw paired per round (median, least, most), CPU and statements an answer, p50 and p99; what the
// audit record costs; the mixed load; SQLite.
const { median } = require('./load');
const { embeddedTable } = require('./sqlite');

const BEGIN = '<!-- measured: bench/run.js writes what stands between these marks -->';
const END = '<!-- end of what was measured -->';

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const fixed = (value, places) => (Number.isFinite(value) ? value.toFixed(places) : '-');
const medianOf = (list, part) => (list.some((each) => each[part] === null) ? null : median(list.map((each) => each[part])));

/** Each cell of the rounds: operation, level, contender, the shares of raw of the same round. */
function* cells(found) {
  for (const [operation, levels] of Object.entries(found)) for (const [level, contenders] of Object.entries(levels)) {
    for (const [contender, list] of Object.entries(contenders)) yield { operation, level, contender, list, shares: list.map((each, round) => each.rate / contenders.raw[round].rate) };
  }
}

/** { contender: { operation: { c1, c16 } } }, medians; raw is 1 by definition and left out. */
function ratiosOf(found) {
  const ratios = {};
  for (const { operation, level, contender, shares } of cells(found)) {
    if (contender !== 'raw') ((ratios[contender] ??= {})[operation] ??= {})[level] = Number(median(shares).toFixed(3));
  }
  return ratios;
}

const HEAD = ['operation', 'concurrency', 'contender', 'of raw', 'least to most', 'a second', 'CPU ms: process + database', 'CPU of raw', 'statements', 'p50 ms', 'p99 ms'];
const range = (shares) => `${fixed(Math.min(...shares), 2)} to ${fixed(Math.max(...shares), 2)}`;
function roundsTable(found) {
  const cpu = (each) => each.process + each.database;
  return table(HEAD, [...cells(found)].map(({ operation, level, contender, list, shares }) => {
    const { raw } = found[operation][level];
    const told = (part, places) => fixed(medianOf(list, part), places);
    return [
      operation, level, contender, fixed(median(shares), 2), range(shares), told('rate', 0), `${told('process', 2)} + ${told('database', 2)}`, fixed(median(list.map((each, round) => cpu(each) / cpu(raw[round]))), 2),
      told('statements', 1), told('p50', 1), told('p99', 1),
    ];
  }));
}

/** How often a fast path fell back, an answer: told only by the gateways. */
function fallbacksLine(found) {
  const told = [...cells(found)].filter(({ contender, list }) => contender === 'gateway' && medianOf(list, 'fallbacks') !== null);
  const each = told.map(({ operation, level, list }) => `${operation} ${level} ${fixed(medianOf(list, 'fallbacks'), 2)}`);
  return told.length === 0 ? '' : `Fallbacks of the gateway's fast path for each answer: ${each.join(', ')}.`;
}

const refusals = (list) => list.reduce((sum, each) => sum + each.refused, 0);
/** What was refused, which a figure without it would hide. */
function refusedLine(found) {
  const sumOf = ({ operation, level, contender, list }) => ({ name: `${contender} ${operation} ${level}`, sum: refusals(list) });
  const told = [...cells(found)].map(sumOf).filter(({ sum }) => sum > 0);
  return told.length === 0 ? '' : `Refused, and not counted as answers: ${told.map(({ name, sum }) => `${name} ${sum}`).join(', ')}.`;
}

function auditTable(found) {
  const rows = Object.entries(found).map(([operation, levels]) => {
    const [{ gateway, noAudit }] = Object.values(levels);
    const shares = gateway.map((each, round) => each.rate / noAudit[round].rate);
    return [operation, fixed(medianOf(gateway, 'rate'), 0), fixed(medianOf(noAudit, 'rate'), 0), fixed(median(shares), 2), range(shares), fixed(medianOf(gateway, 'p99'), 0), `${refusals(gateway)} / ${refusals(noAudit)}`];
  });
  return table(['operation', 'a second with the durable record', 'without', 'with / without', 'least to most', 'p99 ms with', 'refused: with / without'], rows);
}

const MIXED_HEAD = ['operation', 'answers: raw / gateway', 'raw p50 / p99 ms', 'gateway p50 / p99 ms', 'p99/p50 of raw', 'of the gateway', 'gateway / raw'];
function mixedTable({ raw, gateway }) {
  const times = ({ p50, p99 }) => `${fixed(p50, 1)} / ${fixed(p99, 1)}`;
  const rows = ['Q1', 'Q2', 'Q3'].filter((name) => raw[name] && gateway[name]).map((name) => {
    const [one, other] = [raw[name], gateway[name]];
    return [name, `${one.count} / ${other.count}`, times(one), times(other), fixed(one.spread, 2), fixed(other.spread, 2), fixed(other.spread / one.spread, 2)];
  });
  const capacity = `Capacity for the mix (70 % Q1, 25 % Q2, 5 % Q3): raw ${fixed(raw.capacity, 0)}, gateway ${fixed(gateway.capacity, 0)} answers a second.`;
  return `${table(MIXED_HEAD, rows)}\n\n${capacity}`;
}

function sections({ rounds, audit, mixed, sqlite, members, count, seconds }) {
  const parts = [`${members.toLocaleString('en-US')} members, ${count} rounds of ${seconds} s each, interleaved; throughput as a share of raw's in the same round.`];
  if (rounds) parts.push(roundsTable(rounds), fallbacksLine(rounds), refusedLine(rounds));
  if (audit) parts.push('The durable audit record at concurrency 64:', auditTable(audit));
  if (mixed) parts.push('A mixed open load at 70 % of each one\'s own capacity, times from the instant that was meant:', mixedTable(mixed));
  if (sqlite) parts.push('Embedded on SQLite, in one process, against the faster of two hand-written ways:', embeddedTable(sqlite));
  return parts.filter(Boolean);
}

/** text: for the terminal; markdown: puts it between the marks of a page; ratios: as --out has them; shares: those of concurrency 16. */
function report(found) {
  const parts = sections(found);
  const picture = found.rounds ? ['![Throughput at concurrency 16 as a share of raw, a bar for each operation and contender: the table has the figures](performance.svg)'] : [];
  const atSixteen = found.rounds ? [...cells(found.rounds)].filter((each) => each.level === 'c16') : [];
  const measured = [BEGIN, parts[0], '', ...picture, '', ...parts.slice(1).flatMap((each) => [each, '']), END].join('\n').replace(/\n{3,}/g, '\n\n').replace(`\n\n${END}`, `\n${END}`);
  return {
    ratios: found.rounds ? ratiosOf(found.rounds) : {},
    shares: atSixteen.map(({ operation, contender, shares }) => ({ operation, contender, share: median(shares) })),
    text: `${parts.join('\n\n')}\n`,
    markdown: (page) => page.replace(new RegExp(`${BEGIN}[^]*${END}`), () => measured),
  };
}
module.exports = { report };
