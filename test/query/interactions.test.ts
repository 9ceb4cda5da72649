import { MOST_TELLINGS } from '../../src/query/telling-limit';
import { testDatabases } from '../support/databases';
import { caller, openInteractionWorld, type InteractionWorld } from './interaction-world';

const COMPANY = { organizationId: 'company' };
const PHARMACISTS = { role: 'PHARMACIST' } as const;

describe.each(testDatabases())('interaction alerts on $name', ({ create }) => {
  let world: InteractionWorld;
  beforeAll(async () => { world = await openInteractionWorld(await create()); });
  afterAll(() => world.close());

  test('visible pairs are told in full, each once, and nothing of what is over or the same drug twice', async () => {
    await world.member('vera');
    await world.takes('vera', 'v-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('vera', 'v-ibuprofen', ['ibuprofen']);
    await world.takes('vera', 'v-ibuprofen-again', ['ibuprofen'], { status: 'completed' });
    await world.takes('vera', 'v-naproxen', ['naproxen'], { ended_at: '2026-11-24T12:00:00.000Z' });
    await world.takes('vera', 'v-citalopram', ['citalopram'], { status: 'stopped' });
    const { alerts, codes } = await world.asks('vera');
    expect(codes).toEqual([]);
    expect(alerts).toEqual([{
      severity: 'HIGH', hidden: false, visibleMedicationId: 'v-fluoxetine', otherMedicationId: 'v-ibuprofen',
      advice: expect.stringContaining('acetaminophen') as string, source: 'FDA labelling',
    }]);
    expect((await world.flagged()).at(-1)).toBe(0);
  });

  test('Carl: the pharmacist who may not see the fluoxetine learns that the ibuprofen interacts, and what to do', async () => {
    await world.member('carl');
    await world.takes('carl', 'c-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('carl', 'c-ibuprofen', ['ibuprofen'], { status: 'draft', recorded_at: null, record_date: null, started_at: null });
    await world.takes('carl', 'c-captopril', ['captopril']);
    await world.restricts('carl', { classes: ['PSY'], recipients: [PHARMACISTS] });
    const { alerts, text } = await world.asks('carl');
    expect(alerts).toEqual([{ severity: 'HIGH', hidden: true, visibleMedicationId: 'c-ibuprofen', otherMedicationId: null, advice: expect.any(String) as string, source: expect.any(String) as string }]);
    expect(text).not.toMatch(/fluoxetine|PSY|SSRI|serotonin|antidepressant|FDA|ONC/i);
    expect((await world.flagged()).at(-1)).toBe(1);
    const nurse = await world.asks('carl', caller({ role: 'NURSE', subject: 'nina' }));
    expect(nurse.alerts).toMatchObject([{ hidden: false, otherMedicationId: 'c-ibuprofen' }]);
  });

  test('what is hidden never leaves the database, and the statements are as many for every member and page', async () => {
    world.statements();
    await world.asks('carl');
    const one = world.statements();
    for (const { rows, columns } of one) {
      expect(JSON.stringify(rows)).not.toContain('fluoxetine');
      if (columns.length === 2) expect(rows).toEqual([['carl', 'c-ibuprofen']]);
    }
    await world.asks('vera');
    expect(world.statements().map((each) => each.text)).toEqual(one.map((each) => each.text));
    for (let at = 0; at < 12; at += 1) { await world.member(`many-${at}`); await world.takes(`many-${at}`, `many-${at}-ibuprofen`, ['ibuprofen']); }
    world.statements();
    await world.run('{ members(first: 10) { nodes { id interactionAlerts { hidden } } } }', caller());
    expect(world.statements()).toHaveLength(one.length);
  });

  test('a pair that is hidden on both sides is never told', async () => {
    await world.member('both');
    await world.takes('both', 'b-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('both', 'b-lithium', ['lithium'], { classes: ['PSY'] });
    await world.takes('both', 'b-phenelzine', ['phenelzine'], { classes: ['PSY'] });
    await world.takes('both', 'b-metformin', ['metformin']);
    await world.restricts('both', { classes: ['PSY'], recipients: [PHARMACISTS] });
    expect((await world.asks('both')).alerts).toEqual([]);
  });

  test('two worlds: which drug is hidden, how many and of which class, are the same bytes', async () => {
    await world.member('twin');
    await world.takes('twin', 't-ibuprofen', ['ibuprofen']);
    await world.restricts('twin', { recordId: 't-hidden', recipients: [PHARMACISTS] });
    await world.restricts('twin', { recordId: 't-second', recipients: [PHARMACISTS] });
    const answers: string[] = [];
    for (const [ingredient, classes] of [['fluoxetine', ['PSY']], ['warfarin', []], ['lithium', ['PSY']], ['methotrexate', []]] as const) {
      await world.takes('twin', 't-hidden', [ingredient], { classes: [...classes] });
      answers.push((await world.asks('twin')).text);
      await world.forget('twin', 't-hidden');
    }
    await world.takes('twin', 't-hidden', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('twin', 't-second', ['warfarin']);
    answers.push((await world.asks('twin')).text);
    expect(answers[0]).toContain('"hidden":true');
    expect(new Set(answers).size).toBe(1);
    await world.forget('twin', 't-hidden');
    await world.forget('twin', 't-second');
    expect((await world.asks('twin')).alerts).toEqual([]);
  });

  test('a name that is restricted by itself makes the medication hidden: it is on the other side only', async () => {
    await world.member('field');
    await world.takes('field', 'f-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('field', 'f-ibuprofen', ['ibuprofen']);
    await world.restricts('field', { recordId: 'f-fluoxetine', coordinates: ['Medication.code'], recipients: [PHARMACISTS] });
    expect((await world.asks('field')).alerts).toMatchObject([{ hidden: true, visibleMedicationId: 'f-ibuprofen', otherMedicationId: null }]);
  });

  test('alerts that are themselves restricted are an empty list', async () => {
    await world.member('silent');
    await world.takes('silent', 's-warfarin', ['warfarin']);
    await world.takes('silent', 's-ibuprofen', ['ibuprofen']);
    await world.restricts('silent', { coordinates: ['Member.interactionAlerts'], recipients: [PHARMACISTS] });
    expect((await world.asks('silent')).alerts).toEqual([]);
  });

  test('a Part 2 medication that a restriction hides counts only where an authorization for treatment names the company', async () => {
    const cases = [
      ['none', null], ['the company', [COMPANY]], ['a sister company', [{ organizationId: 'sister' }]], ['a role inside', [{ role: 'NURSE' as const }]],
      ['the caller alone', [{ subject: 'pat' }]], ['another organization', [{ organizationId: 'elsewhere' }]],
    ] as const;
    const told: string[] = [];
    for (const [place, [what, recipients]] of cases.entries()) {
      const id = `part2-${place}`;
      await world.member(id);
      await world.takes(id, `${id}-buprenorphine`, ['buprenorphine'], { classes: ['PART2', 'OPIOIDUD'] });
      await world.takes(id, `${id}-diazepam`, ['diazepam']);
      await world.restricts(id, { classes: ['SUD'], recipients: [PHARMACISTS] });
      if (recipients) await world.authorizes(id, ['SUD'], [...recipients]);
      const { alerts } = await world.asks(id);
      if (alerts?.length) told.push(what);
    }
    expect(told).toEqual(['the company', 'a sister company', 'a role inside']);
    await world.member('payment-only');
    await world.takes('payment-only', 'po-methadone', ['methadone'], { classes: ['PART2'] });
    await world.takes('payment-only', 'po-diazepam', ['diazepam']);
    await world.restricts('payment-only', { classes: ['SUD'] });
    await world.authorizes('payment-only', ['SUD'], [COMPANY], ['HPAYMT']);
    expect((await world.asks('payment-only')).alerts).toEqual([]);
  });

  test('what a special category hides, and no restriction, does not count; nor what is not labelled yet', async () => {
    await world.member('unsigned');
    await world.takes('unsigned', 'u-buprenorphine', ['buprenorphine'], { classes: ['PART2', 'OPIOIDUD'] });
    await world.takes('unsigned', 'u-diazepam', ['diazepam']);
    expect((await world.asks('unsigned')).alerts).toEqual([]);
    await world.member('unlabelled');
    await world.takes('unlabelled', 'l-fluoxetine', ['fluoxetine'], { labelled: 0 });
    await world.takes('unlabelled', 'l-ibuprofen', ['ibuprofen']);
    await world.restricts('unlabelled', { recordId: 'l-fluoxetine' });
    expect((await world.asks('unlabelled')).alerts).toEqual([]);
  });

  test('in an emergency the restriction yields: the pair is told in full, Part 2 as well', async () => {
    await world.breaksGlass('carl', 'erin');
    const erin = caller({ subject: 'erin', practitioner: 'erin', purpose: 'ETREAT', purposes: ['ETREAT'], breakGlassReason: 'unconscious on arrival' });
    expect((await world.asks('carl', erin)).alerts).toMatchObject([{ hidden: false, visibleMedicationId: 'c-fluoxetine', otherMedicationId: 'c-ibuprofen' }]);
    await world.breaksGlass('part2-0', 'erin');
    expect((await world.asks('part2-0', erin)).alerts).toMatchObject([{ hidden: false, visibleMedicationId: 'part2-0-buprenorphine' }]);
  });

  test('only who treats inside is told: null with a line for all others', async () => {
    for (const role of ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL'] as const) {
      const { alerts, withheld } = await world.asks('carl', caller({ role, subject: `sub-${role}`, purpose: 'COC' }));
      expect({ alerts: alerts?.length, withheld }).toEqual({ alerts: 1, withheld: [] });
    }
    const others = [
      caller({ role: 'WORKFORCE', purpose: 'HOPERAT', purposes: ['HOPERAT'] }), caller({ role: 'EXTERNAL_PROVIDER', organization: 'clinic' }),
      caller({ role: 'MEMBER', member: 'carl', purpose: 'PATRQT', purposes: ['PATRQT'], organization: null, practitioner: null }),
    ];
    for (const other of others) {
      const { alerts, withheld } = await world.asks('carl', other);
      expect({ role: other.role, alerts, withheld }).toEqual({ role: other.role, alerts: null, withheld: ['Member.interactionAlerts'] });
    }
  });

  test('what was paid in full is kept from the clinicians of a payer here too, whatever else is agreed', async () => {
    await world.member('paid');
    await world.takes('paid', 'p-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('paid', 'p-ibuprofen', ['ibuprofen']);
    await world.restricts('paid', { recordId: 'p-fluoxetine', kind: 'PAID_IN_FULL' });
    expect((await world.asks('paid')).alerts).toMatchObject([{ hidden: false }]);
    expect((await world.asks('paid', caller({ organization: 'plan' }))).alerts).toEqual([]);
    await world.restricts('paid', { classes: ['PSY'] });
    expect((await world.asks('paid')).alerts).toMatchObject([{ hidden: true }]);
    expect((await world.asks('paid', caller({ organization: 'plan' }))).alerts).toEqual([]);
  });

  test('one subject is told of one member so often an hour, then refused, whatever is hidden then; others are not', async () => {
    await world.member('often');
    await world.takes('often', 'o-fluoxetine', ['fluoxetine'], { classes: ['PSY'] });
    await world.takes('often', 'o-ibuprofen', ['ibuprofen']);
    await world.restricts('often', { classes: ['PSY'], recipients: [PHARMACISTS] });
    const prober = caller({ subject: 'prober' });
    for (let time = 0; time < MOST_TELLINGS; time += 1) expect((await world.asks('often', prober)).alerts).toHaveLength(1);
    expect(await world.asks('often', prober)).toMatchObject({ alerts: undefined, codes: ['RATE_LIMITED'] });
    expect((await world.asks('often')).alerts).toHaveLength(1);
    await world.forget('often', 'o-fluoxetine');
    expect((await world.asks('often', prober)).codes).toEqual(['RATE_LIMITED']);
    const later = caller({ subject: 'prober', at: '2026-11-24T13:00:00.000Z' });
    expect((await world.asks('often', later)).alerts).toEqual([]);
  });
});
