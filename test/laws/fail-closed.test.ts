/** Law 2 (a prohibition wins, a missing fact denies, the order changes nothing) and law 10 (empty is nothing), on random worlds. */
import { fold, type FoldScope } from '../../src/permissions/core/fold';
import { interpret } from '../../src/permissions/core/interpret';
import type { Clause } from '../../src/permissions/core/clause';
import { prohibition } from '../../src/permissions/core/clause';
import { purposePermitted } from '../../src/permissions/core/decide';
import { always, bound, isIn, or, row, value } from '../../src/permissions/core/predicate';
import { compileRecordRead } from '../../src/query/compile/record-read';
import { createAccess, NO_FACTS } from '../../src/query/plan/access';
import { minimumCell } from '../../src/permissions/minimum-necessary';
import { RECORD_TYPE_NAMES } from '../../src/vocabulary/records';
import { ROLES } from '../../src/vocabulary/roles';
import type { Purpose } from '../../src/vocabulary/purposes';
import { Random } from '../oracle/random';
import { randomCaller, randomWorld } from '../oracle/random-world';
import type { World, WorldCaller } from '../oracle/world';
import { callerOf, CLAUSES, EngineCaller, EngineWorld } from './engine-world';
import { recordFields } from './planned-fields';

/** Everything that a caller sees of a world, as text: equal where two decisions are. */
function view(at: EngineCaller, world: World): string {
  return JSON.stringify([world.members.map((one) => at.member(one.id)), world.records.map((one) => at.record(one))]);
}
const seesNothing = (at: EngineCaller, world: World): boolean => world.members.every((one) => !at.member(one.id).there) && world.records.every((one) => !at.record(one).there);
/** How many rows a caller sees. */
const count = (at: EngineCaller, world: World): number => world.members.filter((one) => at.member(one.id).there).length + world.records.filter((one) => at.record(one).there).length;

function everyPair(worlds: number, callers: number, check: (engine: EngineWorld, who: WorldCaller, seed: number) => void, change = (world: World): World => world): void {
  for (let seed = 0; seed < worlds; seed += 1) {
    const engine = new EngineWorld(change(randomWorld(seed)));
    for (let index = 0; index < callers; index += 1) check(engine, randomCaller(engine.world, seed * callers + index), seed * callers + index);
  }
}

/** The same callers before each world and before what `change` makes of it: nothing more may be seen there. */
function showsNoMore(change: (world: World) => World): void {
  for (let seed = 0; seed < 10; seed += 1) {
    const engine = new EngineWorld(randomWorld(seed));
    const changed = new EngineWorld(change(engine.world));
    for (let index = 0; index < 20; index += 1) {
      const who = randomCaller(engine.world, seed * 20 + index);
      const [full, bare] = [engine.caller(who), changed.caller(who)];
      const more = engine.world.records.filter((one) => (bare.record(one).fields & ~full.record(one).fields) !== 0).map((one) => one.id);
      const moreMembers = engine.world.members.filter((one) => (bare.member(one.id).fields & ~full.member(one.id).fields) !== 0).map((one) => one.id);
      if (more.length + moreMembers.length > 0) throw new Error(`world ${seed}, ${JSON.stringify(who)}: more of ${JSON.stringify([...more, ...moreMembers])}`);
    }
  }
}

describe('order changes nothing', () => {
  const shuffled = (random: Random): Clause[] => random.some(CLAUSES.map((each) => ({
    ...each, permits: random.some(each.permits, each.permits.length), prohibits: random.some(each.prohibits, each.prohibits.length),
  })), CLAUSES.length);

  test('of clauses, of permits and of prohibitions', () => {
    everyPair(8, 20, (engine, who, seed) => {
      expect(view(engine.caller(who, shuffled(new Random(seed))), engine.world)).toBe(view(engine.caller(who), engine.world));
    });
  });
});

describe('a prohibition wins', () => {
  const forbidding = (level: 'MEMBER' | 'CELL'): Clause[] =>
    CLAUSES.map((each, place) => (place === 0 ? { ...each, prohibits: [...each.prohibits, prohibition({ level, reason: 'RESTRICTED', rule: 'everything', hides: always })] } : each));

  test('one of everything leaves nothing to anyone, whatever permits it', () => {
    let seen = 0;
    everyPair(8, 20, (engine, who) => {
      seen += count(engine.caller(who), engine.world);
      expect(seesNothing(engine.caller(who, forbidding('MEMBER')), engine.world)).toBe(true);
      const cells = engine.caller(who, forbidding('CELL'));
      expect(engine.world.records.some((one) => cells.record(one).there) || engine.world.members.some((one) => cells.member(one.id).fields !== 0)).toBe(false);
    });
    expect(seen).toBeGreaterThan(1000);
  });

  test('each prohibition of the policy only takes away', () => {
    everyPair(3, 12, (engine, who) => {
      const full = engine.caller(who);
      for (const each of CLAUSES.flatMap((one) => one.prohibits)) {
        const without = engine.caller(who, CLAUSES.map((one) => ({ ...one, prohibits: one.prohibits.filter((kept) => kept !== each) })));
        expect(engine.world.records.filter((one) => (full.record(one).fields & ~without.record(one).fields) !== 0)).toEqual([]);
      }
    });
  });

  test('without permits there is nothing', () => {
    everyPair(6, 20, (engine, who) => { expect(seesNothing(engine.caller(who, CLAUSES.map((one) => ({ ...one, permits: [] }))), engine.world)).toBe(true); });
  });
});

describe('a missing fact denies', () => {
  type Lists = 'careTeam' | 'coverages' | 'namedBy' | 'representations' | 'openings' | 'authorizations' | 'agreements';
  test.each<Lists>(['careTeam', 'coverages', 'namedBy', 'representations', 'openings', 'authorizations', 'agreements'])('a world without %s shows no more', (list) => { showsNoMore((world) => ({ ...world, [list]: [] })); });
  test.each(['organizationId', 'practitionerId', 'memberId'] as const)('a token without %s is permitted no more', (claim) => {
    everyPair(10, 20, (engine, who) => {
      const less = { ...who, [claim]: null };
      // Who names no organization is not known to be a plan or an exchange, so what binds those alone is left aside: permits must not grow.
      const [full, bare] = [engine.caller(who, permitsAlone), engine.caller(less, permitsAlone)];
      expect(engine.world.records.filter((one) => (bare.record(one).fields & ~full.record(one).fields) !== 0)).toEqual([]);
    }, (world) => ({ ...world, restrictions: [] }));
  });
  const permitsAlone = CLAUSES.map((one) => ({ ...one, prohibits: [] }));

  test.each<[string, (world: World) => World]>([
    ['starts of care teams and coverages', (world) => ({ ...world, careTeam: world.careTeam.map((one) => ({ ...one, start: null })), coverages: world.coverages.map((one) => ({ ...one, start: null })) })],
    ['birth dates', (world) => ({ ...world, members: world.members.map((one) => ({ ...one, birthDate: null })) })],
    ['dates of records', (world) => ({ ...world, records: world.records.map((one) => ({ ...one, date: null })) })],
    ['authors, programs and payers', (world) => ({ ...world, records: world.records.map((one) => ({ ...one, authorId: null, programId: null, payerId: null, governingPlanId: null })) })],
    ['labels not yet given', (world) => ({ ...world, records: world.records.map((one) => ({ ...one, labelled: false })) })],
  ])('%s: nothing more is seen', (_, unknown) => { showsNoMore(unknown); });
});

describe('purposes that no rule gives', () => {
  test('a code that the vocabulary does not list is permitted to no role and decides nothing', () => {
    const unknown = 'NEWCODE' as Purpose;
    for (const role of ROLES) {
      expect(purposePermitted(CLAUSES, role, unknown)).toBe(false);
      expect(minimumCell(role, unknown)).toBeNull();
    }
    everyPair(4, 20, (engine, who) => { expect(seesNothing(engine.caller({ ...who, purpose: unknown }), engine.world)).toBe(true); });
  });
});

describe('empty is nothing', () => {
  const scope = { statics: {}, absent: new Set(), memberCell: false } as unknown as FoldScope;
  test('in a list of nothing, an empty disjunction, and a list that a caller does not have', () => {
    expect(fold(isIn(row('recipient')), scope).kind).toBe('never');
    expect(fold(or(), scope).kind).toBe('never');
    expect(fold(isIn(value('role:NURSE'), bound('callerKeys')), { ...scope, absent: new Set(['callerKeys'] as const) }).kind).toBe('never');
  });
  test('no caller keys open no authorization', () => {
    let tried = 0;
    everyPair(10, 20, (engine, who) => {
      const made = createAccess(CLAUSES, callerOf(engine.world, who), NO_FACTS);
      if (made.categories !== 'AUTHORIZED') return;
      tried += 1;
      const nobody = { ...made, bound: { ...made.bound, callerKeys: [], purposes: made.bound.purposes } };
      expect(seesNothing(new EngineCaller(engine, nobody), engine.world)).toBe(true);
      for (const one of engine.world.members) {
        const facts = engine.facts(nobody, one.id);
        expect(facts !== null && interpret(nobody.reach, facts)).toBe(false);
      }
    });
    expect(tried).toBeGreaterThan(0);
  });
  test('a statement for no members of the level above selects none, and for no caller keys none', () => {
    const engine = new EngineWorld(randomWorld(0));
    for (const role of ['NURSE', 'WORKFORCE']) for (const type of RECORD_TYPE_NAMES) {
      const access = engine.caller({ subject: 's', role, organizationId: 'o', practitionerId: 'p', memberId: null, purpose: role === 'NURSE' ? 'HRESCH' : 'HOPERAT' }).access;
      const none = { ...access, bound: { ...access.bound, callerKeys: [] } };
      const text = compileRecordRead(none, type, recordFields(type), { kind: 'ACROSS', keys: null, first: 5, after: false, field: 0 }, { memberIds: [], codes: [] })?.read.text;
      if (text !== undefined) {
        expect(text).toContain('1 = 0');
        expect(text).not.toMatch(/IN \(\s*\)/);
      }
    }
  });
});
