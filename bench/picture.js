// docs/performance.svg: a bar for each operation and contender, throughput at concurrency 16 as a share of raw. Plain SVG, no script, no font of its own.
const [LEFT, WIDTH, BAR, GAP, HEAD] = [150, 560, 20, 6, 64];
const COLOURS = { raw: '#6b7280', gateway: '#0f766e', permitAll: '#5eead4', reference: '#a78bfa', naive: '#f59e0b', mercurius: '#3b82f6', postgraphile: '#ef4444' };

const escaped = (text) => String(text).replace(/[&<>"]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[each]);
const text = (x, y, words, more = '') => `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;

/** One operation: its name, a bar a contender, the longest first. */
function panel(operation, bars, top, scale) {
  const rows = bars.map(({ contender, share }, place) => {
    const y = top + 28 + place * (BAR + GAP);
    const width = Math.max(2, Math.round(share * scale));
    const weight = contender === 'gateway' ? 'font-weight="bold"' : '';
    const bar = `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3" fill="${COLOURS[contender] ?? '#9ca3af'}"/>`;
    return [text(LEFT - 10, y + 15, contender, `text-anchor="end" ${weight}`), bar, text(LEFT + width + 8, y + 15, share.toFixed(2), weight)].join('');
  });
  return { markup: [text(LEFT, top + 16, operation, 'font-size="15" font-weight="bold"'), ...rows].join('\n'), height: 28 + bars.length * (BAR + GAP) + 18 };
}

/** @param shares [{ operation, contender, share }] at concurrency 16 */
function picture(shares) {
  const scale = WIDTH / Math.max(1, ...shares.map((each) => each.share));
  const operations = [...new Set(shares.map((each) => each.operation))].sort();
  let top = HEAD;
  const panels = operations.map((operation) => {
    const made = panel(operation, shares.filter((each) => each.operation === operation).sort((one, other) => other.share - one.share), top, scale);
    top += made.height;
    return made.markup;
  });
  const line = `<line x1="${LEFT + scale}" y1="${HEAD}" x2="${LEFT + scale}" y2="${top - 12}" stroke="#6b7280" stroke-dasharray="4 4"/>`;
  const saidOf = (operation) => shares.filter((each) => each.operation === operation).map((each) => `${each.contender} ${each.share.toFixed(2)}`).join(', ');
  const said = operations.map((operation) => `${operation}: ${saidOf(operation)}`).join('. ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 70} ${top}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13" fill="#111827">
<title id="title">Throughput at concurrency 16 as a share of raw</title>
<desc id="description">${escaped(said)}.</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
${text(LEFT, 24, 'Throughput at concurrency 16 as a share of raw', 'font-size="17" font-weight="bold"')}
${text(LEFT, 44, 'longer is faster; the dashed line is raw: hand-written SQL without GraphQL, token or audit', 'fill="#4b5563"')}
${line}
${panels.join('\n')}
</svg>
`;
}
module.exports = { picture };
