import {
  always, and, before, bits, bound, byState, covered, during, eq, exists, isIn, known, member, missing, never, not, now, ofMember, or, overlaps, record, row, union, value, values,
} from '../../../src/permissions/core/predicate';

const NODES = {
  always, never, and: and(always, never), or: or(always, never), not: not(always), eq: eq(member('id'), value('ann')), in: isIn(row('kind'), ...values('A', 'B')), before: before(now, row('end_at')),
  missing: missing(row('end_at')), exists: exists('care_team', ofMember), covered: covered(record('labels'), value(3), value(1)), overlaps: overlaps(record('labels'), value(2)),
};
const OPERANDS = {
  column: record('labels'), static: known('purpose'), bound: bound('subject'), value: value(null), bits: bits('authorization_scope', 'class_mask', ofMember), byState: byState(1, { CA: 3 }),
  union: union(record('labels'), known('sensitivityMask')),
};

describe('a predicate is data', () => {
  test.each(Object.entries(NODES))('%s is a frozen node of its kind that prints as it is', (kind, node) => {
    expect([node.kind, Object.isFrozen(node)]).toEqual([kind, true]);
    expect(JSON.parse(JSON.stringify(node))).toEqual(node);
  });
  test.each(Object.entries(OPERANDS))('operand %s likewise', (kind, node) => {
    expect([node.kind, Object.isFrozen(node)]).toEqual([kind, true]);
    expect(JSON.parse(JSON.stringify(node))).toEqual(node);
  });
  test('lists inside are frozen too', () => {
    expect(Object.isFrozen(and(always).kind === 'and' && (NODES.and as { all: unknown }).all)).toBe(true);
    expect(Object.isFrozen((NODES.or as { any: unknown }).any)).toBe(true);
    expect(Object.isFrozen((NODES.in as { list: unknown }).list)).toBe(true);
    expect(Object.isFrozen((OPERANDS.byState as { masks: unknown }).masks)).toBe(true);
  });
  test('masks of states are copied: what the deployer does to a file later changes no policy', () => {
    const masks: Record<string, number> = { CA: 1 };
    const made = byState(0, masks);
    masks['CA'] = 7;
    expect(made).toEqual({ kind: 'byState', otherwise: 0, masks: { CA: 1 } });
  });
  test('columns name their row: the member, the record, the row of a relation', () => {
    expect([member('id'), record('id'), row('id')].map((each) => each.kind === 'column' && each.of)).toEqual(['m', 'r', 'x']);
    expect(ofMember).toEqual(eq(row('member_id'), member('id')));
  });
  test('a period is half open and is at the instant of the request, unless another is named', () => {
    expect(during(row('start_at'), row('end_at'))).toEqual(during(row('start_at'), row('end_at'), bound('now')));
    expect(JSON.stringify(during(row('start_at'), row('end_at'), record('record_date')))).toContain('record_date');
  });
  test('values are one operand each', () => { expect(values('A', 2)).toEqual([value('A'), value(2)]); });
});
