// The three operations as somebody would write them by hand over rows: one statement for the members, one for each kind of their records.
const { NURSE, PLAN, TYPES, COLUMNS, PANEL, COVERED, recordsSql, ruleValues } = require('./policy-sql');

const memberOf = ([id, memberNumber, given, family, birthDate, text, gender], full) => ({ id, memberNumber, name: { given: JSON.parse(given), family, ...(full ? { text } : {}) }, birthDate, ...(full ? { gender } : {}) });

/** By name of the operation, what answers it; `rows(sql, values)` gives rows as lists, at once or later; `panel` is how a database best asks who is on it. */
function answersBy(rows, { panel = PANEL } = {}) {
  const records = (key, rule, ids, now) => rows(recordsSql(key, rule, ids), [...ids, ...ruleValues(TYPES[key].type, now)]);
  async function page(members, keys, rule, now, full) {
    const byId = new Map(members.map((row) => [row[0], memberOf(row, full)]));
    const ids = [...byId.keys()];
    const lists = ids.length === 0 ? [] : await Promise.all(keys.map((key) => records(key, rule, ids, now)));
    keys.forEach((key, place) => {
      for (const each of byId.values()) each[key] = { nodes: [] };
      for (const row of lists[place] ?? []) byId.get(row[0])[key].nodes.push(TYPES[key].node(row, full));
    });
    return [...byId.values()];
  }
  return {
    async Q1(id) {
      const now = new Date().toISOString();
      const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE m.id = ? AND ${panel}`, [id, now, now]);
      return { member: (await page(members, ['medications', 'conditions', 'careGaps'], NURSE, now, true))[0] ?? null };
    },
    async Q2() {
      const now = new Date().toISOString();
      const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE ${panel} ORDER BY m.id LIMIT 50`, [now, now]);
      return { members: { nodes: await page(members, ['medications', 'conditions'], NURSE, now, false) } };
    },
    async Q3() {
      const now = new Date().toISOString();
      const members = await rows(`SELECT ${COLUMNS} FROM member m WHERE ${COVERED} ORDER BY m.id LIMIT 200`, [now, now]);
      return { members: { nodes: await page(members, ['medications', 'careGaps'], PLAN, now, false) } };
    },
  };
}
module.exports = { answersBy };
