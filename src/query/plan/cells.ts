import { type CellKind } from '../../permissions/core/predicate';
import type { Category } from '../../vocabulary/categories';
import { categoryOfField, fieldBit, fieldsOf, GENDER_IDENTITY_FIELDS } from '../../vocabulary/fields';
import { RECORD_TYPES, type RecordType } from '../../vocabulary/records';
import { classBit } from '../../vocabulary/sensitivity';

/** The kind of cell that a field of the member is. */
export function memberCell(field: string, type = 'Member'): CellKind {
  const category: Category = categoryOfField(type, field) ?? 'ADMINISTRATIVE';
  const sensitivityMask = GENDER_IDENTITY_FIELDS.includes(`${type}.${field}`) ? classBit('GENDER_IDENTITY') : 0;
  return { type: type === 'Member' && field === 'interactionAlerts' ? 'InteractionAlert' : 'Member', category, sensitivityMask, noteKind: 'NONE', coordinate: `${type}.${field}` };
}

function noteKindOf(type: RecordType): CellKind['noteKind'] {
  if (type === 'MedicationReview') return 'MEDICATION_REVIEW';
  return type === 'Document' ? 'BY_RECORD' : 'OTHER';
}

/** A set of a record's fields that are decided together: one category, one predicate, one set of bits. */
export interface CellGroup { readonly cell: CellKind; readonly fields: readonly string[]; readonly bits: number }

/** The groups of a record type, its own category first; a type has a second one where some of its fields are notes. */
export function cellGroups(type: RecordType): readonly CellGroup[] {
  const own = RECORD_TYPES[type].category;
  const categories = [...new Set([own, ...fieldsOf(type).map((each) => categoryOfField(type, each) ?? own)])];
  return categories.map((category) => {
    const fields = fieldsOf(type).filter((each) => (categoryOfField(type, each) ?? own) === category);
    const bits = fields.reduce((mask, each) => mask | fieldBit(type, each), 0);
    return { cell: { type, category, sensitivityMask: 0, noteKind: category === 'NOTE' ? noteKindOf(type) : 'NONE' as const }, fields, bits };
  });
}
