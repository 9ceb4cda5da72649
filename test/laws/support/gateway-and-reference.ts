/** The differential law: what the gateway answers is, byte for byte, what the reference path answers. */
import { validate, type DocumentNode } from 'graphql';
import type { Caller } from '../../../src/identity/caller';
import type { AuditEntry } from '../../../src/audit/entry';
import { Random } from '../../oracle/random';
import type { World } from '../../oracle/world';
import { cursorsUnder, parting } from './answer-text';
import { Coverage } from './coverage';
import { crowdedWorld } from './crowded-world';
import { ENGINE } from './engine';
import { Laboratory, SCHEMA } from './laboratory';
import { Instants, lawCaller, type LawCaller } from './law-callers';
import { richRows } from './rich-rows';
import { servedOperation, type Onward, type ServedOperation } from './served-operation';
import { shrinkOperation } from './shrink-operation';
import { TwoPaths, type Told } from './two-paths';

type Variables = Readonly<Record<string, unknown>>;
type Json = Readonly<Record<string, unknown>>;
interface Body { readonly data?: Json | null; readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]; readonly extensions?: { readonly privacy: { readonly withheld: unknown[]; readonly obligations: unknown[] } } }
export interface Findings { compared: number; worlds: number; readonly coverage: Coverage; readonly differences: string[] }

const OF_A_WORLD = 220;
const OF_A_CALLER = 6;
const MOST_DIFFERENCES = 3;

class Law {
  readonly found: Findings = { compared: 0, worlds: 0, coverage: new Coverage(), differences: [] };
  private readonly paths: TwoPaths;
  private readonly restricted = new Set<string>();
  private readonly instants = new Instants();
  constructor(private readonly laboratory: Laboratory) { this.paths = new TwoPaths(laboratory.station(ENGINE)); }

  /** The statements that a path ran, as texts. */
  private async statements(run: () => Promise<Told>): Promise<{ told: Told; texts: string }> {
    Object.assign(this.laboratory, { statements: [], reads: [] });
    const told = await run();
    return { told, texts: JSON.stringify(this.laboratory.reads.map((each) => each.text).sort()) };
  }
  /** The difference between both ways, and what the gateway told; the gateway first, since it is what opens a member in an emergency. */
  private async both(document: DocumentNode, variables: Variables, caller: Caller): Promise<{ difference: string | null; gateway: Told | null; isOwn: boolean }> {
    const request = { document, variables, caller: this.instants.next(caller) };
    try {
      const gateway = await this.statements(() => this.paths.byGateway(request));
      const reference = await this.statements(() => this.paths.byReference(request));
      const [one, other] = [gateway.told, reference.told];
      const difference = one.text !== other.text ? parting('the answers', one.text, other.text) : one.record !== other.record ? parting('the records', one.record, other.record) : null;
      return { difference, gateway: one, isOwn: gateway.texts !== reference.texts };
    } catch (error) {
      return { difference: `a fault: ${(error as Error).stack ?? String(error)}`, gateway: null, isOwn: false };
    }
  }

  /** What was tried by this operation, as its answer tells. */
  private count({ features }: Pick<ServedOperation, 'features'>, { who }: LawCaller, told: Told, body: Body, isOwn: boolean): void {
    const { coverage } = this.found;
    const entry = JSON.parse(told.record) as AuditEntry | null;
    const { data, errors = [], extensions } = body;
    const isThere = data !== null && data !== undefined && Object.values(data).some((each) => each !== null);
    const hasRows = (entry?.members.length ?? 0) > 0;
    const seen: Readonly<Record<string, boolean>> = {
      'answer with data': isThere, 'answer with rows': hasRows, 'statements of its own': isOwn, 'members at one level': (entry?.members.length ?? 0) > 1,
      'members with restrictions': entry?.members.some((each) => this.restricted.has(each)) ?? false, 'labels released': (entry?.labels.length ?? 0) > 0,
      'refused as a whole': data === undefined, 'error beside data': errors.length > 0 && isThere, 'null for an error': errors.length > 0 && data === null,
      'withheld line': (extensions?.privacy.withheld.length ?? 0) > 0, obligation: (extensions?.privacy.obligations.length ?? 0) > 0,
      'bad variable': errors.some((each) => each.message.startsWith('variable ')),
      'under a grant': who.grantId !== undefined, 'under a grant, with rows': who.grantId !== undefined && hasRows, emergency: who.purpose === 'ETREAT' || who.purpose === 'BTG',
    };
    for (const [feature, is] of Object.entries(seen)) if (is) coverage.add(feature);
    for (const feature of [...features, `role ${who.role}`, `purpose ${who.purpose}`, ...new Set(errors.map((each) => each.extensions.code))]) coverage.add(feature);
  }

  /** Compares one operation; its answer, or null where there was a difference. */
  private async compare(operation: ServedOperation, variables: Variables, asked: LawCaller, ...features: readonly string[]): Promise<Body | null> {
    const { difference, gateway, isOwn } = await this.both(operation.document, variables, asked.caller);
    this.found.compared += 1;
    if (difference !== null || gateway === null) {
      this.found.differences.push(await this.told(operation, variables, asked, difference ?? ''));
      return null;
    }
    const body = JSON.parse(gateway.sent) as Body;
    this.count({ features: new Set([...operation.features, ...features]) }, asked, gateway, body, isOwn);
    return body;
  }
  private async told({ text }: ServedOperation, variables: Variables, { caller }: LawCaller, difference: string): Promise<string> {
    let last = difference;
    const small = await shrinkOperation(text, async (document) => {
      const { difference: left } = await this.both(document, variables, caller);
      if (left !== null) last = left;
      return left !== null;
    });
    return `${last}\nasked by ${JSON.stringify(caller)}\nwith ${JSON.stringify(variables)}:\n${small}`;
  }

  /** Reads on where an answer has a cursor: of one connection or of several at once. */
  private async readOn(random: Random, operation: ServedOperation, variables: Variables, asked: LawCaller, body: Body | null): Promise<void> {
    let last = body;
    for (let page = 0; page < 2 && last?.data; page += 1) {
      const found = operation.onwards.map((each): readonly [Onward, string[]] => [each, cursorsUnder(each.key, last?.data)]).filter(([, cursors]) => cursors.length > 0);
      const some = random.some(found, random.integer(1, 2));
      if (some.length === 0) return;
      const onward = { ...variables, ...Object.fromEntries(some.map(([each, cursors]) => [each.variable, random.pick(cursors)])) };
      last = await this.compare(operation, onward, asked, 'next page', ...(some.some(([each]) => each.depth > 0) ? ['next page within a member'] : []));
    }
  }

  private async operationsOf(random: Random, world: World, asked: LawCaller, others: readonly LawCaller[]): Promise<void> {
    for (let place = 0; place < OF_A_CALLER; place += 1) {
      const operation = servedOperation(random, { world, memberIds: asked.memberIds }, asked.roots);
      // Validation costs more than the rest; the generator is checked by every eighth operation.
      const invalid = this.found.compared % 8 === 0 ? validate(SCHEMA, operation.document) : [];
      if (invalid.length > 0) throw new Error(`the generator wrote what does not validate: ${invalid[0]?.message ?? ''}\n${operation.text}`);
      const variables = operation.draw();
      await this.readOn(random, operation, variables, asked, await this.compare(operation, variables, asked));
      if (Object.keys(variables).length > 0 && random.chance(0.6)) await this.compare(operation, operation.draw(), asked, 'asked again with other values');
      if (others.length > 0 && random.chance(0.3)) await this.compare(operation, variables, random.pick(others), 'asked again by another');
      if (this.found.differences.length >= MOST_DIFFERENCES) return;
    }
  }

  async world(seed: number, most: number): Promise<void> {
    const world = crowdedWorld(seed);
    await this.laboratory.load(richRows(world));
    this.paths.forget();
    this.found.worlds += 1;
    world.restrictions.forEach((each) => this.restricted.add(each.memberId));
    const random = new Random(seed * 7_907 + 3);
    const trail = this.laboratory.station(ENGINE, this.laboratory.durableLedger());
    const others: LawCaller[] = [];
    const until = this.found.compared + Math.min(most, OF_A_WORLD);
    while (this.found.compared < until && this.found.differences.length < MOST_DIFFERENCES) {
      const asked = await lawCaller(random, world, trail, this.instants);
      await this.operationsOf(random, world, asked, others);
      others.push(asked);
    }
    await trail.notebook.close();
  }
}

/** Compares operations over random worlds, from the world of this seed on. */
export async function compareWithReference(url: string, operations: number, from: number): Promise<Findings> {
  const laboratory = await Laboratory.open(url);
  try {
    const law = new Law(laboratory);
    const { found } = law;
    for (let seed = from; found.compared < operations && found.differences.length < MOST_DIFFERENCES; seed += 1) {
      const before = found.differences.length;
      await law.world(seed, operations - found.compared);
      for (let at = before; at < found.differences.length; at += 1) found.differences[at] = `again: LAW_SEED=${seed} LAW_OPERATIONS=${OF_A_WORLD}\n${found.differences[at] ?? ''}`;
    }
    return found;
  } finally {
    await laboratory.close();
  }
}
