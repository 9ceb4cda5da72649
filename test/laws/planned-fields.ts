import { Kind } from 'graphql';
import type { PlannedField } from '../../src/query/plan/selection';
import { fieldsOf } from '../../src/vocabulary/fields';
import type { RecordType } from '../../src/vocabulary/records';

let last = 0;
/** A field as the plan has it, without a document. */
function planned(parent: string, name: string, parts: readonly string[] = [], partType = ''): PlannedField {
  last += 1;
  return {
    id: last, key: name, name, parent, coordinate: `${parent}.${name}`, definition: null, node: { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } }, type: null, byType: null,
    selections: parts.map((part) => planned(partType, part)),
  };
}
const CODE = ['system', 'code', 'display'];

/** Every field of a record type that has a column. */
export const recordFields = (type: RecordType): PlannedField[] => ['id', 'memberId', 'encounterId', 'recordedAt', 'labels', 'governedBy', ...fieldsOf(type)].filter((name) => name !== 'amendments')
  .map((name) => planned(type, name, name === 'code' || name === 'reason' ? CODE : [], 'Code'));

export const memberFields = (): PlannedField[] => [
  ...['id', 'memberNumber', 'preferredName', 'birthDate', 'gender', 'genderIdentity', 'pronouns', 'deceasedAt'].map((name) => planned('Member', name)),
  planned('Member', 'name', ['given', 'family', 'prefix', 'suffix', 'text'], 'HumanName'),
  planned('Member', 'contact', ['telephones', 'emails', 'preferredLanguage', 'confidential'], 'Contact'),
];
