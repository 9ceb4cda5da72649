import type { EntityManager } from 'typeorm';
import { deleteRows, putRows, selectRows, updateRows } from '../entities/rows';
import { tableNamed } from '../entities/tables';
import { label_basis, label_source } from '../entities/tables/records';
import type { CodingInput, LabelInput } from '../labelling/labels';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';
import { classBit, classesOf, coverMask } from '../vocabulary/sensitivity';
import type { AnyRecord } from './amended-field';
import type { Office } from './office';
import { MANUAL, NO_CLASS } from './relabel-record';
import { LONGEST } from './validate';

const SUBSTANCE = coverMask(['SUD']);
const NOTE = classBit('PSYTHPN');

const inputOf = (type: RecordType, texts: readonly string[], date: string | null, codings: readonly CodingInput[] = []): LabelInput => ({ type, codings: [...codings], texts: [...texts], security: [], part2Program: false, date });

/**
 * The classes that words about a record, and codes that it had, reveal. What they say of substance use, where a Part 2 program recorded it, is the program's; words
 * that speak of psychotherapy notes are not such notes, but tell of mental health.
 */
export function classesOfWords(office: Pick<Office, 'ownLabels'>, type: RecordType, record: AnyRecord, texts: readonly (string | null)[], codings: readonly CodingInput[] = []): number {
  const { mask } = office.ownLabels(inputOf(type, texts.filter((each) => each !== null), record.record_date, codings));
  const program = mask & SUBSTANCE && (record.program_id !== null || record.labels & classBit('PART2')) ? (mask & ~SUBSTANCE) | classBit('PART2') : mask;
  return program & NOTE ? (program & ~NOTE) | classBit('PSY') : program;
}

/**
 * An amended record bears what its new value reveals, beside what it bore: its history shows the old value too. Only `relabelRecord` takes a
 * label away, with a reason. To be followed by `relabelMember` in the same transaction.
 */
export async function labelAmended(manager: EntityManager, office: Pick<Office, 'ownLabels'>, type: RecordType, record: AnyRecord, proposed: string): Promise<void> {
  const key = { member_id: record.member_id, record_type: type, record_id: record.id };
  const basis = await selectRows(manager, label_basis, { ...key, own: 1 });
  const [source] = await selectRows(manager, label_source, key);
  if (source) {
    const input = JSON.parse(source.input) as LabelInput;
    if (!input.texts.includes(proposed)) await updateRows(manager, label_source, key, { input: JSON.stringify({ ...input, texts: [...input.texts, proposed] }) });
  }
  const byHand = basis.some((each) => each.rule === MANUAL);
  if (source && !byHand) return;
  const revealed = office.ownLabels(inputOf(type, [proposed], record.record_date));
  const added = revealed.mask & ~record.own_labels;
  if (added === 0) return;
  await updateRows(manager, tableNamed(RECORD_TYPES[type].table), { member_id: record.member_id, id: record.id }, { own_labels: record.own_labels | added });
  if (byHand) await deleteRows(manager, label_basis, { ...key, class: NO_CLASS });
  await putRows(manager, label_basis, byHand
    ? classesOf(added).map((each) => ({ ...key, class: each, rule: MANUAL, basis: MANUAL, code_set: null, linked: null, own: 1 }))
    : revealed.bases.map((each) => ({ ...key, class: each.class, rule: each.rule.slice(0, LONGEST.line), basis: each.basis, code_set: each.codeSet, linked: each.linked, own: 1 })));
}
