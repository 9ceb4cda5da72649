import { clause } from '../core/clause';
import { foldOperand, type FoldScope } from '../core/fold';
import { and, before, bits, bound, during, eq, isIn, known, missing, ofMember, or, overlaps, record, row, value, type BoundParameter, type Operand } from '../core/predicate';
import { revealed } from './relationships';

/** A restriction that names no class, encounter or record does not narrow by it. */
const narrowed = and(
  or(eq(row('class_mask'), value(0)), overlaps(row('class_mask'), revealed)),
  or(missing(row('encounter_id')), eq(row('encounter_id'), record('encounter_id'))),
  or(missing(row('record_id')), eq(row('record_id'), record('id'))),
  or(missing(row('recorded_before')), missing(record('recorded_at')), before(record('recorded_at'), row('recorded_before'))),
);

/**
 * The fields of this row that binding restrictions hide from this caller, as bits (src/vocabulary/fields.ts). restrictionKeys is
 * empty for whom none binds (the member, the privacy office), so that nothing is hidden then.
 */
export const hiddenFields: Operand = bits('restriction_scope', 'field_mask', and(
  ofMember, eq(row('type'), known('recordType')), isIn(row('recipient'), bound('restrictionKeys')), isIn(row('purpose'), bound('restrictionPurposes')),
  during(row('start_at'), row('end_at')), narrowed,
));

/** The hidden fields of one of the member's own objects (Member, HumanName, Contact, Address), for a caller of this kind. */
export function restrictedFieldsOf(type: string, absent: ReadonlySet<BoundParameter>): Operand {
  const nothingKnown = { recordType: type } as FoldScope['statics'];
  return foldOperand(hiddenFields, { statics: nothingKnown, absent, memberCell: true });
}

/** Notice: "Right to Request Additional Restrictions". */
export const restrictions = clause({
  id: 'restrictions',
  title: 'Right to Request Additional Restrictions',
  citation: '45 CFR 164.522(a)',
  summary: 'What the member paid for in full is kept from the plan; other restrictions bind once the company has agreed to them.',
  purposes: [],
  reading: 'Agreed ones yield to an emergency, on record; a paid-in-full one yields only to a grant under required-by-law.',
});
