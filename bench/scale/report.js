// What was measured, as text for the terminal and as Markdown between the marks of docs/scaling.md.
const { median } = require('../load');

const MARKS = ['<!-- measured: bench/scale/run.js writes what stands between these marks -->', '<!-- end of what was measured -->'];
const GOAL = 1.3;

const cpu = (window) => window.process + window.database;
/** Ratios to the first arm, paired by round. */
const paired = (arm, base, of) => arm.windows.map((each, round) => of(each) / of(base.windows[round]));
const table = (head, rows) => [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
const short = (count) => (count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : count >= 1e4 ? `${Math.round(count / 1e3)} k` : `${Math.round(count)}`);

function experimentTable({ title, arms }) {
  const [base] = arms;
  const rows = arms.map((arm) => {
    const ratios = paired(arm, base, cpu);
    const of = (key) => median(arm.windows.map((each) => each[key]));
    return [arm.name, median(ratios).toFixed(2), `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`, `${of('process').toFixed(2)} + ${of('database').toFixed(2)}`, arm.counters.rows.toFixed(1),
      arm.counters.pages.toFixed(0), arm.counters.disk.toFixed(1), of('rate').toFixed(0), arm.p50.toFixed(1), (arm.bytes / 1000).toFixed(1), arm.content === base.content ? 'the same' : 'its own'];
  });
  const head = [title, 'CPU, times the first', 'least to most', 'CPU ms: process + database', 'rows read', 'pages read', 'of them from disk', 'a second', 'p50 ms alone', 'kB', 'answer'];
  return table(head, rows);
}

/** What was refused (a statement that took more than two seconds) costs too, and is not counted as an answer. */
function refusals(found) {
  const count = found.flatMap(({ arms }) => arms.flatMap(({ windows }) => windows.map(({ refused }) => refused))).reduce((sum, each) => sum + each, 0);
  return count === 0 ? 'No request was refused while it was measured.' : `${count} requests were refused while it was measured: the machine was busy.`;
}

/** Each arm that is not the first, beside the goal. */
function verdicts(found) {
  return found.flatMap(({ name, arms }) => arms.slice(1).map((arm) => ({ name: `${name}, ${arm.name}`, ratio: median(paired(arm, arms[0], cpu)), rows: arm.counters.rows / arms[0].counters.rows })));
}

function othersTable(others) {
  return table(['asked four times, the least', 'rows read, crowded', 'rows read, large', 'ms, crowded', 'ms, large', 'answered'], others.map(({ name, crowded, large }) =>
    [name, short(crowded.rows), short(large.rows), crowded.milliseconds.toFixed(0), large.milliseconds.toFixed(0), large.outcome === 'answered' && crowded.outcome === 'answered' ? 'both' : `crowded: ${crowded.outcome}; large: ${large.outcome}`]));
}

function sizesTable(sizes) {
  return table(['rows', ...sizes.map(({ name }) => name)], [...Object.keys(sizes[0].rows).map((each) => [each, ...sizes.map(({ rows }) => short(rows[each]))]), ['GB', ...sizes.map(({ bytes }) => (bytes / 1e9).toFixed(1))]]);
}

function report({ found, others, sizes, rounds, seconds }) {
  const parts = [`${new Date().toISOString().slice(0, 10)}: ${rounds} rounds of ${seconds} s each at concurrency 16, in turns; ratios paired by round.`, sizesTable(sizes), ...found.map(experimentTable), ...(others.length > 0 ? [othersTable(others)] : [])];
  const over = verdicts(found).filter(({ ratio, rows }) => ratio > GOAL || rows > GOAL);
  parts.push(refusals(found), over.length === 0 ? `Nothing of the above costs more than ${GOAL} times the first of its table.` : `Above ${GOAL} times the first: ${over.map(({ name, ratio, rows }) => `${name} (CPU ${ratio.toFixed(2)}, rows ${rows.toFixed(2)})`).join('; ')}.`);
  const text = `${parts.join('\n\n')}\n`;
  const markdown = (document) => {
    const [start, end] = MARKS.map((mark) => document.indexOf(mark));
    if (start < 0 || end < start) throw new Error(`the document lacks the marks that the measured figures stand between: ${MARKS[0]}`);
    return `${document.slice(0, start + MARKS[0].length)}\n${text}${document.slice(end)}`;
  };
  return { text, markdown };
}
module.exports = { report };
