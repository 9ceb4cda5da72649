/** Random operations over the served schema: every root, filter, order and connection, aliases, fragments, directives, bad input. */
import { parse, type DocumentNode } from 'graphql';
import { Random } from '../../oracle/random';
import type { World, WorldCaller } from '../../oracle/world';
import { fieldsOf } from '../../../src/vocabulary/fields';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from '../../../src/vocabulary/records';
import { CODES, STATUSES, SYSTEMS } from '../world-values';

export interface RandomOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Response key of a root connection to be read page by page through `$after`; null where there is none. */
  readonly walk: string | null;
}

const OBJECTS: Readonly<Record<string, string>> = { code: '{ system code display }', reason: '{ code display }', diagnoses: '{ code display }', activities: '{ system code }', amendments: '{ id recordId field proposed status statementOfDisagreement rebuttal }' };
const MEMBER_FIELDS = [
  'id', 'memberNumber', 'name { given family text }', 'name { family prefix }', 'preferredName', 'birthDate', 'gender', 'genderIdentity', 'pronouns', 'deceasedAt', '__typename',
  'contact { telephones emails addresses { line city state } preferredLanguage confidential }', 'contact { confidential emails }', 'governmentIds { kind value }', 'coverages { id subscriberId start end plan { id name kind } }',
  'careTeam { id practitionerId name role start end }', 'privacy { hieOptOut { since } authorizations { id classes } restrictions { id kind status } confidentialCommunications { id telephone } amendments { id proposed } representatives { id subject } }',
];

class Writer {
  private readonly variables: Record<string, unknown> = {};
  private readonly declared: string[] = [];
  private readonly fragments: string[] = [];
  private names = 0;
  walk: string | null = null;
  constructor(private readonly random: Random, private readonly world: World, private readonly caller: WorldCaller, private readonly target: string | null, private readonly disguise: (id: string) => string) {}

  private fresh(prefix: string): string { this.names += 1; return `${prefix}${this.names}`; }
  private literal(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((each) => this.literal(each)).join(', ')}]`;
    if (value !== null && typeof value === 'object') return `{ ${Object.entries(value).map(([key, each]) => `${key}: ${this.literal(each)}`).join(', ')} }`;
    return JSON.stringify(value);
  }
  /** A value in the document, or through a variable. */
  private given(type: string, value: unknown): string {
    if (this.random.chance(0.5)) return this.literal(value);
    const name = this.fresh('v');
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  memberId(): string {
    if (this.target !== null) return this.target;
    const { random } = this;
    const id = this.disguise(random.pick(this.world.members).id);
    return random.chance(0.8) ? (this.caller.memberId !== null && random.chance(0.5) ? this.caller.memberId : id) : random.pick([`${id} `, id.toUpperCase(), 'nobody', "' OR 1=1 --", '', `${id}-stranger`]);
  }
  private code(): string { const { random } = this; return random.chance(0.5) ? random.pick(CODES) : `${random.pick(SYSTEMS)}|${random.pick(CODES)}`; }
  private range(dates: boolean): object {
    const { random } = this;
    const at = (): string => `20${random.integer(10, 29)}-0${random.integer(1, 9)}-01${dates ? '' : 'T00:00:00.000Z'}`;
    return { ...(random.chance(0.7) ? { from: at() } : {}), ...(random.chance(0.6) ? { to: at() } : {}) };
  }
  private some(parts: readonly [string, () => unknown][], most: number): object {
    return Object.fromEntries(this.random.some(parts, this.random.integer(1, most)).map(([key, make]) => [key, make()]));
  }
  private memberFilter(): object {
    const { random } = this;
    return this.some([
      ['ids', () => Array.from({ length: random.integer(0, 4) }, () => this.memberId())], ['planId', () => random.pick(this.world.organizations.filter((one) => one.kind === 'HEALTH_PLAN')).id],
      ['nameContains', () => random.pick(['m', 'ü', 'O', '%', '_', 'hidden', 'aa', 'z', 'value'])], ['birthDate', () => ({ ...(random.chance(0.6) ? { from: `${random.integer(1940, 2010)}-01-01` } : {}), ...(random.chance(0.6) ? { to: `${random.integer(1960, 2024)}-01-01` } : {}) })],
      ['conditionCode', () => this.code()], ['medicationCode', () => this.code()], ['hasOpenCareGap', () => random.chance(0.5)], ['hasOpenCareGap', () => false],
    ], 2);
  }
  private recordFilter(): object {
    return this.some([['codes', () => Array.from({ length: this.random.integer(0, 2) }, () => this.code())], ['status', () => this.random.pick(STATUSES)], ['recorded', () => this.range(false)]], 2);
  }
  private careGapFilter(): object {
    return this.some([['measure', () => this.random.pick(['HBA1C', 'BP'])], ['status', () => this.random.pick(['open', 'closed'])], ['due', () => this.range(true)], ['memberIds', () => [this.memberId(), this.memberId()]]], 2);
  }
  private claimFilter(): object {
    return this.some([['service', () => this.range(true)], ['status', () => this.random.pick(STATUSES)], ['memberIds', () => [this.memberId(), this.memberId()]]], 2);
  }

  private conditional(): string {
    const { random } = this;
    if (random.chance(0.92)) return '';
    return ` @${random.pick(['skip', 'include'])}(if: ${this.given('Boolean!', random.chance(0.5))})`;
  }
  private alias(): string { return this.random.chance(0.2) ? `${this.fresh('a')}: ` : ''; }

  private record(type: RecordType, depth: number): string {
    const { random } = this;
    const all = ['id', 'memberId', 'recordedAt', 'encounterId', 'labels', 'governedBy', '__typename', ...fieldsOf(type)];
    const parts = random.some(all, random.integer(1, 7)).map((each) => `${this.alias()}${each}${this.conditional()}${OBJECTS[each] ? ` ${OBJECTS[each]}` : ''}`);
    if (random.chance(0.2)) parts.push('... on Record { id status code { code } }');
    if (random.chance(0.15)) parts.push(`... on ${type} { id labels }`);
    if (random.chance(0.1)) { const name = this.fresh('F'); this.fragments.push(`fragment ${name} on Record { id encounterId amendments { id field proposed } }`); parts.push(`...${name}`); }
    if (depth > 0 && (type === 'CareGap' || type === 'Claim') && random.chance(0.4)) parts.push(`${this.fresh('a')}: member { ${this.member(depth - 1)} }`);
    return parts.join(' ');
  }
  private page(inside: string): string {
    const { random } = this;
    const node = inside;
    const info = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    if (random.chance(0.25)) return `edges { cursor node { ${node} } } ${info}`;
    return random.chance(0.7) ? `nodes { ${node} } ${info}` : `nodes { ${node} } edges { cursor node { id } } i: ${info}`;
  }
  private connection(depth: number): string {
    const { random } = this;
    const type = random.pick([...RECORD_TYPE_NAMES, 'Condition', 'Medication', 'CareGap', 'Document'] as RecordType[]);
    const given = [
      ...(random.chance(0.5) ? [`first: ${this.given('Int', random.integer(1, 3))}`] : []), ...(random.chance(0.4) ? [`filter: ${this.given('RecordFilter', this.recordFilter())}`] : []),
      ...(random.chance(0.03) ? ['after: "garbage"'] : []),
    ];
    return `${this.fresh('c')}: ${RECORD_TYPES[type].connection}${given.length ? `(${given.join(', ')})` : ''}${this.conditional()} { ${this.page(this.record(type, depth))} }`;
  }
  member(depth: number): string {
    const { random } = this;
    const parts = random.some(MEMBER_FIELDS, random.integer(1, 5)).map((each) => (each.includes('{') ? `${random.chance(0.3) ? `${this.fresh('a')}: ` : ''}${each}` : `${this.alias()}${each}${this.conditional()}`));
    for (let count = depth > 0 ? random.integer(0, 3) : 0; count > 0; count -= 1) parts.push(this.connection(depth - 1));
    if (random.chance(0.15)) { const name = this.fresh('F'); this.fragments.push(`fragment ${name} on Member { id birthDate ${depth > 0 ? this.connection(depth - 1) : ''} }`); parts.push(`...${name}`); }
    return unique(parts).join(' ');
  }

  private root(kind: string, place: number): string {
    const { random } = this;
    const key = `r${place}`;
    const walked = this.walk === null && random.chance(0.4);
    const paging = (filter: string | null, order: string | null = null): string => {
      const given = [...(filter ? [`filter: ${filter}`] : []), ...(order ? [`orderBy: ${order}`] : [])];
      if (walked) { this.walk = key; given.push(`first: ${random.integer(1, 4)}`, 'after: $after'); } else if (random.chance(0.5)) given.push(`first: ${this.given('Int', random.pick([1, 2, 3, 5, 200, 0, 201]))}`);
      return given.length ? `(${given.join(', ')})` : '';
    };
    const info = 'pageInfo { hasNextPage endCursor hasPreviousPage startCursor }';
    switch (kind) {
      case 'member': return `${key}: member(id: ${this.given('ID!', this.memberId())}) { ${this.member(2)} }`;
      case 'members': {
        const filter = random.chance(0.6) ? this.given('MemberFilter', this.memberFilter()) : null;
        const order = random.chance(0.5) ? `{ field: ${random.pick(['FAMILY_NAME', 'BIRTH_DATE', 'MEMBER_NUMBER'])}, direction: ${random.pick(['ASC', 'DESC'])} }` : null;
        return `${key}: members${paging(filter, order)} { nodes { ${this.member(walked ? 1 : 2)} } ${random.chance(0.4) ? 'edges { cursor node { id } }' : ''} ${info} }`;
      }
      case 'careGaps': return `${key}: careGaps${paging(random.chance(0.5) ? this.given('CareGapFilter', this.careGapFilter()) : null)} { nodes { ${this.record('CareGap', 1)} } ${info} }`;
      case 'claims': return `${key}: claims${paging(random.chance(0.5) ? this.given('ClaimFilter', this.claimFilter()) : null)} { nodes { ${this.record('Claim', 1)} } ${info} }`;
      case 'operations': return `${key}: operations${random.chance(0.4) ? `(filter: ${this.given('MemberFilter', this.memberFilter())})` : ''} { members { count suppressed } openCareGapsByMeasure { key count suppressed } membersByCondition(first: 200) { key display count suppressed } t: membersByMedication { key count suppressed } }`;
      case 'viewer': return `${key}: viewer { subject role categories permittedPurposes noticeVersion organization { id name kind } }`;
      case 'introspection': return `${key}: __type(name: "${random.pick(['Member', 'Query', 'Claim'])}") { name fields { name } }`;
      default: return `${key}: notice { version effectiveDate }`;
    }
  }

  operation(kinds: readonly string[]): RandomOperation {
    const { random } = this;
    const roots = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, place) => this.root(random.pick(kinds), place));
    const declared = [...this.declared, ...(this.walk ? ['$after: String'] : [])];
    const text = `query Q${declared.length ? `(${declared.join(', ')})` : ''} { ${roots.join(' ')} ${random.chance(0.05) ? '__typename' : ''} } ${this.fragments.join(' ')}`;
    return { text, document: parse(text), variables: { ...this.variables }, walk: this.walk };
  }
}

/** Fields of one response key once: what differs under one key would not validate. */
function unique(parts: readonly string[]): string[] {
  const keys = new Set<string>();
  return parts.filter((part) => {
    const key = /^\w+/.exec(part)?.[0] ?? part;
    if (part.startsWith('...') || !keys.has(key)) { keys.add(key); return true; }
    return false;
  });
}

const READS = ['member', 'member', 'members', 'members', 'members', 'careGaps', 'claims'];
const COUNTS: Readonly<Record<string, readonly string[]>> = { HOPERAT: ['operations', 'operations', 'careGaps', 'careGaps'], HPAYMT: ['claims', 'claims'] };
/** What the operations of an experiment are about: roots, and what the text must hold. */
export interface Focus { readonly kinds: readonly string[]; readonly needs: RegExp }
const MOST_DRAWS = 40;
/** `disguise`: an id as the caller knows it. `target`: the one member that an emergency opens; null where any may be asked for. */
export function randomOperation(seed: number, world: World, caller: WorldCaller, target: string | null, focus: Focus | null = null, disguise: (id: string) => string = (id) => id): RandomOperation {
  const random = new Random(seed);
  const kinds = focus?.kinds ?? [...READS, ...(COUNTS[caller.purpose] ?? []), ...(random.chance(0.1) ? ['viewer', 'notice', 'introspection'] : []), ...(random.chance(0.1) ? ['operations'] : [])];
  for (let draw = 1; ; draw += 1) {
    const made = new Writer(random, world, caller, target, disguise).operation(kinds);
    if (!focus || draw === MOST_DRAWS || focus.needs.test(`${made.text} ${JSON.stringify(made.variables)}`)) return made;
  }
}
