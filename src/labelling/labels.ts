import type { RecordType } from '../vocabulary/records';
import type { SensitivityClass } from '../vocabulary/sensitivity';

export interface CodingInput { system: string | null; code: string | null; display: string | null }
/** What the labelling service is asked about one record. */
export interface LabelInput {
  type: RecordType | 'Member';
  /** Every coding of the record itself: code, reasons, components, items, categories, values, the kind of note. */
  codings: CodingInput[];
  /** Free texts: CodeableConcept.text, notes, fields like a narrative, the decoded text of a document, names of drugs. */
  texts: string[];
  /** `meta.security` of the input. */
  security: { system: string | null; code: string | null }[];
  /** The organization that recorded it is a Part 2 program. */
  part2Program: boolean;
  /** Date of the record, beginning YYYY-MM-DD, or null: rows of code sets have dates. */
  date: string | null;
}
/** Why a record bears a class: which code set, which rule of it (a code, a word rule, an ingredient), which linked record. */
export interface LabelBasis {
  class: SensitivityClass;
  basis: 'CODE' | 'HIERARCHY' | 'INGREDIENT' | 'TEXT' | 'PROGRAM' | 'INPUT' | 'LINKED' | 'WRONG_SYSTEM';
  codeSet: string | null; rule: string; linked: string | null;
}
export interface OwnLabels { mask: number; bases: LabelBasis[] }
