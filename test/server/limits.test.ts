import { buildSchema, getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { checkedPageSize } from '../../src/query/run/reading';
import { loadConfiguration } from '../../src/server/configuration';
import { checkDocument } from '../../src/server/limits';
import { countNodes } from '../../src/server/node-count';
import { checkVariables } from '../../src/server/variable-limits';
import { VARIABLES } from '../../src/server/variables';
import { LARGEST_PAGE } from '../../src/vocabulary/page-size';
import { refused, startToy, TOY_SCHEMA, type Toy } from '../support/toy-gateway';

const { limits } = loadConfiguration({});
const outcome = (run: () => void): string => { try { run(); return 'passes'; } catch (error) { return String((error as { extensions?: { variable?: string } }).extensions?.variable ?? error); } };
const ofDocument = (text: string): string => outcome(() => checkDocument(text, limits));
const times = (count: number, make: (n: number) => string): string => Array.from({ length: count }, (_, n) => make(n)).join(' ');
const nested = (depth: number): string => `{ thing(id: "1") ${'{ whole '.repeat(depth - 2)}{ id }${' }'.repeat(depth - 2)} }`;

describe('a document at its limit and one over', () => {
  const padded = (length: number): string => `{ hello }${' '.repeat(length - 9)}`;
  // A root field, its selection and so on: each makes the count exact.
  const cases: [string, (count: number) => string, number, string][] = [
    ['characters', padded, 20_000, 'LIMIT_CHARACTERS'],
    ['tokens', (count) => `{ ${'hello '.repeat(count - 2)}}`, 2_000, 'LIMIT_TOKENS'],
    ['depth', nested, 12, 'LIMIT_DEPTH'],
    ['aliases', (count) => `{ thing(id: "1") { ${times(count, (n) => `a${n}: id`)} } }`, 30, 'LIMIT_ALIASES'],
    ['aliases of __typename', (count) => `{ thing(id: "1") { ${times(count, (n) => `a${n}: __typename`)} } }`, 30, 'LIMIT_ALIASES'],
    ['root fields', (count) => `{ ${times(count, (n) => `a${n}: hello`)} }`, 10, 'LIMIT_ROOT_FIELDS'],
    ['root fields through fragments', (count) => `{ ...A a: hello } fragment A on Query { ${times(count - 1, (n) => `b${n}: hello`)} }`, 10, 'LIMIT_ROOT_FIELDS'],
    ['directives', (count) => `{ hello ${times(count, () => '@include(if: true)')} }`, 20, 'LIMIT_DIRECTIVES'],
    ['operations', (count) => times(count, (n) => `query Q${n} { hello }`), 5, 'LIMIT_OPERATIONS'],
    ['depth through fragments', (count) => `{ ...A } fragment A on Query ${nested(count - 1).replace('{ id }', '{ ...B }')} fragment B on Thing { code { value } }`, 12, 'LIMIT_DEPTH'],
    ['depth of introspection', (count) => `{ __type(name: "X") ${'{ ofType '.repeat(count - 2)}{ name }${' }'.repeat(count - 1)}`, 16, 'LIMIT_INTROSPECTION_DEPTH'],
  ];
  it.each(cases)('%s', (name, make, limit, variable) => {
    // Two thousand tokens cannot be had without another limit: that one answers then.
    expect([ofDocument(make(limit)), ofDocument(make(limit + 1))]).toEqual([name === 'tokens' ? 'LIMIT_ROOT_FIELDS' : 'passes', variable]);
  });
  it('takes arguments, objects and variables for no aliases', () => {
    expect(ofDocument(`query (${times(40, (n) => `$v${n}: Int = ${n}`)}) { thing(id: "1", filter: { ${times(40, (n) => `x${n}: { y: [{ z: 1 }] }`)} }) { id } }`)).toBe('passes');
  });
  it('passes what does not parse, for the parser to report', () => {
    for (const text of ['', '{', '{ hello(name: "', '}'.repeat(100), '{ ...A } fragment A on Query { ...A }', '{ ...Missing }']) expect(ofDocument(text)).toBe('passes');
  });
  it('passes the standard introspection', () => expect(ofDocument(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toBe('passes'));
});

describe('variables at their limit and one over', () => {
  const ofVariables = (variables: Record<string, unknown>): string => outcome(() => checkVariables(variables, limits));
  const deep = (depth: number): Record<string, unknown> => (depth === 0 ? { x: 1 } : { x: deep(depth - 1) });
  it.each([
    ['nesting', deep(6), deep(7), 'LIMIT_VARIABLES_DEPTH'],
    ['a list', { x: Array(200).fill(1) }, { x: Array(201).fill(1) }, 'LIMIT_VARIABLES_LIST'],
    ['bytes', { x: 'a'.repeat(32_768 - 8) }, { x: 'a'.repeat(32_768 - 7) }, 'LIMIT_VARIABLES_BYTES'],
    ['bytes beyond ASCII', { x: 'ä'.repeat(16_380) }, { x: 'ä'.repeat(16_381) }, 'LIMIT_VARIABLES_BYTES'],
  ])('%s', (_name, at, over, variable) => expect([ofVariables(at), ofVariables(over)]).toEqual(['passes', variable]));
  it('a nesting of a hundred thousand does not exhaust the stack', () => {
    expect(ofVariables({ x: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown })).toBe('LIMIT_VARIABLES_DEPTH');
  });
  it('may not have the key __proto__', () => {
    expect(ofVariables(JSON.parse('{"x":{"__proto__":{"role":"AUDITOR"}}}') as Record<string, unknown>)).toMatch(/__proto__/);
  });
});

describe('the nodes of an operation', () => {
  it('are counted by pages of the size that readers allow: no variable lowers one of the two', () => {
    expect(Object.keys(VARIABLES)).not.toContain('LIMIT_PAGE_SIZE');
    expect(count(`{ things(first: ${LARGEST_PAGE}) { nodes { id } } }`)).toBe(LARGEST_PAGE);
    expect(checkedPageSize(LARGEST_PAGE)).toBe(LARGEST_PAGE);
    for (const size of [LARGEST_PAGE + 1, 0, -1, 1.5, '5']) expect(() => checkedPageSize(size)).toThrow('first: must be a whole number from 1 to 200');
  });
  const count = (text: string, variables: Record<string, unknown> = {}, schema = TOY_SCHEMA): number => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document, null);
    return operation ? countNodes(schema, document, operation, variables) : -1;
  };
  it.each([
    ['a leaf', '{ hello }', 0], ['an object', '{ thing(id: "1") { id } }', 1], ['a value of its owner', '{ thing(id: "1") { code { value } } }', 1],
    ['a page by default', '{ things { nodes { id } } }', 50], ['a page', '{ things(first: 7) { nodes { id } pageInfo { endCursor } } }', 7], ['a page of null is the default', '{ things(first: null) { totalCount } }', 50],
    ['by edges', '{ things(first: 7) { edges { node { id } } } }', 7], ['a page out of range counts the largest', '{ things(first: 100000) { nodes { id } } }', 200],
    ['a page in a page', '{ things(first: 10) { nodes { parts(first: 20) { nodes { id } } } } }', 210], ['the default in a page', '{ things(first: 10) { nodes { parts { nodes { id } } } } }', 1010],
    ['twice in a page', '{ things(first: 10) { nodes { a: parts(first: 20) { nodes { id } } whole { id } } } }', 220],
    ['through fragments', '{ things(first: 10) { ...A } } fragment A on ThingConnection { nodes { ...B ...B } } fragment B on Thing { ... on Thing { parts(first: 20) { nodes { id } } } }', 210],
  ])('%s', (_name, text, nodes) => expect(count(text)).toBe(nodes));
  it('follow a variable', () => {
    const text = 'query ($n: Int = 20) { things(first: $n) { nodes { id } } }';
    expect([count(text, { n: 3 }), count(text, { n: 20 }), count(text, { n: null }), count(text, {})]).toEqual([3, 20, 50, 50]);
  });
  it('of a fan-out by fragments are counted without expanding it', () => {
    const levels = 40;
    const text = `{ thing(id: "1") { ...F0 } } ${times(levels, (n) => `fragment F${n} on Thing { a: whole { ...F${n + 1} } b: whole { ...F${n + 1} } }`)} fragment F${levels} on Thing { id }`;
    const document = parse(text);
    const operation = getOperationAST(document, null);
    const started = performance.now();
    const nodes = operation ? countNodes(TOY_SCHEMA, document, operation, {}) : 0;
    expect(performance.now() - started).toBeLessThan(20);
    expect(nodes).toBe(2 ** (levels + 1) - 1);
  });
  it('of introspection are few for the standard one, many for one that multiplies', () => {
    const wide = buildSchema(`type Query { ${times(300, (n) => `f${n}(a: Int): T${n % 150}`)} } ${times(150, (n) => `type T${n} { ${times(10, (m) => `g${m}: T${(n + m) % 150}`)} }`)}`);
    expect(count(getIntrospectionQuery(), {}, wide)).toBeLessThan(100_000);
    const many = (inner: string): string => times(10, (n) => `a${n}: ${inner}`);
    expect(count(`{ ${many(`__schema { types { ${many(`fields { type { ${many('fields { name }')} } }`)} } }`)} }`, {}, wide)).toBeGreaterThan(100_000);
  });
});

describe('over HTTP', () => {
  let toy: Toy;
  beforeAll(async () => { toy = await startToy(); });
  afterAll(() => toy.gateway.stop());
  const tooComplex = (variable: string) => refused('OPERATION_TOO_COMPLEX', 400, new RegExp(`at most \\d+ \\(${variable}\\)`));

  it('a hundred thousand nodes run, one more does not', async () => {
    const pages = 'things(first: 125) { nodes { parts(first: 17) { nodes { parts(first: 46) { totalCount } } } } }';
    expect(125 * (1 + 17 * (1 + 46))).toBe(100_000);
    await expect(toy.ask(`{ ${pages} }`)).resolves.toMatchObject({ status: 200 });
    await expect(toy.ask(`{ ${pages} thing(id: "1") { id } }`)).resolves.toMatchObject(tooComplex('LIMIT_NODES'));
  });
  it.each([
    ['characters', `{ hello }${' '.repeat(20_000)}`, 'LIMIT_CHARACTERS'], ['tokens', `{ ${'hello '.repeat(2_000)} }`, 'LIMIT_TOKENS'], ['brackets', `{ hello(name: ${'['.repeat(900)}${']'.repeat(900)}) }`, 'LIMIT_DEPTH'],
    ['selections', `${'{ thing '.repeat(190)}{ id }${' }'.repeat(190)}`, 'LIMIT_DEPTH'], ['aliases', `{ ${times(101, (n) => `a${n}: hello`)} }`, 'LIMIT_ALIASES'],
    ['ten aliases of a fragment each', `{ thing(id: "1") { ...F0 } } ${times(11, (n) => `fragment F${n} on Thing { a: whole { ...F${n + 1} } b: whole { ...F${n + 1} } }`)} fragment F11 on Thing { id }`, 'LIMIT_DEPTH'],
    ['a root fan-out by aliases', `{ ${times(11, (n) => `a${n}: hello`)} }`, 'LIMIT_ROOT_FIELDS'], ['directives', `{ hello ${'@skip(if: false) '.repeat(21)} }`, 'LIMIT_DIRECTIVES'],
    ['operations', times(6, (n) => `query Q${n} { hello }`), 'LIMIT_OPERATIONS'],
  ])('too many %s', async (_name, query, variable) => {
    const before = toy.logged.length;
    await expect(toy.ask(query, { operationName: 'Q0' })).resolves.toMatchObject(tooComplex(variable));
    expect(toy.logged.slice(before).join('')).toContain('OPERATION_TOO_COMPLEX');
  });
  it('too large variables, by POST and by GET', async () => {
    await expect(toy.ask('{ hello }', { variables: { x: 'a'.repeat(40_000) } })).resolves.toMatchObject(tooComplex('LIMIT_VARIABLES_BYTES'));
    await expect(toy.ask('{ hello }', { variables: { x: [[[[[[[1]]]]]]] } })).resolves.toMatchObject(tooComplex('LIMIT_VARIABLES_DEPTH'));
  });
  it('a document of worst shapes is refused within 10 ms of processor time', async () => {
    const fan = `{ thing(id: "1") { ${times(40, (n) => `... on Thing { ${times(6, (m) => `f${n}x${m}: id`)} }`)} } }`;
    const shapes = [fan, `{ ${'hello '.repeat(1_900)} }`, `{ ${'...on Query{ '.repeat(190)}hello${' }'.repeat(190)} }`, `{ ${times(300, (n) => `...F${n}`)} } ${times(200, (n) => `fragment F${n} on Query { ...F${(n * 7) % 200} }`)}`];
    const cost = (shape: string): number => {
      const started = process.cpuUsage();
      outcome(() => checkDocument(shape, limits));
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    // The least of several runs: the processor time of a process holds its compiler's and collector's too.
    for (const shape of shapes) expect(Math.min(...Array.from({ length: 20 }, () => cost(shape)))).toBeLessThan(10);
  });
});
