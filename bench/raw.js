// The measure of docs/PERFORMANCE.md: node:http, hand-written prepared SQL with the same policy for these two callers, JSON.stringify; no
// GraphQL, no token, no audit record. BENCH_URL=mysql://… PORT=… node bench/raw.js
const { createServer } = require('node:http');
const { rows, NURSE, PLAN, TYPES, records, COLUMNS, PANEL, COVERED } = require('./sql');

async function page(members, keys, rule, now, full) {
  const byId = new Map(members.map(([id, number, given, family, birthDate, text, gender]) => [id, { id, memberNumber: number, name: { given: JSON.parse(given), family, ...(full ? { text } : {}) }, birthDate, ...(full ? { gender } : {}) }]));
  const ids = [...byId.keys()];
  const lists = ids.length === 0 ? [] : await Promise.all(keys.map((key) => records(key, rule, ids, now)));
  keys.forEach((key, place) => {
    for (const each of byId.values()) each[key] = { nodes: [] };
    for (const row of lists[place] ?? []) byId.get(row[0])[key].nodes.push(TYPES[key].node(row, full));
  });
  return [...byId.values()];
}
const ANSWER = {
  async Q1(id) {
    const now = new Date().toISOString();
    const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE m.id = ? AND ${PANEL}`, [id, now, now]);
    return { member: (await page(members, ['medications', 'conditions', 'careGaps'], NURSE, now, true))[0] ?? null };
  },
  async Q2() {
    const now = new Date().toISOString();
    const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE ${PANEL} ORDER BY m.id LIMIT 50`, [now, now]);
    return { members: { nodes: await page(members, ['medications', 'conditions'], NURSE, now, false) } };
  },
  async Q3() {
    const now = new Date().toISOString();
    const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE ${COVERED} ORDER BY m.id LIMIT 200`, [now, now]);
    return { members: { nodes: await page(members, ['medications', 'careGaps'], PLAN, now, false) } };
  },
};

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://local');
  try {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: await ANSWER[url.pathname.slice(1)](url.searchParams.get('id')) }));
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
