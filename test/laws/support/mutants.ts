/** Deliberately broken engines: each wraps one exported function. The two-worlds experiment must tell every one from the engine. */
import type * as AmendmentRead from '../../../src/query/compile/amendment-read';
import type * as CollectionRead from '../../../src/query/compile/collection-read';
import type * as Filters from '../../../src/query/compile/filters';
import type * as LevelFacts from '../../../src/query/compile/level-facts';
import type * as KnownRows from '../../../src/query/compile/known-rows';
import type * as MemberRead from '../../../src/query/compile/member-read';
import type * as RecordRead from '../../../src/query/compile/record-read';
import type * as Sql from '../../../src/query/compile/sql';
import type * as VisibleRows from '../../../src/query/compile/visible-rows';
import type * as GrantReach from '../../../src/permissions/grant-reach';
import type * as Forms from '../../../src/query/compile/forms';
import type * as Predicates from '../../../src/permissions/core/predicate';
import type * as Shield from '../../../src/permissions/shield';
import type * as KnownMembers from '../../../src/query/run/known-members';
import type * as Members from '../../../src/query/run/read-members';
import type * as Operations from '../../../src/query/run/read-operations';
import type * as Access from '../../../src/query/plan/access';
import type * as OwnDenials from '../../../src/query/run/read-own-denials';
import type * as Reading from '../../../src/query/run/reading';
import type * as Plans from '../../../src/resolvers/plan-cache';

type Predicate = Predicates.Predicate;
type AnyAccess = Access.Access;
/** The experiments that are asked of a mutant (aims.ts). */
export type AimName = 'member filters' | 'records in member filters' | 'record filters' | 'order and pages' | 'across members' | 'counts' | 'small worlds counted' | 'records of members' | 'amendments' | 'own access' | 'caches' | 'grants';
export interface Mutant { readonly name: string; readonly aim: AimName; /** The module below src/ that is wrapped. */ readonly module: string; readonly wrap: (actual: never) => object }
const mutant = <Module>(aim: AimName, name: string, module: string, wrap: (actual: Module) => Partial<Module>): Mutant => ({ name, aim, module, wrap: wrap as (actual: never) => object });

const ALWAYS: Predicate = { kind: 'always' };
const ZERO = { kind: 'value', value: 0 } as const;

/** A predicate with some of its nodes replaced. */
function replaced(predicate: Predicate, change: (node: Predicate) => Predicate | null): Predicate {
  const changed = change(predicate);
  if (changed) return changed;
  if (predicate.kind === 'and') return { kind: 'and', all: predicate.all.map((each) => replaced(each, change)) };
  if (predicate.kind === 'or') return { kind: 'or', any: predicate.any.map((each) => replaced(each, change)) };
  if (predicate.kind === 'not') return { kind: 'not', of: replaced(predicate.of, change) };
  if (predicate.kind === 'exists') return { ...predicate, where: replaced(predicate.where, change) };
  return predicate;
}
type Decision = ReturnType<AnyAccess['decide']>;
const deciding = (access: AnyAccess, change: (decision: Decision) => Decision): AnyAccess => ({ ...access, decide: (cell) => change(access.decide(cell)) });
const withoutRestrictions = (access: AnyAccess): AnyAccess => deciding(access, (decision) => ({ ...decision, hidden: ZERO }));
const withoutLabels = (access: AnyAccess): AnyAccess => deciding(access, (decision) => ({ ...decision, visible: replaced(decision.visible, (node) => (node.kind === 'covered' ? ALWAYS : null)) }));
const anyLabel = (node: Predicate): Predicate | null => (node.kind === 'covered'
  ? { kind: 'or', any: [{ ...node, cover: ZERO }, { kind: 'overlaps', left: node.bits, right: node.cover }] } : null);
const openRows = (rows: VisibleRows.VisibleRows): VisibleRows.VisibleRows => ({ ...rows, groups: rows.groups.map((each) => ({ ...each, residual: ALWAYS })) });

/** The text and parameters of a statement without one stretch of it. */
function cut(read: Sql.CompiledRead, from: number, to: number, text: string): Sql.CompiledRead {
  const marks = (of: string): number => of.split('?').length - 1;
  const before = marks(read.text.slice(0, from));
  const parameters = [...read.parameters];
  parameters.splice(before, marks(read.text.slice(from, to)));
  return { ...read, text: read.text.slice(0, from) + text + read.text.slice(to), parameters };
}
const ORDER_COLUMNS: Readonly<Record<string, string>> = { FAMILY_NAME: 'family_key', BIRTH_DATE: 'birth_date', MEMBER_NUMBER: 'member_number' };

function orderByRaw(made: MemberRead.MemberRead, source: MemberRead.MemberSource): MemberRead.MemberRead {
  if (source.kind !== 'PAGE' || !source.order || made.orderColumn === null) return made;
  const from = made.read.text.lastIndexOf(' ORDER BY ');
  const to = made.read.text.lastIndexOf(' LIMIT ');
  return { ...made, read: cut(made.read, from, to, ` ORDER BY m.${ORDER_COLUMNS[source.order.field] ?? ''} ${source.order.direction}, m.id`) };
}
function rawOrderValue(made: MemberRead.MemberRead, source: MemberRead.MemberSource): MemberRead.MemberRead {
  if (source.kind !== 'PAGE' || !source.order || made.orderColumn === null) return made;
  const last = made.read.columns.length - 2;
  const to = made.read.text.indexOf(` AS c${last} FROM member m WHERE `);
  const before = last === 0 ? 'SELECT m.id, ' : ` AS c${last - 1}, `;
  const from = made.read.text.indexOf(before) + before.length;
  return { ...made, read: cut(made.read, from, to, `m.${ORDER_COLUMNS[source.order.field] ?? ''}`) };
}
function limitFirst(made: MemberRead.MemberRead, source: MemberRead.MemberSource): MemberRead.MemberRead {
  if (source.kind !== 'PAGE') return made;
  const from = made.read.text.indexOf(' FROM member m WHERE ');
  return { ...made, read: cut(made.read, from, from + ' FROM member m WHERE '.length, ` FROM (SELECT * FROM member ORDER BY id LIMIT ${source.first + 1}) m WHERE `) };
}
/** `NOT COALESCE(x, 0)` as `NOT (x)`. */
function withoutCoalesce(text: string): string {
  const at = text.indexOf('NOT COALESCE(');
  if (at < 0) return text;
  let depth = 1;
  let end = at + 'NOT COALESCE('.length;
  while (depth > 0) { if (text[end] === '(') depth += 1; else if (text[end] === ')') depth -= 1; end += 1; }
  return `${text.slice(0, at)}NOT (${withoutCoalesce(text.slice(at + 'NOT COALESCE('.length, end - ', 0)'.length))})${withoutCoalesce(text.slice(end))}`;
}

const BY_RESTRICTION = 'restricted fields';
export const MUTANTS: readonly Mutant[] = [
  mutant<typeof Filters>('record filters', 'filter without the visibility guard', 'query/compile/filters', (actual) => ({ recordFilter: (rows, field, filter) => actual.recordFilter(openRows({ ...rows, hidden: null }), field, filter, null) })),
  mutant<typeof Filters>('records in member filters', `restriction mask ignored in filters (${BY_RESTRICTION})`, 'query/compile/filters', (actual) => ({ memberFilter: (access, field, filter, value) => actual.memberFilter(withoutRestrictions(access), field, filter, value) })),
  mutant<typeof Filters>('member filters', 'filter over the raw column of the member', 'query/compile/filters', (actual) => ({
    memberFilter: (access, field, filter, _value) => actual.memberFilter(access, field, filter, (_field, column) => ({ text: `m.${column}`, parameters: [] })),
  })),
  mutant<typeof Filters>('records in member filters', 'EXISTS filter ignoring labels', 'query/compile/filters', (actual) => ({ memberFilter: (access, field, filter, value) => actual.memberFilter(withoutLabels(access), field, filter, value) })),
  mutant<typeof Filters>('records in member filters', 'hasOpenCareGap: false sees hidden gaps (the guard outside NOT)', 'query/compile/filters', (actual) => ({
    memberFilter: (access, field, filter, value) => {
      const made = actual.memberFilter(access, field, filter, value);
      const raw = "NOT EXISTS (SELECT 1 FROM care_gap f WHERE f.member_id = m.id AND f.status = 'open')";
      return filter?.['hasOpenCareGap'] === false ? { ...made, where: { text: `(${made.where.text}) AND ${raw}`, parameters: made.where.parameters } } : made;
    },
  })),
  mutant<typeof MemberRead>('order and pages', 'order by the raw column', 'query/compile/member-read', (actual) => ({ compileMemberRead: (access, fields, source, filters) => orderByRaw(actual.compileMemberRead(access, fields, source, filters), source) })),
  mutant<typeof MemberRead>('order and pages', 'a cursor that carries a hidden value', 'query/compile/member-read', (actual) => ({ compileMemberRead: (access, fields, source, filters) => rawOrderValue(actual.compileMemberRead(access, fields, source, filters), source) })),
  mutant<typeof MemberRead>('order and pages', 'LIMIT before the row cut', 'query/compile/member-read', (actual) => ({ compileMemberRead: (access, fields, source, filters) => limitFirst(actual.compileMemberRead(access, fields, source, filters), source) })),
  mutant<typeof MemberRead>('counts', 'counts over members out of reach', 'query/compile/member-read', (actual) => ({ compileMemberScope: (access, field, filters) => ({ ...actual.compileMemberScope(access, field, filters), reached: { text: '1 = 1', parameters: [] } }) })),
  mutant<typeof MemberRead>('order and pages', 'member rows without reach', 'query/compile/member-read', (actual) => ({ compileMemberRead: (access, fields, source, filters) => actual.compileMemberRead({ ...access, reach: ALWAYS }, fields, source, filters) })),
  mutant<typeof RecordRead>('across members', 'reach missing on the root of claims and care gaps', 'query/compile/record-read', (actual) => ({
    compileRecordRead: (access, type, fields, source, filters) => actual.compileRecordRead(source.kind === 'ACROSS'
      ? { ...deciding(access, (decision) => ({ ...decision, visible: ALWAYS })), reach: ALWAYS } : access, type, fields, source, filters),
  })),
  mutant<typeof LevelFacts>('records of members', 'rows cut by labels with OR', 'query/compile/level-facts', (actual) => ({
    levelFacts: (access, types) => actual.levelFacts(deciding(access, (decision) => ({ ...decision, visible: replaced(decision.visible, anyLabel) })), types),
  })),
  mutant<typeof LevelFacts>('records of members', 'records that are not labelled yet are shown', 'query/compile/level-facts', (actual) => ({
    levelFacts: (access, types) => actual.levelFacts(deciding(access, (decision) => ({ ...decision, visible: replaced(decision.visible,
      (node) => (node.kind === 'eq' && JSON.stringify(node).includes('"labelled"') ? ALWAYS : null)) })), types),
  })),
  mutant<typeof KnownMembers>('records of members', 'every member has the facts of the first', 'query/run/known-members', (actual) => ({
    async knownMembers(reading, field, facts, columns, rows) {
      const known = await actual.knownMembers(reading, field, facts, columns, rows);
      return known && { ...known, fact: (_member: string, name: string) => known.fact(String(rows[0]?.[0] ?? ''), name) };
    },
  })),
  mutant<typeof KnownRows>('records of members', `cells shown whatever is restricted (${BY_RESTRICTION})`, 'query/compile/known-rows', (actual) => ({ visibleRowsOfKnown: (access, rules, level, asking) => actual.visibleRowsOfKnown(access, { ...rules, hidden: null }, level, asking) })),
  mutant<typeof VisibleRows>('record filters', 'a field without its guard', 'query/compile/visible-rows', () => ({ fieldIsVisible: () => 'ALWAYS' })),
  mutant<typeof Members>('order and pages', 'hasNextPage from rows before the cut', 'query/run/read-members', (actual) => ({
    readMemberPage: async (reading, connection) => {
      const answer = await actual.readMemberPage(reading, connection);
      const read = { text: 'SELECT COUNT(*) FROM member', parameters: [], columns: ['count'] } as unknown as Sql.CompiledRead;
      const [row] = await reading.database.rows(read, { bound: reading.access.bound, keys: [], argument: () => null });
      const nodes = connection.selections.find((each) => each.name === 'nodes');
      const shown = nodes ? (answer[nodes.key] as unknown[]).length : 0;
      for (const field of connection.selections.filter((each) => each.name === 'pageInfo')) {
        const info = Object.fromEntries(field.selections.map((each) => [each.key, each.name === 'hasNextPage' ? Number(row?.[0]) > shown && shown > 0 : (answer[field.key] as Record<string, unknown>)[each.key]]));
        answer[field.key] = info;
      }
      return answer;
    },
  })),
  mutant<typeof Members>('records of members', 'a hidden member is refused, not absent', 'query/run/read-members', (actual) => ({
    readMembersByIds: async (reading, field, ids, selections) => {
      const found = await actual.readMembersByIds(reading, field, ids, selections);
      const missing = ids.find((id) => !found.has(id));
      if (missing === undefined || field.name !== 'member') return found;
      const read = { text: 'SELECT COUNT(*) FROM member WHERE id = ?', parameters: [() => missing], columns: ['count'] } as unknown as Sql.CompiledRead;
      const [row] = await reading.database.rows(read, { bound: reading.access.bound, keys: [], argument: () => null });
      if (Number(row?.[0]) > 0) throw Object.assign(new Error('not for this caller'), { code: 'FORBIDDEN' });
      return found;
    },
  })),
  mutant<typeof AmendmentRead>('amendments', 'an amendment is shown without its field', 'query/compile/amendment-read', (actual) => ({ compileAmendmentRead: (access, type, keys) => actual.compileAmendmentRead(withoutRestrictions(access), type, keys) })),
  mutant<object>('records of members', 'contact ignores the confidential way', 'permissions/clauses/confidential-communications', () => ({ choseAWay: { kind: 'never' } })),
  mutant<typeof CollectionRead>('records of members', 'collections of the member without their decision', 'query/compile/collection-read', (actual) => ({
    compileCollectionRead: (access, field, keys) => actual.compileCollectionRead(deciding({ ...access, profile: { ...access.profile, absent: new Set([...access.profile.absent, 'restrictionKeys' as const]) } }, (decision) => ({ ...decision, effect: 'PERMIT', visible: ALWAYS })), field, keys),
  })),
  mutant<typeof Operations>('small worlds counted', 'tally by a hidden code', 'query/run/read-operations', (actual) => ({ readOperations: (reading, field) => actual.readOperations({ ...reading, statements: new Map(), access: withoutRestrictions(reading.access) }, field) })),
  mutant<typeof VisibleRows>('small worlds counted', 'tally by a hidden status', 'query/compile/visible-rows', (actual) => ({ fieldIsVisible: (rows, field, ...rest) => (rows.type === 'CareGap' && field === 'status' ? 'ALWAYS' : actual.fieldIsVisible(rows, field, ...rest)) })),
  mutant<typeof Operations>('small worlds counted', 'tally over labelled rows', 'query/run/read-operations', (actual) => ({ readOperations: (reading, field) => actual.readOperations({ ...reading, statements: new Map(), access: withoutLabels(reading.access) }, field) })),
  mutant<typeof Operations>('small worlds counted', 'small cells are not suppressed', 'query/run/read-operations', (actual) => ({
    readOperations: async (reading, field) => {
      const FAR = 1_000_000;
      const rows: typeof reading.database.rows = async (read, values) => (await reading.database.rows(read, values)).map((row) => row.map((each, place) => (read.columns[place] === 'reached' ? Number(each) + 2 * FAR : ['chosen', 'count'].includes(read.columns[place] ?? '') ? Number(each) + FAR : each)));
      return JSON.parse(JSON.stringify(await actual.readOperations({ ...reading, database: { ...reading.database, rows } }, field), (key, value: unknown) => (key === 'count' && typeof value === 'number' ? value - FAR : value))) as Record<string, unknown>;
    },
  })),
  mutant<typeof OwnDenials>('own access', 'a denial told of whatever record there is', 'query/run/read-own-denials', (actual) => ({
    readOwnDenials: async (reading, types) => {
      const told = await actual.readOwnDenials(reading, types);
      const read = { text: 'SELECT COUNT(*) FROM document WHERE (labels & 256) <> 0', parameters: [], columns: ['count'] } as unknown as Sql.CompiledRead;
      const [row] = await reading.database.rows(read, { bound: reading.access.bound, keys: [], argument: () => null });
      return Number(row?.[0]) > 0 ? [...told, { coordinate: 'Member.documents', reason: 'PSYCHOTHERAPY_NOTE', clause: 'access' }] : told;
    },
  })),
  mutant<typeof GrantReach>('grants', 'a grant opens members whom it does not name', 'permissions/grant-reach', (actual) => ({ permitOfGrant: (...given) => ({ ...actual.permitOfGrant(...given), members: ALWAYS }) })),
  mutant<typeof GrantReach>('grants', 'a grant opens records that it does not name, and every note', 'permissions/grant-reach', () => ({ rowsOfGrant: () => ALWAYS })),
  mutant<typeof Forms>('grants', 'a form without identifiers tells words', 'query/compile/forms', (actual) => ({ isWithin: (access, coordinate) => coordinate.startsWith('Code.') || actual.isWithin(access, coordinate) })),
  mutant<typeof Shield>('caches', 'a denied decision is cached across callers', 'permissions/shield', (actual) => {
    const cache = new Map<string, boolean | Error>();
    return {
      verdicts: (async (tree: never, coordinates: Iterable<string>, context: object) => {
        const each = [...coordinates];
        for (const [coordinate, verdict] of await actual.verdicts(tree, each, context)) if (!cache.has(coordinate)) cache.set(coordinate, verdict);
        return new Map(each.map((coordinate) => [coordinate, cache.get(coordinate)]));
      }) as unknown as typeof actual.verdicts,
    };
  }),
  mutant<typeof Plans>('caches', 'plans cached without the profile', 'resolvers/plan-cache', (actual) => ({
    PlanCache: class extends actual.PlanCache {
      override get(...[schema, document, name, variables]: Parameters<Plans.PlanCache['get']>) { return super.get(schema, document, name, variables, 'anybody'); }
    },
  })),
  mutant<typeof Reading>('caches', 'statements cached without the operation', 'query/run/reading', (actual) => {
    const all = new Map<string, unknown>();
    return { statement: (reading, key, make) => actual.statement({ ...reading, statements: all }, key, make) };
  }),
  mutant<object>('own access', 'NOT over NULL without COALESCE', 'query/compile/predicate-sql', (actual) => {
    const { predicateSql } = actual as { predicateSql: (...given: unknown[]) => Sql.Fragment };
    return { predicateSql: (...given: unknown[]) => { const made = predicateSql(...given); return { ...made, text: withoutCoalesce(made.text) }; } };
  }),
  mutant<typeof Sql>('own access', 'a disjunction without its parentheses', 'query/compile/sql', (actual) => ({ any: (parts) => (parts.length < 2 ? actual.any(parts) : actual.join(parts.map((each) => actual.sql`(${each})`), ' OR ')) })),
];
