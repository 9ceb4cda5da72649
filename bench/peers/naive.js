// As most teams would write it with the same libraries (graphql-js objects, since decorators want a compiler): TypeORM find, one dataloader for each relation, a graphql-shield rule on
// every field, the policy in the resolvers. No token, no audit record. BENCH_URL=mysql://… PORT=… node bench/peers/naive.js
// The gateway's own packages; those of this folder have a graphql of their own.
const own = require('node:module').createRequire(require('node:path').join(__dirname, '../../package.json'));
own('reflect-metadata');
const { createServer } = require('node:http');
const { ApolloServer, HeaderMap } = own('@apollo/server');
const DataLoader = require('dataloader');
const { shield, rule } = own('graphql-shield');
const { applyMiddleware } = own('graphql-middleware');
const { GraphQLObjectType, GraphQLSchema, GraphQLString, GraphQLID, GraphQLInt, GraphQLBoolean, GraphQLList, isObjectType } = own('graphql');
const { In } = own('typeorm');
const { createDataSource } = require('../../dist/src/entities/data-source.js');
const { CLASSES } = require('../../dist/src/vocabulary/sensitivity.js');
const { callerOf, inForce, isVisible, now } = require('./policy');

const object = (name, fields) => new GraphQLObjectType({ name, fields });
const Code = object('Code', { system: { type: GraphQLString, resolve: (row) => row.code_system }, code: { type: GraphQLString }, display: { type: GraphQLString, resolve: (row) => row.code_display } });
const common = { id: { type: GraphQLID }, status: { type: GraphQLString }, labels: { type: new GraphQLList(GraphQLString), resolve: (row) => CLASSES.filter((_, bit) => row.labels & (1 << bit)) } };
const coded = { code: { type: Code, resolve: (row) => row } };
const text = (column) => ({ type: GraphQLString, resolve: (row) => row[column] });
const Medication = object('Medication', { ...common, ...coded, dosage: text('dosage'), startedAt: text('started_at') });
const Condition = object('Condition', { ...common, ...coded, onsetAt: text('onset_at') });
const CareGap = object('CareGap', { ...common, measure: text('measure'), dueAt: text('due_at') });
const connection = (type) => object(`${type.name}Connection`, { nodes: { type: new GraphQLList(type) } });
const RECORDS = { medications: [Medication, 'medication'], conditions: [Condition, 'condition_record'], careGaps: [CareGap, 'care_gap'] };
const HumanName = object('HumanName', { given: { type: new GraphQLList(GraphQLString), resolve: (row) => JSON.parse(row.name_given) }, family: text('name_family'), text: text('name_text') });
const Member = object('Member', {
  id: { type: GraphQLID }, memberNumber: text('member_number'), name: { type: HumanName, resolve: (row) => row }, birthDate: text('birth_date'), gender: { type: GraphQLString },
  ...Object.fromEntries(Object.entries(RECORDS).map(([field, [type, table]]) => [field, {
    type: connection(type),
    async resolve(member, _, { loaders, caller }) {
      const [rows, authorizations, restrictions, coverages] = await Promise.all([loaders[table].load(member.id), loaders.authorization_scope.load(member.id), loaders.restriction_scope.load(member.id), caller.plan ? loaders.coverage.load(member.id) : []]);
      return { nodes: rows.filter((row) => isVisible(row, type.name, caller, { authorizations, restrictions, coverages })) };
    },
  }])),
});
const PageInfo = object('PageInfo', { hasNextPage: { type: GraphQLBoolean }, endCursor: { type: GraphQLString } });
const MemberConnection = object('MemberConnection', { nodes: { type: new GraphQLList(Member) }, pageInfo: { type: PageInfo } });

async function reached(source, caller) {
  const at = now();
  const rows = caller.plan ? await source.getRepository('coverage').find({ where: { plan_id: caller.plan } }) : await source.getRepository('care_team').find({ where: { practitioner_id: 'prac-1' } });
  return [...new Set(rows.filter((each) => inForce(each, at)).map((each) => each.member_id))].sort();
}
const Query = object('Query', {
  member: { type: Member, args: { id: { type: GraphQLID } }, resolve: async (_, { id }, { source, caller }) => ((await reached(source, caller)).includes(id) ? source.getRepository('member').findOneBy({ id }) : null) },
  members: {
    type: MemberConnection, args: { first: { type: GraphQLInt } },
    async resolve(_, { first }, { source, caller }) {
      const ids = await reached(source, caller);
      const nodes = await source.getRepository('member').find({ where: { id: In(ids.slice(0, first)) }, order: { id: 'ASC' } });
      return { nodes, pageInfo: { hasNextPage: ids.length > first, endCursor: nodes.at(-1)?.id ?? null } };
    },
  },
});
const isCalled = rule()((_parent, _args, { caller }) => ['NURSE', 'HEALTH_PLAN'].includes(caller.role));
const rules = (schema) => Object.fromEntries(Object.values(schema.getTypeMap()).filter((each) => isObjectType(each) && !each.name.startsWith('__')).map((each) => [each.name, Object.fromEntries(Object.keys(each.getFields()).map((field) => [field, isCalled]))]));

async function main() {
  const source = await createDataSource(process.env.BENCH_URL).initialize();
  const plain = new GraphQLSchema({ query: Query });
  const server = new ApolloServer({ schema: applyMiddleware(plain, shield(rules(plain), { allowExternalErrors: true })), csrfPrevention: false });
  await server.start();
  const loader = (table) => new DataLoader(async (ids) => {
    const rows = await source.getRepository(table).find({ where: { member_id: In([...ids]) } });
    const by = new Map(ids.map((id) => [id, []]));
    for (const row of rows) by.get(row.member_id).push(row);
    for (const list of by.values()) if (list[0]?.id) list.sort((one, other) => (one.id < other.id ? -1 : 1));
    return ids.map((id) => by.get(id));
  });
  createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const headers = new HeaderMap();
    headers.set('content-type', 'application/json');
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', search: '', body, headers },
      context: async () => ({ source, caller: callerOf(request.headers['x-operation']), loaders: Object.fromEntries(['medication', 'condition_record', 'care_gap', 'authorization_scope', 'restriction_scope', 'coverage'].map((each) => [each, loader(each)])) }),
    });
    response.setHeader('content-type', 'application/json');
    response.statusCode = answer.status ?? 200;
    response.end(answer.body.string);
  }).listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
}
main().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
