// Mercurius with graphql-jit and its loaders, the policy in the same SQL as raw's: the fastest of the known servers, written as its guide says. No token,
// no audit record. BENCH_URL=mysql://… PORT=… node bench/peers/mercurius.js
const mercurius = require('mercurius');
const app = require('fastify')();
const { rows, NURSE, PLAN, TYPES, records, COLUMNS, PANEL, COVERED } = require('../sql');

const schema = `
  type Code { system: String code: String display: String }
  type HumanName { given: [String] family: String text: String }
  type Medication { id: ID code: Code status: String dosage: String startedAt: String labels: [String] }
  type Condition { id: ID code: Code status: String onsetAt: String labels: [String] }
  type CareGap { id: ID measure: String status: String dueAt: String }
  type MedicationConnection { nodes: [Medication] }
  type ConditionConnection { nodes: [Condition] }
  type CareGapConnection { nodes: [CareGap] }
  type Member { id: ID memberNumber: String name: HumanName birthDate: String gender: String medications: MedicationConnection conditions: ConditionConnection careGaps: CareGapConnection }
  type PageInfo { hasNextPage: Boolean endCursor: String }
  type MemberConnection { nodes: [Member] pageInfo: PageInfo }
  type Query { member(id: ID!): Member members(first: Int): MemberConnection }`;
const memberOf = ([id, memberNumber, given, family, birthDate, text, gender]) => ({ id, memberNumber, name: { given: JSON.parse(given), family, text }, birthDate, gender });
const loader = (key) => async (queries, { caller }) => {
  const lists = new Map(queries.map(({ obj }) => [obj.id, []]));
  for (const row of await records(key, caller.rule, [...lists.keys()], new Date().toISOString())) lists.get(row[0]).push(TYPES[key].node(row, true));
  return queries.map(({ obj }) => ({ nodes: lists.get(obj.id) }));
};
app.register(mercurius, {
  schema, jit: 1,
  context: (request) => ({ caller: request.headers['x-operation'] === 'Q3' ? { rule: PLAN, reach: COVERED } : { rule: NURSE, reach: PANEL } }),
  resolvers: {
    Query: {
      async member(_, { id }, { caller }) {
        const now = new Date().toISOString();
        const [row] = await rows(`SELECT ${COLUMNS} FROM member m WHERE m.id = ? AND ${caller.reach}`, [id, now, now]);
        return row ? memberOf(row) : null;
      },
      async members(_, { first }, { caller }) {
        const now = new Date().toISOString();
        const found = await rows(`SELECT ${COLUMNS} FROM member m WHERE ${caller.reach} ORDER BY m.id LIMIT ${Number(first) + 1}`, [now, now]);
        const nodes = found.slice(0, first).map(memberOf);
        return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.at(-1)?.id ?? null } };
      },
    },
  },
  loaders: { Member: Object.fromEntries(Object.keys(TYPES).map((key) => [key, { loader: loader(key), opts: { cache: false } }])) },
});
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' }).then(() => process.stdout.write('ready\n'), (error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
