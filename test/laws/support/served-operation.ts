/** Random operations over every field that the schema serves: written from the schema itself, so that a new field is asked for without a line here. */
import {
  getNamedType, getNullableType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType, parse,
  type DocumentNode, type GraphQLArgument, type GraphQLEnumType, type GraphQLField, type GraphQLInputType, type GraphQLInterfaceType, type GraphQLObjectType,
} from 'graphql';
import type { Random } from '../../oracle/random';
import { SCHEMA } from './laboratory';
import { Scope } from './selection-scope';
import { Values, type Asking } from './served-values';

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;
interface Variable { readonly name: string; readonly declared: string; readonly make: () => unknown; readonly isCursor: boolean; readonly mayLack: boolean }
/** A connection that can be read on: the variable that takes its cursor, and the response key under which answers have one. */
export interface Onward { readonly variable: string; readonly key: string; readonly depth: number }
export interface ServedOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly onwards: readonly Onward[];
  readonly features: ReadonlySet<string>;
  /** Values for its variables, other ones each time: cursors are null, and what has a default or may be null is left out now and then. */
  readonly draw: () => Record<string, unknown>;
}

const RECORD = SCHEMA.getType('Record') as GraphQLInterfaceType;
const RECORDS = SCHEMA.getPossibleTypes(RECORD);
interface Fields { readonly leaves: readonly Field[]; readonly objects: readonly Field[] }
const FIELDS = new Map<Composite, Fields>();
/** The fields of a type, those that lead on apart. */
function fieldsOf(type: Composite): Fields {
  const all = Object.values(type.getFields()) as Field[];
  const made = FIELDS.get(type) ?? { leaves: all.filter((each) => isLeafType(getNamedType(each.type))), objects: all.filter((each) => !isLeafType(getNamedType(each.type))) };
  FIELDS.set(type, made);
  return made;
}
/** What leads to rows is asked for more often than what stands beside them. */
const isLikely = ({ name, args }: Field): boolean => args.some((each) => each.name === 'after') || ['nodes', 'edges', 'node', 'name', 'contact'].includes(name);
/** Fields that cost much, and are answered by the same code on both paths. */
const HEAVY: Readonly<Record<string, number>> = { 'Policy.catalogue': 0.15, 'Policy.matrix': 0.5, 'Policy.simulate': 0.5, 'Query.auditIntegrity': 0.3 };

class Writer {
  readonly features = new Set<string>();
  readonly onwards: Onward[] = [];
  private readonly variables: Variable[] = [];
  private readonly fragments: { readonly name: string; readonly type: string; readonly text: string; readonly scope: Scope }[] = [];
  private readonly values: Values;
  private names = 0;
  /** `left`: how many more fields are written. */
  constructor(private readonly random: Random, asking: Omit<Asking, 'isTold'>, private left: number) {
    this.values = new Values(random, { ...asking, isTold: (feature) => this.features.add(feature) });
  }
  private fresh(prefix: string): string { this.names += 1; return `${prefix}${this.names}`; }

  private variable(type: string, make: () => unknown, options: { isCursor?: boolean; fallback?: string } = {}): string {
    const name = this.fresh('v');
    const declared = `$${name}: ${type}${options.fallback === undefined ? '' : ` = ${options.fallback}`}`;
    this.variables.push({ name, declared, make, isCursor: options.isCursor ?? false, mayLack: options.fallback !== undefined || !type.endsWith('!') });
    this.features.add('variable');
    return `$${name}`;
  }
  private literal(type: GraphQLInputType, value: unknown): string {
    const bare = getNullableType(type);
    if (value === null) return 'null';
    if (isListType(bare)) return `[${(value as unknown[]).map((each) => this.literal(bare.ofType as GraphQLInputType, each)).join(', ')}]`;
    if (isInputObjectType(bare)) return `{ ${Object.entries(value as object).map(([key, each]) => `${key}: ${this.literal((bare.getFields()[key] as { type: GraphQLInputType }).type, each)}`).join(', ')} }`;
    return isLeafType(bare) && 'getValues' in bare ? String(value) : JSON.stringify(value);
  }
  /** An argument, or a field of one: as a literal, through a variable, or as an object with variables within. */
  private given(type: GraphQLInputType, name: string, whole = 0.4): string {
    const { random, values } = this;
    if (random.chance(whole)) {
      const fallback = !isNonNullType(type) && random.chance(0.15) ? this.literal(type, values.of(type, name)) : undefined;
      if (fallback !== undefined) this.features.add('default of a variable');
      return this.variable(String(type), () => values.of(type, name), { fallback });
    }
    const bare = getNullableType(type);
    if (isInputObjectType(bare)) return `{ ${values.chosen(Object.values(bare.getFields())).map((field) => `${field.name}: ${this.given(field.type, field.name, 0.25)}`).join(', ')} }`;
    return this.literal(type, values.of(type, name));
  }

  private directive(): string {
    const { random } = this;
    if (random.chance(0.93)) return '';
    const name = random.pick(['include', 'skip']);
    this.features.add(`@${name}`);
    if (random.chance(0.5)) return ` @${name}(if: ${random.chance(0.5)})`;
    this.features.add('directive with a variable');
    return ` @${name}(if: ${this.variable('Boolean!', () => random.chance(0.5))})`;
  }

  private after(onward: { variable: string } | null): string | null {
    const { random } = this;
    if (onward) return `$${onward.variable}`;
    if (random.chance(0.965)) return null;
    this.features.add('bad cursor');
    return random.pick(['"garbage"', '""', `"${'A'.repeat(80)}"`]);
  }
  private argument(field: Field, arg: GraphQLArgument, onward: Onward | null): string | null {
    if (arg.name === 'after') { const after = this.after(onward); return after === null ? null : `after: ${after}`; }
    // The whole matrix is a hundred thousand cells, and made by the same code on both paths.
    if (field.name === 'matrix' && arg.name !== 'asOf') return `${arg.name}: [${this.random.pick((getNamedType(arg.type) as GraphQLEnumType).getValues()).name}]`;
    const isNeeded = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!isNeeded && !this.random.chance(arg.name === 'first' ? (onward ? 0.95 : 0.5) : 0.35)) return null;
    // Lists of a member are short: a page of one or two leaves something for the next.
    if (arg.name === 'first' && onward && onward.depth > 0 && this.random.chance(0.7)) return `first: ${this.random.integer(1, 2)}`;
    if (['filter', 'orderBy', 'first'].includes(arg.name)) this.features.add(arg.name);
    return `${arg.name}: ${this.given(arg.type, field.name === 'member' || field.name === 'clause' ? (field.name === 'clause' ? 'clause' : 'memberId') : arg.name)}`;
  }

  /** A field that leads to a page is read on by a cursor from its first answer, now and then. */
  private onward(field: Field, depth: number): Onward | null {
    if (!field.args.some((each) => each.name === 'after') || !this.random.chance(depth > 0 ? 0.7 : 0.35)) return null;
    const variable = this.variable('String', () => null, { isCursor: true }).slice(1);
    const made = { variable, key: this.fresh('p'), depth };
    this.onwards.push(made);
    return made;
  }
  private body(field: Field, scope: Scope, depth: number, onward: Onward | null): string {
    const type = getNamedType(field.type);
    if (!('getFields' in type)) return '';
    const inside = this.selection(type as Composite, scope, depth + 1);
    if (!onward) return ` { ${inside} }`;
    const isInfo = this.random.chance(0.6);
    return ` { ${inside} ${isInfo ? `${onward.key}: pageInfo { hasNextPage endCursor }` : `${onward.key}: edges { cursor }`} }`;
  }
  /** One field under a key that is free for it; null where chance found none. */
  private field(field: Field, parent: Composite, scope: Scope, depth: number): string | null {
    const { random } = this;
    const onward = this.onward(field, depth);
    const given = field.args.map((arg) => this.argument(field, arg, onward)).filter((each) => each !== null);
    const args = given.length > 0 ? `(${given.join(', ')})` : '';
    const meaning = `${field.name}${args} ${String(field.type)}`;
    const other = random.chance(0.12) ? random.pick(Object.keys(parent.getFields())) : null;
    const alias = other !== null && other !== field.name ? other : random.chance(0.18) ? this.fresh('a') : null;
    let key = alias ?? field.name;
    let below = scope.below(key, meaning);
    if (!below) { key = this.fresh('a'); below = scope.below(key, meaning) as Scope; }
    if (key !== field.name) this.features.add(key === other ? 'alias that is another field\'s name' : 'alias');
    // What costs is a field that leads on: it is a statement, most often.
    this.left -= 'getFields' in getNamedType(field.type) ? 1 : 0.2;
    this.features.add(`field ${parent.name}.${field.name}`);
    return `${key === field.name ? '' : `${key}: `}${field.name}${args}${this.directive()}${this.body(field, below, depth, onward)}`;
  }

  private fragmentType(type: Composite): Composite {
    if (!isObjectType(type) || !type.getInterfaces().includes(RECORD)) return type === RECORD && this.random.chance(0.7) ? this.random.pick(RECORDS) : type;
    return this.random.chance(0.5) ? RECORD : type;
  }
  private inline(type: Composite, scope: Scope, depth: number): string {
    const on = this.fragmentType(type);
    const isBare = on === type && this.random.chance(0.4);
    this.features.add('inline fragment');
    if (on !== type) this.features.add(on === RECORD ? 'fragment on the interface' : 'fragment on a type within the interface');
    return `...${isBare ? '' : ` on ${on.name}`}${this.directive()} { ${this.selection(on, scope, depth + 1)} }`;
  }
  private spread(type: Composite, scope: Scope, depth: number): string | null {
    const { random } = this;
    const on = this.fragmentType(type);
    const known = this.fragments.filter((each) => each.type === on.name && scope.fits(each.scope));
    if (known.length > 0 && random.chance(0.6)) {
      const again = random.pick(known);
      scope.takes(again.scope);
      this.features.add('fragment spread again');
      return `...${again.name}${this.directive()}`;
    }
    const own = new Scope();
    const before = [...this.features];
    const text = this.selection(on, own, depth + 1);
    // What does not fit is not written; nor was it tried, then.
    if (!scope.takes(own)) { this.features.clear(); before.forEach((each) => this.features.add(each)); return null; }
    const name = this.fresh('F');
    this.fragments.push({ name, type: on.name, text: `fragment ${name} on ${on.name} { ${text} }`, scope: own });
    this.features.add('named fragment');
    if (text.includes('...')) this.features.add('fragment within a fragment');
    if (on === RECORD) this.features.add('fragment on the interface');
    return `...${name}${this.directive()}`;
  }

  private part(type: Composite, scope: Scope, depth: number): string | null {
    const { random } = this;
    const kind = random.next();
    if (kind < 0.08) { const key = random.chance(0.3) ? this.fresh('t') : '__typename'; scope.below(key, '__typename'); this.features.add('__typename'); return key === '__typename' ? key : `${key}: __typename`; }
    if (kind < 0.15 && depth < 9) return this.inline(type, scope, depth);
    if (kind < 0.21 && depth < 9) return this.spread(type, scope, depth);
    const { leaves, objects } = fieldsOf(type);
    const chosen = objects.length > 0 && (leaves.length === 0 || (depth < 8 && this.left > 0 && random.chance(0.55))) ? random.pick(objects.flatMap((each) => Array<Field>(isLikely(each) ? 4 : 1).fill(each))) : random.pick(leaves);
    if (!random.chance(HEAVY[`${type.name}.${chosen.name}`] ?? 1)) return null;
    const made = this.field(chosen, type, scope, depth);
    if (made === null || chosen.args.length === 0 || !random.chance(0.25)) return made;
    this.features.add('one field twice, with other arguments');
    return `${made} ${this.field(chosen, type, scope, depth) ?? ''}`;
  }
  private selection(type: Composite, scope: Scope, depth: number): string {
    const { random } = this;
    const isLow = type === RECORD || RECORDS.includes(type as GraphQLObjectType) || fieldsOf(type).objects.length === 0;
    const count = isLow ? random.pick([2, 3, 4, 5, 6, 8]) : Math.max(1, Math.min(this.left, random.pick([1, 1, 2, 2, 3, 4, 5, 8])));
    const parts = Array.from({ length: count }, () => this.part(type, scope, depth)).filter((each) => each !== null);
    // What must lead somewhere leads to what is always there.
    if (parts.length === 0) { scope.below('__typename', '__typename'); return '__typename'; }
    return parts.join(' ');
  }

  operation(roots: readonly string[]): ServedOperation {
    const { random, features } = this;
    const query = SCHEMA.getQueryType() as GraphQLObjectType;
    const scope = new Scope();
    const count = random.pick([1, 1, 1, 1, 2, 3]);
    const written = Array.from({ length: count }, () => this.field(query.getFields()[random.pick(roots)] as Field, query, scope, 0));
    if (random.chance(0.06)) { written.push('__typename'); features.add('__typename'); }
    if (count > 1) features.add('several roots');
    if (written.join(' ').length > 1000) features.add('long operation');
    const body = this.withFragments(written.join(' '));
    const used = this.variables.filter((each) => new RegExp(`\\$${each.name}\\b`).test(body));
    const text = `query Q${used.length > 0 ? `(${used.map((each) => each.declared).join(', ')})` : ''} ${body}`;
    return { text, document: parse(text), onwards: this.onwards.filter((each) => used.some(({ name }) => name === each.variable)), features, draw: () => this.draw(used) };
  }
  /** The selection with the fragments that it spreads, and those that they spread. */
  private withFragments(selected: string): string {
    const found = new Set<string>();
    const add = (text: string): void => this.fragments.forEach((each) => {
      if (found.has(each.text) || !new RegExp(`\\.\\.\\.${each.name}\\b`).test(text)) return;
      found.add(each.text);
      add(each.text);
    });
    add(selected);
    return `{ ${selected} } ${[...found].join(' ')}`;
  }
  private draw(used: readonly Variable[]): Record<string, unknown> {
    const { random } = this;
    const kept = used.filter((each) => each.isCursor || !each.mayLack || !random.chance(0.15));
    const values = Object.fromEntries(kept.map((each) => [each.name, each.make()]));
    const own = used.filter((each) => !each.isCursor);
    if (own.length > 0 && random.chance(0.03)) values[random.pick(own).name] = this.values.bad();
    return values;
  }
}

/** How long operations are: most are short, some are long. */
const LENGTHS = [1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 50];
export const servedOperation = (random: Random, asking: Omit<Asking, 'isTold'>, roots: readonly string[]): ServedOperation => new Writer(random, asking, random.pick(LENGTHS)).operation(roots);
