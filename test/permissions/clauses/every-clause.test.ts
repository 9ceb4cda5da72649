import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES } from '../../../src/entities/tables';
import { clausesOf } from '../../../src/permissions/clauses';
import { hiddenFields } from '../../../src/permissions/clauses/restrictions';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { PACKAGE_ROOT } from '../../../src/vocabulary/package-root';
import { CLAUSE_IDS } from '../../../src/vocabulary/clauses';
import { PURPOSES } from '../../../src/vocabulary/purposes';
import { REASONS } from '../../../src/vocabulary/reasons';
import { RECORD_TYPES } from '../../../src/vocabulary/records';
import { ROLES } from '../../../src/vocabulary/roles';

const clauses = clausesOf(JURISDICTIONS);
const sources = join(PACKAGE_ROOT, 'src/permissions/clauses');
const SHARED = ['index.ts', 'relationships.ts', 'common-demands.ts'];

/** Every object and value below a piece of data, with the path to it. */
function* below(data: unknown, path: string): Generator<[string, unknown]> {
  yield [path, data];
  if (data !== null && typeof data === 'object') for (const [key, each] of Object.entries(data)) yield* below(each, `${path}.${key}`);
}
const everything = (data: unknown, path: string): [string, unknown][] => [...below(data, path)];

/** Columns that predicates read, by the table that they read them from; `r` is every record table, `m` the member's. */
function columnsRead(data: unknown, relation: string, found: Set<string> = new Set()): Set<string> {
  if (data === null || typeof data !== 'object') return found;
  const node = data as { kind?: string; of?: unknown; name?: string; relation?: string; column?: string; where?: unknown };
  if (node.kind === 'column') found.add(`${node.of === 'm' ? 'member' : node.of === 'r' ? 'a record' : relation}.${node.name}`);
  if (node.kind === 'byState') found.add('member.home_state');
  if (node.relation !== undefined) {
    if (node.column !== undefined) found.add(`${node.relation}.${node.column}`);
    columnsRead(node.where, node.relation, found);
  } else for (const each of Object.values(data)) columnsRead(each, relation, found);
  return found;
}
const hasColumn = (table: string, column: string): boolean => Object.hasOwn((TABLES as Record<string, { columns: object }>)[table]?.columns ?? {}, column);

describe('the clauses as a whole', () => {
  test('are all of the vocabulary, in the Notice\'s order, each once', () => {
    expect(clauses.map((each) => each.id)).toEqual([...CLAUSE_IDS]);
    expect(Object.isFrozen(clauses)).toBe(true);
  });
  test('each has a file and a test of its name, and no file is without a clause', () => {
    const files = readdirSync(sources).filter((each) => !SHARED.includes(each)).map((each) => each.replace(/\.ts$/, ''));
    expect(files.sort()).toEqual(clauses.map((each) => each.id as string).sort());
    expect(clauses.filter((each) => !existsSync(join(__dirname, `${each.id}.test.ts`))).map((each) => each.id)).toEqual([]);
  });
  test('the same law gives the same clauses', () => { expect(JSON.stringify(clausesOf(JURISDICTIONS))).toBe(JSON.stringify(clauses)); });
  test('the law of a state changes the clauses that ask for it, and no other', () => {
    const changed = clausesOf([]).filter((each, place) => JSON.stringify(each) !== JSON.stringify(clauses[place])).map((each) => each.id);
    expect(changed).toEqual(['special-categories', 'access']);
  });
});

describe.each(clauses.map((each) => [each.id, each] as const))('%s', (id, clause) => {
  test('is frozen', () => {
    expect(Object.isFrozen(clause)).toBe(true);
    expect([...clause.permits, ...clause.prohibits].filter((each) => !Object.isFrozen(each))).toEqual([]);
  });
  test('holds no function, and nothing else that could not be printed', () => {
    const odd = everything(clause, id).filter(([, each]) => !['string', 'number', 'boolean'].includes(typeof each) && each !== null
      && !Array.isArray(each) && Object.getPrototypeOf(each) !== Object.prototype);
    expect(odd.map(([path]) => path)).toEqual([]);
    expect(JSON.parse(JSON.stringify(clause))).toEqual(clause);
  });
  test('states its fields in the fixed order in its file', () => {
    const text = readFileSync(join(sources, `${id}.ts`), 'utf8');
    const stated = [...text.slice(text.indexOf('clause({')).matchAll(/^ {2}(\w+):/gm)].map((each) => each[1] ?? '');
    const order = ['id', 'title', 'citation', 'summary', 'purposes', 'permits', 'needsAuthorization', 'prohibits', 'grant', 'accounted', 'reading'];
    expect(stated).toEqual(order.filter((each) => stated.includes(each)));
    expect(stated).toEqual(expect.arrayContaining(['id', 'title', 'citation', 'summary', 'purposes', 'reading']));
  });
  test('says what it is, cites its law, and names only what the vocabulary knows', () => {
    for (const each of [clause.title, clause.citation, clause.summary, clause.reading]) expect(each.length).toBeGreaterThan(5);
    expect(clause.citation).toMatch(/\d/);
    for (const each of [...clause.purposes, ...clause.permits.flatMap((one) => one.purposes)]) expect(PURPOSES).toContain(each);
    for (const each of clause.permits.flatMap((one) => one.roles)) expect(ROLES).toContain(each);
    for (const each of clause.prohibits) expect(REASONS).toContain(each.reason);
    for (const each of clause.permits) expect(each.purposes.every((one) => clause.purposes.includes(one))).toBe(true);
  });
  test('reads columns that exist, of records those that every record has', () => {
    const unknown = [...columnsRead(clause, 'nothing'), ...(id === 'restrictions' ? columnsRead(hiddenFields, 'nothing') : [])].filter((each) => {
      const [table = '', column = ''] = each.split('.');
      if (table !== 'a record') return !hasColumn(table, column);
      // A claim alone says whom it was billed to; every rule on that asks first whether the record is a claim.
      return column !== 'plan_id' && !Object.values(RECORD_TYPES).every((one) => hasColumn(one.table, column));
    });
    expect(unknown).toEqual([]);
  });
});
