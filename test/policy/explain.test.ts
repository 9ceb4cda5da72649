/** Explanations over both databases: they say what the engine decides, name no value, and tell each reader what section 9 says. */
import 'reflect-metadata';
import { explain, type ExplainRequest } from '../../src/policy/explain';
import { policySources } from '../../src/resolvers/policy';
import { fieldsOf } from '../../src/vocabulary/fields';
import { CLASSES } from '../../src/vocabulary/sensitivity';
import { EngineWorld, isVisible, CLAUSES } from '../laws/engine-world';
import { ENGINE } from '../laws/support/engine';
import { Laboratory, type Station } from '../laws/support/laboratory';
import { richRows } from '../laws/support/rich-rows';
import { randomWorld, randomCaller } from '../oracle/random-world';
import { Random } from '../oracle/random';
import { agreed, authorization, caller, careTeam, NOW, record, worldOf } from '../oracle/story';
import type { World, WorldCaller } from '../oracle/world';
import { testDatabases, type TestDatabase } from '../support/databases';

type Asked = Pick<ExplainRequest, 'memberId' | 'coordinate'> & Partial<ExplainRequest>;
const requestOf = (who: WorldCaller, asked: Asked): ExplainRequest => ({
  subject: who.subject, role: who.role as ExplainRequest['role'], purpose: who.purpose as ExplainRequest['purpose'], organizationId: who.organizationId, practitionerId: who.practitionerId,
  memberIds: who.memberId === null ? null : [who.memberId], ...asked,
});

describe.each(testDatabases())('on $name', ({ create }) => {
  let database: TestDatabase;
  let laboratory: Laboratory;
  let station: Station;
  const load = (world: World): Promise<void> => laboratory.load(richRows(world));
  const ask = (who: WorldCaller, asked: Asked, view: 'PRIVACY_OFFICER' | 'AUDITOR' = 'PRIVACY_OFFICER', now = NOW) => explain(policySources(station.gateway), requestOf(who, asked), view, now);
  beforeAll(async () => {
    database = await create();
    laboratory = await Laboratory.open(database.url);
    station = laboratory.station(ENGINE);
  });
  afterAll(async () => { await laboratory.close(); await database.drop(); });

  test('random worlds: every explanation says what the engine decides', async () => {
    const differences: string[] = [];
    const effects = new Map<string, number>();
    let asked = 0;
    for (let seed = 500; seed < 506; seed += 1) {
      const world = randomWorld(seed);
      await load(world);
      const engine = new EngineWorld(world);
      const random = new Random(seed);
      for (let place = 0; place < 40; place += 1) {
        const who = randomCaller(world, seed * 40 + place);
        const decided = engine.caller(who, CLAUSES);
        const one = random.chance(0.7) && world.records.length > 0 ? random.pick(world.records) : null;
        const type = (one?.type ?? 'Member') as Parameters<typeof isVisible>[1];
        const coordinate = `${type}.${random.pick([...fieldsOf(type), 'id'])}`;
        const memberId = one?.memberId ?? random.pick(world.members).id;
        const seen = one ? decided.record(one) : decided.member(memberId);
        const expected = isVisible(seen, type, coordinate.split('.')[1] ?? '') ? 'PERMIT' : 'DENY';
        const { effect, steps, reason } = await ask(who, { memberId, coordinate, recordId: one?.id ?? null }, 'PRIVACY_OFFICER', world.now);
        asked += 1;
        effects.set(effect, (effects.get(effect) ?? 0) + 1);
        if (effect !== expected || (effect === 'DENY') !== (reason !== null)) differences.push(`${seed} ${JSON.stringify(who)} ${coordinate} of ${one?.id ?? memberId}: engine ${expected}, explained ${effect} ${reason}: ${steps.filter((each) => each.outcome !== 'NOT_APPLICABLE').map((each) => `${each.rule}=${each.outcome}`).join(' ')}`);
      }
    }
    expect(differences).toEqual([]);
    expect(asked).toBe(240);
    expect(effects.get('PERMIT')).toBeGreaterThan(5);
  });

  const world = (): World => worldOf({
    careTeam: [careTeam()], restrictions: [agreed({ id: 'no-gender', coordinates: ['Member.gender'], recipients: [{ role: 'NURSE' }] })],
    authorizations: [authorization({ id: 'signed', classes: ['HIV'], recipients: [{ role: 'WORKFORCE' }], purposes: ['HOPERAT'], revokedAt: '2026-02-15T00:00:00.000Z' })],
    records: [record('Condition', { id: 'hiv', labels: ['HIV'] }), record('Document', { id: 'talk', labels: ['PSYTHPN'], authorId: 'p9' })],
  });

  test('the privacy office reads ids and classes, and what would change it', async () => {
    await load(world());
    const restricted = await ask(caller('NURSE', 'TREAT'), { memberId: 'ann', coordinate: 'Member.gender' });
    expect(restricted).toMatchObject({ effect: 'DENY', reason: 'RESTRICTED', clause: 'restrictions' });
    expect(restricted.steps.find((each) => each.rule === 'restriction')?.because).toMatch(/no-gender.*Remedy:.*endRestriction/);
    expect(restricted.steps.find((each) => each.outcome === 'PERMIT' && each.rule.startsWith('permit:'))?.because).toContain('care team team');
    const hidden = await ask(caller('WORKFORCE', 'HOPERAT'), { memberId: 'ann', coordinate: 'Condition.code', recordId: 'hiv' });
    expect(hidden).toMatchObject({ effect: 'DENY', reason: 'AUTHORIZATION_REQUIRED', clause: 'special-categories' });
    expect(hidden.steps.find((each) => each.outcome === 'DENY')).toMatchObject({ rule: 'special-category:INSIDE_OTHER', citation: expect.stringContaining('42 CFR Part 2'), because: expect.stringContaining(': HIV. Remedy:') });
  });
  test('as of an instant before the revocation it was permitted', async () => {
    await load(world());
    expect(await ask(caller('WORKFORCE', 'HOPERAT'), { memberId: 'ann', coordinate: 'Condition.code', recordId: 'hiv', asOf: '2026-02-01T00:00:00.000Z' })).toMatchObject({ effect: 'PERMIT', clause: 'health-care-operations' });
    expect(await ask(caller('NURSE', 'TREAT'), { memberId: 'ann', coordinate: 'Member.gender', asOf: '2025-12-01T00:00:00.000Z' })).toMatchObject({ effect: 'DENY', reason: 'NO_RELATIONSHIP' });
    await expect(ask(caller('NURSE', 'TREAT'), { memberId: 'ann', coordinate: 'Member.gender', asOf: '2001-01-01T00:00:00.000Z' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  test('without a record it depends on the record, and only where it does', async () => {
    await load(world());
    expect(await ask(caller('WORKFORCE', 'HOPERAT'), { memberId: 'ann', coordinate: 'Condition.code' })).toMatchObject({ effect: 'CONDITIONAL', reason: null });
    expect(await ask(caller('WORKFORCE', 'HOPERAT'), { memberId: 'ann', coordinate: 'Claim.billedAmount' })).toMatchObject({ effect: 'DENY', reason: 'MINIMUM_NECESSARY' });
    expect(await ask(caller('WORKFORCE', 'TREAT'), { memberId: 'ann', coordinate: 'Condition.code' })).toMatchObject({ effect: 'DENY', reason: 'PURPOSE_NOT_PERMITTED' });
    expect(await ask(caller('NURSE', 'TREAT', { practitionerId: 'p7' }), { memberId: 'ann', coordinate: 'Condition.code' })).toMatchObject({ effect: 'DENY', reason: 'NO_RELATIONSHIP' });
  });
  test('an auditor writes pseudonyms, and reads no id and no class', async () => {
    await load(world());
    const { pseudonyms } = station.gateway;
    const [ann, hiv, talk] = [pseudonyms.of('member', 'ann'), pseudonyms.of('record', 'hiv'), pseudonyms.of('record', 'talk')];
    const explained = [
      await ask(caller('WORKFORCE', 'HOPERAT'), { memberId: ann, coordinate: 'Condition.code', recordId: hiv }, 'AUDITOR'),
      await ask(caller('NURSE', 'TREAT'), { memberId: ann, coordinate: 'Document.text', recordId: talk }, 'AUDITOR'),
      await ask(caller('MEMBER', 'PATRQT', { memberId: ann }), { memberId: ann, coordinate: 'Document.text', recordId: talk }, 'AUDITOR'),
      await ask(caller('NURSE', 'TREAT'), { memberId: ann, coordinate: 'Member.gender' }, 'AUDITOR'),
    ];
    for (const { memberId: _, ...one } of explained) {
      expect(one.effect).toBe('DENY');
      expect(JSON.stringify(one)).not.toMatch(new RegExp(`\\b(ann|hiv|talk|signed|no-gender|team-?\\d*)\\b(?! of)`));
      for (const each of CLASSES) expect(JSON.stringify(one)).not.toContain(`"${each}"`);
      expect(JSON.stringify(one)).not.toMatch(/PSYCHOTHERAPY|psychotherapy|: HIV/);
    }
    // Which special category it is cannot be told from the rule that decided.
    expect(explained[1]).toMatchObject({ reason: 'AUTHORIZATION_REQUIRED', clause: 'special-categories' });
    expect(explained[0]?.steps.map((each) => each.rule)).toEqual(explained[1]?.steps.map((each) => each.rule));
    for (const asked of [{ memberId: 'ann', coordinate: 'Member.gender' }, { memberId: ann, coordinate: 'Condition.code', recordId: 'hiv' }])
      await expect(ask(caller('NURSE', 'TREAT'), asked, 'AUDITOR')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  test('no value of a member is in an explanation, nor read for one', async () => {
    await load(world());
    const rows = richRows(world()) as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
    const values = ['member', 'condition_record', 'document'].flatMap((table) => (rows[table] ?? []).flatMap((row) => Object.entries(row).flatMap(([column, value]) =>
      (typeof value === 'string' && value.length > 3 && !/(^|_)(id|at|date|by|type)$/.test(column) ? [value] : []))));
    expect(values.length).toBeGreaterThan(20);
    laboratory.reads = [];
    for (const coordinate of ['Member.name', 'Contact.emails', 'Address.city', 'Condition.code', 'Document.text', 'Member.id', 'Condition.id', 'Authorization.signedBy']) {
      const { memberId: _, ...one } = await ask(caller('NURSE', 'TREAT'), { memberId: 'ann', coordinate });
      for (const value of values) expect(JSON.stringify(one).includes(value)).toBe(false);
    }
    const read = new Set(laboratory.reads.flatMap((each) => each.columns));
    for (const column of ['name_family', 'name_given', 'emails', 'telephones', 'code', 'code_display', 'text', 'value', 'gender', 'subscriber_id', 'signed_by']) expect(read.has(column)).toBe(false);
  });
  test.each<[string, Asked, string]>([
    ['a coordinate of nothing', { memberId: 'ann', coordinate: 'Member.shoeSize' }, 'BAD_USER_INPUT'],
    ['a public field', { memberId: 'ann', coordinate: 'Viewer.subject' }, 'BAD_USER_INPUT'],
    ['a record for a field of the member', { memberId: 'ann', coordinate: 'Member.name', recordId: 'hiv' }, 'BAD_USER_INPUT'],
    ['two members for one caller', { memberId: 'ann', coordinate: 'Member.name', memberIds: ['ann', 'ben'] }, 'BAD_USER_INPUT'],
    ['a member that there is not', { memberId: 'nobody', coordinate: 'Member.name' }, 'NOT_FOUND'],
    ['a record of another type', { memberId: 'ann', coordinate: 'Medication.dosage', recordId: 'hiv' }, 'NOT_FOUND'],
    ['a grant that there is not', { memberId: 'ann', coordinate: 'Member.name', grantId: 'none' }, 'NOT_FOUND'],
  ])('%s is refused', async (_, asked, code) => {
    await load(world());
    await expect(ask(caller('NURSE', 'TREAT'), asked)).rejects.toMatchObject({ code });
  });
  test('rules come in the order of the Notice, each with its citation', async () => {
    await load(world());
    const { steps } = await ask(caller('NURSE', 'TREAT'), { memberId: 'ann', coordinate: 'Condition.code', recordId: 'hiv' });
    const order = steps.slice(2).map((each) => CLAUSES.findIndex((clause) => clause.id === each.clause));
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(steps.every((each) => each.citation)).toBe(true);
  });
});
