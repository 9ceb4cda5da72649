// The three operations in the schema that PostGraphile makes of the tables, field for field those of bench/operations.js, and its answers in the
// shape of the others' (only where answers are compared, never where time is taken).
const records = (fields) => ({
  medications: `medications { nodes { rowId ${fields} codeDisplay status dosage startedAt } }`,
  conditions: `conditions { nodes { rowId ${fields} codeDisplay status onsetAt } }`,
  careGaps: 'careGaps { nodes { rowId measure status dueAt } }',
});
const [whole, brief] = [records('labels codeSystem code'), records('code')];
const page = (first, fields) => `{ allMembers(first: ${first}) { nodes { rowId memberNumber nameGiven nameFamily birthDate ${fields} } pageInfo { hasNextPage endCursor } } }`;
const queries = {
  Q1: `query Q1($id: String!) { memberByRowId(rowId: $id) { rowId memberNumber nameGiven nameFamily nameText birthDate gender ${whole.medications} ${whole.conditions} ${whole.careGaps} } }`,
  Q2: page(50, `${brief.medications} ${brief.conditions}`),
  Q3: page(200, `${brief.medications} ${brief.careGaps}`),
};

const defined = (parts) => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
const recordOf = ({ rowId, code, codeSystem, codeDisplay, ...rest }) => ({ id: rowId, ...(code === undefined ? {} : { code: defined({ system: codeSystem, code, display: codeDisplay }) }), ...rest });
function memberOf(member) {
  if (!member) return null;
  const { rowId, nameGiven, nameFamily, nameText, ...rest } = member;
  for (const key of Object.keys(whole)) if (rest[key]) rest[key] = { nodes: rest[key].nodes.map(recordOf) };
  return { id: rowId, name: defined({ given: nameGiven, family: nameFamily, text: nameText }), ...rest };
}
/** The data of an answer as bench/operations.js would have it. */
const translate = ({ memberByRowId, allMembers }) => (allMembers ? { members: { nodes: allMembers.nodes.map(memberOf), pageInfo: allMembers.pageInfo } } : { member: memberOf(memberByRowId) });

module.exports = { queries, translate };
