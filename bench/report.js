// What was measured, in words: ratios to raw paired per round (median, least, most), CPU and statements an operation, p50 and p99.
const BEGIN = '<!-- measured: bench/run.js writes what stands between these marks -->';
const END = '<!-- end of what was measured -->';

function report(found, { rounds, seconds, median }) {
  const ratios = {};
  const lines = [];
  const bars = [];
  for (const [contender, operations] of Object.entries(found)) for (const [operation, levels] of Object.entries(operations)) for (const [level, list] of Object.entries(levels)) {
    const raw = found.raw[operation][level];
    const shares = list.map((each, round) => each.rate / raw[round].rate);
    const of = (part) => median(list.map((each) => each[part]));
    const share = median(shares);
    if (contender !== 'raw') ((ratios[contender] ??= {})[operation] ??= {})[level] = Number(share.toFixed(3));
    lines.push([operation, level, contender, share.toFixed(2), `${Math.min(...shares).toFixed(2)} to ${Math.max(...shares).toFixed(2)}`, of('rate').toFixed(0), `${of('process').toFixed(2)} + ${of('database').toFixed(2)}`, of('statements').toFixed(1), of('p50').toFixed(1), of('p99').toFixed(1)]);
    if (level === 'c16') bars.push([operation, contender, share]);
  }
  lines.sort((one, other) => (one.slice(0, 2).join() < other.slice(0, 2).join() ? -1 : one.slice(0, 2).join() > other.slice(0, 2).join() ? 1 : 0));
  const head = ['operation', 'concurrency', 'contender', 'of raw', 'least to most', 'a second', 'CPU ms: process + database', 'statements', 'p50 ms', 'p99 ms'];
  const table = [head, head.map(() => '---'), ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const most = Math.max(...bars.map(([, , share]) => share));
  const picture = bars.sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : other[2] - one[2])).map(([operation, contender, share]) => `${operation} ${contender.padEnd(12)} ${'█'.repeat(Math.max(1, Math.round((40 * share) / most)))} ${share.toFixed(2)}`).join('\n');
  const text = `${table}\n`;
  const measured = `${BEGIN}\n${rounds} rounds of ${seconds} s each, interleaved; throughput as a share of raw's in the same round.\n\nThroughput at concurrency 16 as a share of raw:\n\n\`\`\`text\n${picture}\n\`\`\`\n\n${table}\n${END}`;
  return { ratios, text, markdown: (page) => page.replace(new RegExp(`${BEGIN}[^]*${END}`), () => measured) };
}
module.exports = { report };
