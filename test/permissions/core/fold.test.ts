import { fold, foldOperand, type FoldScope } from '../../../src/permissions/core/fold';
import { interpret, type FactRow } from '../../../src/permissions/core/interpret';
import {
  always, and, before, bits, bound, byState, covered, eq, exists, isIn, known, member, missing, never, not, notAfter, ofMember, or, overlaps, record, row, union, value, values, type BoundParameter, type Operand, type Predicate,
} from '../../../src/permissions/core/predicate';

const scope = (given: { absent?: readonly BoundParameter[]; memberCell?: boolean; statics?: Partial<FoldScope['statics']> } = {}): FoldScope => ({
  statics: {
    role: 'NURSE', organizationKind: 'COVERED_ENTITY', knownOrganizationFits: 1, purpose: 'TREAT', categoryBit: 32, category: 'CLINICAL', noteKind: 'NONE', recordType: 'Condition', sensitivityMask: 0,
    grantClasses: 0, agreementCategories: 0, remuneratedCategories: 0, planAgreementCategories: 0, remuneratedPlanCategories: 0, planServicesAssociate: 0, ...given.statics,
  },
  absent: new Set(given.absent ?? []), memberCell: given.memberCell ?? false,
});
const open = eq(record('a'), value(1));
const other = eq(record('b'), value(2));

describe('what is known of the caller is worked out', () => {
  test.each<[string, Predicate, Predicate]>([
    ['a static that holds', eq(known('role'), value('NURSE')), always],
    ['a static that does not', eq(known('role'), value('PHARMACIST')), never],
    ['a static in a list', isIn(known('purpose'), ...values('TREAT', 'COC')), always],
    ['a static in no list', isIn(known('purpose'), ...values('HPAYMT')), never],
    ['a static mask', overlaps(known('categoryBit'), value(96)), always],
    ['no agreement', overlaps(known('agreementCategories'), known('categoryBit')), never],
    ['constants in time\'s order', before(value('2025'), value('2026')), always],
    ['constants against it', before(value('2026'), value('2026')), never],
    ['the same instant is not after itself', notAfter(value('2026'), value('2026')), always],
    ['a later one is', notAfter(value('2027'), value('2026')), never],
    ['nothing is not after nothing', notAfter(record('a'), value(null)), never],
    ['a comparison with nothing', eq(record('a'), value(null)), never],
    ['an instant against nothing', before(value(null), record('a')), never],
    ['a constant that is missing', missing(value(null)), always],
    ['a constant that is there', missing(value(0)), never],
    ['an empty list', isIn(record('a')), never],
    ['bits of no row', overlaps(bits('rows', 'mask', never), record('a')), never],
    ['a relation that no row can satisfy', exists('rows', eq(known('role'), value('AUDITOR'))), never],
    ['a record that reveals nothing needs no cover', covered(value(0), value(7), value(0)), always],
    ['nothing is needed', covered(record('labels'), value(0), value(0)), always],
    ['what is revealed is not what is needed', covered(value(1), value(6), value(0)), always],
    ['masks of states that are all the same', overlaps(byState(0, { CA: 0 }), record('labels')), never],
  ])('%s', (_, predicate, expected) => { expect(fold(predicate, scope())).toEqual(expected); });
  test('a caller without an organization matches none, whatever the rows say', () => {
    const ofOrganization = eq(record('plan_id'), bound('organization'));
    expect(fold(ofOrganization, scope({ absent: ['organization'] }))).toEqual(never);
    expect(fold(not(ofOrganization), scope({ absent: ['organization'] }))).toEqual(always);
    expect(fold(ofOrganization, scope())).toEqual(ofOrganization);
  });
  test('an empty list of the caller\'s is dropped from a list of others', () => {
    const listed = isIn(record('recipient'), bound('restrictionKeys'), value('*'));
    expect(fold(listed, scope({ absent: ['restrictionKeys'] }))).toEqual(isIn(record('recipient'), value('*')));
    expect(fold(isIn(record('recipient'), bound('restrictionKeys')), scope({ absent: ['restrictionKeys'] }))).toEqual(never);
  });
});

describe('a cell of the member has no record', () => {
  test.each<[string, Predicate, Predicate]>([
    ['it bears no label', overlaps(record('labels'), value(255)), never],
    ['it needs no labelling', eq(record('labelled'), value(1)), always],
    ['it stands under the Notice', eq(record('governed_by'), value('NOTICE')), always],
    ['it was not compiled for a proceeding', eq(record('legal'), value(1)), never],
    ['it belongs to no encounter', missing(record('encounter_id')), always],
  ])('%s', (_, predicate, expected) => {
    expect(fold(predicate, scope({ memberCell: true }))).toEqual(expected);
    expect(fold(predicate, scope())).toEqual(predicate);
  });
});

describe('junctions', () => {
  test.each<[string, Predicate, Predicate]>([
    ['and drops what always holds', and(always, open), open], ['and ends where nothing holds', and(open, never), never], ['an empty and', and(), always], ['and of always', and(always, always), always],
    ['or drops what never holds', or(never, open), open], ['or ends where something always holds', or(open, always), always], ['an empty or', or(), never],
    ['nested ands become one', and(open, and(other, open)), and(open, other, open)], ['nested ors become one', or(or(open, other), open), or(open, other, open)],
    ['an or inside an and stays', and(open, or(open, other)), and(open, or(open, other))],
    ['not always', not(always), never], ['not never', not(never), always], ['not not', not(not(open)), open], ['not of the rest stays', not(open), not(open)],
  ])('%s', (_, predicate, expected) => { expect(fold(predicate, scope())).toEqual(expected); });
});

describe('operands', () => {
  test.each<[string, Operand, Operand]>([
    ['a static', known('categoryBit'), value(32)], ['a value', value('x'), value('x')], ['a column of the member', member('id'), member('id')],
    ['a union of constants', union(value(1), known('categoryBit')), value(33)], ['a union with nothing on the left', union(value(0), record('labels')), record('labels')],
    ['a union with nothing on the right', union(record('labels'), known('sensitivityMask')), record('labels')], ['a union of two', union(record('labels'), value(4)), union(record('labels'), value(4))],
    ['states that differ', byState(0, { CA: 1 }), byState(0, { CA: 1 })], ['states that do not', byState(1, { CA: 1 }), value(1)], ['bits of nothing', bits('rows', 'mask', or()), value(0)],
  ])('%s', (_, operand, expected) => { expect(foldOperand(operand, scope())).toEqual(expected); });
  test('an absent value of the caller is nothing', () => {
    expect(foldOperand(bound('practitioner'), scope({ absent: ['practitioner'] }))).toEqual(value(null));
    expect(foldOperand(bound('practitioner'), scope())).toEqual(bound('practitioner'));
  });
});

test('folding changes no meaning: what is left says the same of every row', () => {
  const inForce = exists('rows', and(ofMember, isIn(row('recipient'), bound('callerKeys')), or(missing(row('end_at')), before(bound('now'), row('end_at')))));
  const predicates = [
    and(or(eq(known('role'), value('NURSE')), open), not(overlaps(union(record('labels'), known('sensitivityMask')), value(6)))),
    or(and(eq(known('purpose'), value('HPAYMT')), open), inForce),
    not(covered(union(record('labels'), known('sensitivityMask')), byState(6, { CA: 7 }), bits('rows', 'mask', inForce.kind === 'exists' ? inForce.where : never))),
    not(and(not(open), not(not(inForce)), or())),
  ];
  const records: FactRow[] = [0, 1, 2, 6, 7].flatMap((labels) => [null, 1, 2].map((a) => ({ labels, a })));
  const worlds: FactRow[][] = [[], [{ member_id: 'ann', recipient: 'k', end_at: null, mask: 2 }], [{ member_id: 'ann', recipient: 'k', end_at: '2020', mask: 6 }], [{ member_id: 'ann', recipient: 'z', end_at: null, mask: 7 }]];
  // The same tree with the statics put in by hand, read as it stands.
  const put = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(put);
    if (node === null || typeof node !== 'object') return node;
    const { kind, name } = node as { kind?: string; name?: keyof FoldScope['statics'] };
    return kind === 'static' && name ? value(scope().statics[name]) : Object.fromEntries(Object.entries(node).map(([key, each]) => [key, put(each)]));
  };
  let compared = 0;
  for (const predicate of predicates) for (const r of records) for (const rows of worlds) for (const home_state of ['CA', 'OH', null]) {
    const at = { m: { id: 'ann', home_state }, r, bound: { callerKeys: ['k'], now: '2026' } as never, relation: () => rows };
    expect(interpret(fold(predicate, scope()), at)).toBe(interpret(put(predicate) as Predicate, at));
    compared += 1;
  }
  expect(compared).toBe(720);
});
