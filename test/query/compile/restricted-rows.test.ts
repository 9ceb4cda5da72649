import { hiddenFields, restrictedFieldsOf } from '../../../src/permissions/clauses/restrictions';
import { foldOperand, type FoldScope } from '../../../src/permissions/core/fold';
import { interpretMask, type FactRow, type Facts } from '../../../src/permissions/core/interpret';
import { always, and, eq, record, row, value, type Operand } from '../../../src/permissions/core/predicate';
import { bindingConditions, UNRESTRICTED, withOwnRestriction, withRestriction, type Restricted } from '../../../src/query/compile/restricted-rows';

const WHOLE = 0b111;
const CASES = 20_000;
const NOW = '2026-03-01T00:00:00.000Z';
const statics = { recordType: 'Condition', sensitivityMask: 0 } as FoldScope['statics'];
const operand = foldOperand(hiddenFields, { statics, absent: new Set(), memberCell: false });
const ownOperand = restrictedFieldsOf('HumanName', new Set());

let state = 7;
const random = (below: number): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * below); };
const one = <T>(...of: T[]): T => of[random(of.length)] as T;

/** A restriction in force for the caller, which may narrow in every way. */
const restriction = (type: string): FactRow => ({
  member_id: 'm', type, recipient: '*', purpose: '*', start_at: '2020-01-01T00:00:00.000Z', end_at: null, field_mask: one(WHOLE, WHOLE, 1 + random(WHOLE)), class_mask: one(0, 0, 1 + random(7)),
  encounter_id: one(null, null, 'e1', 'e2'), record_id: one(null, null, null, 'r1', 'r2'), recorded_before: one(null, null, null, '2025-01-01T00:00:00.000Z'),
});
const factsOf = (r: FactRow, restrictions: readonly FactRow[]): Facts => ({
  m: { id: 'm' }, r, bound: { now: NOW, restrictionKeys: ['*'], restrictionPurposes: ['*'] } as unknown as Facts['bound'], relation: (name) => (name === 'restriction_scope' ? restrictions : []),
});
const told = (each: FactRow) => ({ fieldMask: Number(each['field_mask']), classMask: Number(each['class_mask']), isOfPlace: each['encounter_id'] !== null || each['record_id'] !== null, isOfTime: each['recorded_before'] !== null });

/** The facts stand for the policy: what they hide of a row is what its operand hides, or they say that the row is to be asked. */
test('what facts tell of restrictions is what the policy says of each record, or they say that it is to be asked', () => {
  const seen = { told: 0, asked: 0, hidden: 0 };
  for (let at = 0; at < CASES; at += 1) {
    const restrictions = Array.from({ length: random(4) }, () => restriction('Condition'));
    const known = restrictions.reduce<Restricted>((all, each) => withRestriction(all, told(each), WHOLE), UNRESTRICTED);
    if (known.asks) { seen.asked += 1; continue; }
    const r: FactRow = { member_id: 'm', id: one('r1', 'r3'), encounter_id: one(null, 'e1', 'e3'), labels: random(8), recorded_at: one(null, '2024-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z') };
    const policy = interpretMask(operand, factsOf(r, restrictions)) & WHOLE;
    const facts = (Number(r['labels']) & known.classes) !== 0 ? WHOLE : known.hidden & WHOLE;
    expect([restrictions, r, facts]).toEqual([restrictions, r, policy]);
    seen.told += 1;
    if (policy !== 0) seen.hidden += 1;
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(CASES / 20);
});

test('… and of the member\'s own objects, of which nothing is asked', () => {
  for (let at = 0; at < CASES; at += 1) {
    const restrictions = Array.from({ length: random(4) }, () => restriction('HumanName'));
    const known = restrictions.reduce<Restricted>((all, each) => withOwnRestriction(all, told(each)), UNRESTRICTED);
    expect([restrictions, known.hidden]).toEqual([restrictions, interpretMask(ownOperand, factsOf({ member_id: 'm' }, restrictions))]);
  }
});

describe('a predicate that is not the one known here', () => {
  type Bits = Extract<Operand, { kind: 'bits' }>;
  const bits = operand as Bits;
  test('is not stood for by facts', () => {
    expect(bindingConditions(bits, 'Condition', 'RECORDS')).not.toBeNull();
    expect(bindingConditions({ ...bits, where: and(bits.where, eq(record('status'), value('active'))) }, 'Condition', 'RECORDS')).toBeNull();
    expect(bindingConditions({ ...bits, where: bits.where.kind === 'and' ? and(...bits.where.all.slice(0, -1)) : always }, 'Condition', 'RECORDS')).toBeNull();
    expect(bindingConditions(bits, 'Medication', 'RECORDS')).toBeNull();
    expect(bindingConditions({ ...bits, column: 'class_mask' }, 'Condition', 'RECORDS')).toBeNull();
  });
  test('but what it asks of the restriction alone goes with it', () => {
    const more = eq(row('restriction_id'), value('r'));
    expect(bindingConditions({ ...bits, where: and(bits.where, more) }, 'Condition', 'RECORDS')).toContainEqual(more);
  });
});
