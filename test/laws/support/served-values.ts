/** Values for the arguments of served fields: those that are there in a world, those that nobody has, and now and then bad ones. */
import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputField, type GraphQLInputType } from 'graphql';
import type { Random } from '../../oracle/random';
import type { World } from '../../oracle/world';
import { CLAUSES } from '../engine-world';
import { CODES, STATUSES, SYSTEMS } from '../world-values';
import { tagsOf } from '../../../src/directives/tags';
import { SCHEMA } from './laboratory';

const COORDINATES = [...tagsOf(SCHEMA).keys()];

/** What one caller asks with: the members that they reach, as they know them. */
export interface Asking { readonly world: World; readonly memberIds: readonly string[]; readonly isTold: (feature: string) => void }

const STRANGE = ['nobody', "' OR 1=1 --", '', '%', '😀', 'w0-m0 '];
const SIZES = [1, 1, 2, 2, 3, 3, 5, 10, 50, 200];
const BAD_SIZES = [0, -1, 201, 2_000_000_000];
const QUERY_TEXTS = ['{ viewer { subject } }', '{ members { nodes { id conditions { nodes { id code { code } } } } } }', '{ nothing }'];

export class Values {
  constructor(private readonly random: Random, private readonly asking: Asking) {}

  memberId(): string {
    const { random, asking: { memberIds, world, isTold } } = this;
    if (memberIds.length > 0 && random.chance(0.75)) return random.pick(memberIds);
    if (random.chance(0.6)) return random.pick(world.members).id;
    isTold('member that nobody has');
    return random.pick([...STRANGE, `${random.pick(world.members).id} `, random.pick(world.members).id.toUpperCase()]);
  }
  private code(): string { const { random } = this; return random.chance(0.5) ? random.pick(CODES) : `${random.pick(SYSTEMS)}|${random.pick(CODES)}`; }
  private day(): string { return `${this.random.chance(0.2) ? 19 : 20}${this.random.integer(10, 89)}-0${this.random.integer(1, 9)}-1${this.random.integer(0, 9)}`; }
  private size(): number {
    if (!this.random.chance(0.03)) return this.random.pick(SIZES);
    this.asking.isTold('bad page size');
    return this.random.pick(BAD_SIZES);
  }
  private id(name: string): string {
    const { random, asking: { world } } = this;
    if (/^(memberIds?|ids)$/.test(name)) return this.memberId();
    if (/^(planId|organizationId)$/.test(name)) return random.pick(world.organizations).id;
    if (/^(recordId|encounterId)$/.test(name) && world.records.length > 0) return random.pick(world.records).id;
    if (name === 'clause') return random.pick(CLAUSES).id;
    if (name === 'grantId') return random.pick(world.grants).id;
    return random.pick(['nobody', ...world.openings.map((each) => each.subject), ...world.careTeam.map((each) => each.practitionerId)]);
  }
  private text(name: string): string {
    const { random } = this;
    switch (name) {
      case 'codes': case 'conditionCode': case 'medicationCode': return this.code();
      case 'status': return random.pick([...STATUSES, 'closed', 'open']);
      case 'measure': return random.pick(['HBA1C', 'BP', 'hba1c']);
      case 'nameContains': return random.pick(['m', 'ü', 'O', '%', '_', 'aa', 'z', 'value', "'"]);
      case 'coordinate': case 'coordinates': return random.pick(COORDINATES);
      case 'operation': return random.pick(QUERY_TEXTS);
      case 'variables': return '{}';
      default: return random.pick(STRANGE);
    }
  }
  private scalar(type: string, name: string): unknown {
    switch (type) {
      case 'Int': return this.size();
      case 'Boolean': return this.random.chance(0.5);
      case 'Date': return this.day();
      case 'DateTime': return `${this.day()}T1${this.random.integer(0, 9)}:00:00${this.random.pick(['Z', '.000Z', '+02:00'])}`;
      case 'ID': return this.id(name);
      default: return this.text(name);
    }
  }
  /** A value of a type, for an argument or input field of this name. */
  of(type: GraphQLInputType, name: string): unknown {
    const { random } = this;
    if (!isNonNullType(type) && random.chance(0.03)) return null;
    const bare = getNullableType(type);
    if (isListType(bare)) return Array.from({ length: random.pick([0, 1, 1, 2, 2, 4]) }, () => this.of(bare.ofType as GraphQLInputType, name));
    if (isEnumType(bare)) return random.pick(bare.getValues()).name;
    if (isInputObjectType(bare)) return Object.fromEntries(this.chosen(Object.values(bare.getFields())).map((field) => [field.name, this.of(field.type, field.name)]));
    return this.scalar(bare.name, name);
  }
  /** The required fields of an input, and one or two of the others. */
  chosen(fields: readonly GraphQLInputField[]): GraphQLInputField[] {
    const isNeeded = (field: GraphQLInputField): boolean => isNonNullType(field.type) && field.defaultValue === undefined;
    const others = this.random.some(fields.filter((field) => !isNeeded(field)), this.random.pick([0, 1, 1, 1, 2, 3]));
    return fields.filter((field) => isNeeded(field) || others.includes(field));
  }
  /** Not of its type: what a variable is given by mistake. */
  bad(): unknown { return this.random.pick<unknown>([3.5, 'NO_SUCH_VALUE', { no: 'such' }, [[{}]], true, '2026-99-99']); }
}
