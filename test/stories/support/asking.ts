import { getNamedType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType, type GraphQLFieldMap, type GraphQLInputType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { RECORD_TYPES, type RecordType } from '../../../src/vocabulary/records';
import { instantOf, type Names } from './names';
import type { Step } from './story';

/** A step as GraphQL, with where the answer of it lies and how it is read. */
export interface Asking { readonly query: string; readonly variables: Readonly<Record<string, unknown>>; read(data: unknown): unknown }

/** Ids that nobody and nothing has. */
const NONE = /^(nobody|nothing)(-[a-z-]+)?$/;

const at = (value: unknown, path: readonly string[]): unknown => path.reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], value) ?? null;
const typeOfConnection = (connection: string): RecordType | undefined => (Object.keys(RECORD_TYPES) as RecordType[]).find((each) => RECORD_TYPES[each].connection === connection);

/** Every leaf below a type that needs no argument, objects of objects too. A code is told by its words. */
function leaves(type: GraphQLNamedType, depth = 3): string {
  if (!isObjectType(type)) return '';
  if (type.name === 'Code') return '{ display }';
  const parts = Object.values(type.getFields()).filter((each) => each.args.every((arg) => !isNonNullType(arg.type))).flatMap((each) => {
    const named = getNamedType(each.type);
    if (isLeafType(named)) return [each.name];
    return depth > 0 && isObjectType(named) && !named.name.endsWith('Connection') && named.name !== 'Member' ? [`${each.name} ${leaves(named, depth - 1)}`] : [];
  });
  return parts.length === 0 ? '' : `{ ${parts.join(' ')} }`;
}
const fieldOf = (type: GraphQLObjectType, field: string, where: string): GraphQLFieldMap<unknown, unknown>[string] => {
  const found = type.getFields()[field];
  if (!found) throw new Error(`${where}: ${type.name} has no field ${field}`);
  return found;
};
/** A field with all of it, or what a dot names of it ("contact.telephones"). */
function select(type: GraphQLObjectType, path: string, where: string): string {
  const [field = '', ...rest] = path.split('.');
  const below = getNamedType(fieldOf(type, field, where).type);
  return rest.length > 0 && isObjectType(below) ? `${field} { ${select(below, rest.join('.'), where)} }` : `${field} ${leaves(below)}`;
}

/** Codes by their words, lists and objects without what is null in them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const).filter(([, each]) => each !== null);
  return Object.keys(value).join() === 'display' ? (entries[0]?.[1] ?? null) : entries.length === 0 ? null : Object.fromEntries(entries);
}

/** "medications of rosa", "members", "birthDate, gender of rosa", "claims", "careGaps". */
export function asked(schema: GraphQLSchema, step: Step, names: Names, where: string): Asking {
  const text = step.asks ?? '';
  const record = (type: string): GraphQLObjectType => schema.getType(type) as GraphQLObjectType;
  const shown = (type: string): string => (step.showing ?? []).map((field) => select(record(type), field, where)).join(' ');
  const filter = step.where === undefined ? '' : `, filter: ${step.where.replace(/<([a-z0-9-]+)>/g, (_, name: string) => JSON.stringify(names.id(name, `${where}, where`)))}`;
  const named = (nodes: unknown): unknown => {
    if (!Array.isArray(nodes)) return nodes;
    const found = nodes as { id: string }[];
    if (!step.showing) return found.map((each) => names.toNames(each.id)).sort();
    return Object.fromEntries(found.map(({ id, ...rest }) => [String(names.toNames(id)), Object.fromEntries(Object.entries(names.toNames(rest) as object).map(([key, each]) => [key, plain(each)]))]));
  };
  if (text === 'members' || text === 'claims' || text === 'careGaps') {
    const type = { members: 'Member', claims: 'Claim', careGaps: 'CareGap' }[text];
    // Other stories were told to the same gateway: what is of their members is left out, and of ours nothing is.
    const ours = (nodes: unknown): unknown => (Array.isArray(nodes) ? (nodes as { id: string; ownerId?: string }[]).filter((each) => names.knows(each.ownerId ?? each.id)).map(({ ownerId, ...rest }) => rest) : nodes);
    return { query: `{ ${text}(first: 200${filter}) { nodes { id ${text === 'members' ? '' : 'ownerId: memberId'} ${shown(type)} } } }`, variables: {}, read: (data) => named(ours(at(data, [text, 'nodes']))) };
  }
  const [, what = '', whom = ''] = /^(.+) of ([a-z0-9-]+)$/.exec(text) ?? [];
  if (!what) throw new Error(`${where}: asks: "${text}" is not understood`);
  const id = names.id(whom, `${where}, asks`);
  const type = typeOfConnection(what);
  const selection = type ? `${what}(first: 100${filter}) { nodes { id ${shown(type)} } }` : what.split(', ').map((field) => select(record('Member'), field, where)).join(' ');
  return {
    query: 'query Ask($id: ID!) { member(id: $id) { ' + selection + ' } }', variables: { id },
    read: (data) => {
      const member = at(data, ['member']);
      if (member === null) return 'no such member';
      if (!type) return Object.fromEntries(Object.entries(names.toNames(member) as object).map(([key, each]) => [key, plain(each)]));
      return at(member, [what]) === null ? 'not told' : named(at(member, [what, 'nodes']));
    },
  };
}

/** What a story says of an argument as the schema has it: names as ids, "in 30 days" as an instant or a date. An id is a name of the story, or of nobody and nothing. */
function coerced(value: unknown, type: GraphQLInputType, names: Names, now: Date, where: string): unknown {
  if (value === null) return null;
  if (isNonNullType(type)) return coerced(value, type.ofType, names, now, where);
  // What a clause demands reads better as a list of names with what is stated.
  if (isListType(type) && getNamedType(type).name === 'ElementInput' && !Array.isArray(value)) return Object.entries(value as object).map(([element, stated]) => ({ name: element, value: instantOf(String(stated), now) }));
  if (isListType(type)) return (Array.isArray(value) ? value : [value]).map((each) => coerced(each, type.ofType, names, now, where));
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    return Object.fromEntries(Object.entries(value as object).map(([key, each]) => {
      const field = fields[key];
      if (!field) throw new Error(`${where}: ${type.name} has no ${key}`);
      return [key, key === 'clause' ? each : coerced(each, field.type, names, now, `${where}, ${key}`)];
    }));
  }
  if (typeof value !== 'string') return value;
  if (type.name === 'Date') return instantOf(value, now).slice(0, 10);
  if (type.name === 'DateTime') return instantOf(value, now);
  if (type.name === 'ID') return NONE.test(value) ? value : names.id(value, where);
  return type.name === 'String' ? names.toIds(value) : value;
}

/** A mutation by its name and arguments. A request that states no way is one on paper, of a confirmed identity. */
export function done(schema: GraphQLSchema, step: Step, names: Names, now: Date, where: string): Asking {
  const mutation = step.does ?? '';
  const field = fieldOf(schema.getMutationType() as GraphQLObjectType, mutation, where);
  const takes = (argument: string): boolean => field.args.some((each) => each.name === argument);
  const said = Object.entries(step.with ?? {});
  const input = takes('input') ? said.filter(([key]) => !takes(key)) : [];
  const given: Record<string, unknown> = {
    ...(takes('authenticity') ? { authenticity: { channel: 'PAPER', identityConfirmed: true } } : {}), ...(input.length > 0 ? { input: Object.fromEntries(input) } : {}),
    ...Object.fromEntries(said.filter((each) => !input.includes(each))),
  };
  const args = Object.entries(given).map(([name, value]) => {
    const arg = field.args.find((each) => each.name === name);
    if (!arg) throw new Error(`${where}: ${mutation} has no argument ${name}`);
    return { name, type: String(arg.type), value: coerced(value, arg.type, names, now, `${where}, ${name}`) };
  });
  const declared = args.length === 0 ? '' : `(${args.map((each) => `$${each.name}: ${each.type}`).join(', ')})`;
  const passed = args.length === 0 ? '' : `(${args.map((each) => `${each.name}: $${each.name}`).join(', ')})`;
  const result = getNamedType(field.type);
  return {
    query: `mutation Does${declared} { ${mutation}${passed} ${result.name === 'Record' ? '{ id labels }' : leaves(result, 2)} }`, variables: Object.fromEntries(args.map((each) => [each.name, each.value])),
    read: (data) => at(data, [mutation]),
  };
}

/** GraphQL as it is written, with `<rosa>` for the id of Rosa. */
export function queried(step: Step, names: Names, now: Date, where: string): Asking {
  const query = (step.query ?? '').replace(/<([a-z][a-z0-9-]*)>/g, (_, name: string) => JSON.stringify(names.id(name, `${where}, query`))).replace(/<((?:in )?\d+ [a-z]+(?: ago)?)>/g, (_, span: string) => JSON.stringify(instantOf(span, now)));
  return { query, variables: {}, read: (data) => names.toNames(data) };
}
