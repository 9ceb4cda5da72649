import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { tableNamed } from '../entities/tables';
import { amendment } from '../entities/tables/privacy';
import { isRecordType, RECORD_TYPES, type RecordType } from '../vocabulary/records';
import { amendableField, amendedColumns, codingsBefore, valueBefore, type AnyRecord } from './amended-field';
import { classesOfWords, labelAmended } from './amendment-labels';
import { judgeAuthenticity, type AuthenticityInput } from './authenticity';
import { dueAt } from './due';
import { findRecords } from './find-record';
import type { Office } from './office';
import { inWords, readersOf } from './old-value-readers';
import { amendmentOf, type AmendmentResult } from './read-member-privacy';
import { fileRequest, fileTask, settleRequests, type RequestStatus } from './requests';
import { spreadRestrictions } from './spread';
import { notFound, type Standing } from './standing';
import { badInput, conflict, requireText } from './validate';
import { write } from './write';

export type AmendmentRow = Row<typeof amendment>;
type LabellingOffice = Pick<Office, 'ownLabels' | 'relabelMember'>;
/** The grounds of 164.526(a)(2), in words. */
const GROUNDS = {
  NOT_CREATED_HERE: 'it was not created here', NOT_IN_RECORD_SET: 'it is not part of the record set', NOT_OPEN_TO_ACCESS: 'it is not open to access',
  ACCURATE_AND_COMPLETE: 'it is accurate and complete',
} as const;
export type DenialGround = keyof typeof GROUNDS;

export const memberOfAmendment = (id: string) => async (manager: EntityManager): Promise<string | null> => (await selectRows(manager, amendment, { id }))[0]?.member_id ?? null;

/** A representative knows of those alone that they asked for (policy section 3). @throws NOT_FOUND */
export async function readAmendment(manager: EntityManager, caller: Caller, standing: Standing, id: string, argument: string): Promise<AmendmentRow> {
  const [row] = await selectRows(manager, amendment, { member_id: standing.member.id, id }, { lock: true });
  if (!row || (standing.relationship === 'REPRESENTATION' && row.requested_by !== caller.subject)) throw notFound(argument);
  return row;
}

/** The row of the record that an amendment is about; null where it is gone. */
export async function recordOf(manager: EntityManager, memberId: string, type: string, id: string): Promise<{ type: RecordType; row: AnyRecord } | null> {
  if (!isRecordType(type)) return null;
  const [row] = await selectRows(manager, tableNamed(RECORD_TYPES[type].table), { member_id: memberId, id }, { lock: true });
  return row ? { type, row: row as AnyRecord } : null;
}

export interface AmendmentArgs {
  readonly memberId: string; readonly recordId: string; readonly field: string; readonly proposed: string; readonly reason: string; readonly authenticity: AuthenticityInput;
}

/**
 * Notice, "Request Amendment" (164.526): asks to amend one field of a record, with a reason. That the caller may see the record is asked
 * before. @throws NOT_FOUND naming the argument, BAD_USER_INPUT for a field or value that cannot be
 */
export function requestAmendment(office: Office, caller: Caller, args: AmendmentArgs): Promise<AmendmentResult> {
  const { memberId } = args;
  return write(office, caller, { mutation: 'requestAmendment', memberId, clause: 'amendment' }, async ({ manager, standing }) => {
    const found = (await findRecords(manager, args.recordId)).find((each) => each.member_id === memberId);
    const record = found && await recordOf(manager, memberId, found.type, found.id);
    if (!record) throw notFound('recordId');
    const field = amendableField(record.type, args.field);
    const proposed = requireText(args.proposed, 'proposed');
    const reason = requireText(args.reason, 'reason');
    amendedColumns(record.type, field, proposed);
    const judged = await judgeAuthenticity(manager, caller, standing, args.authenticity);
    const row: AmendmentRow = {
      member_id: memberId, id: randomUUID(), record_type: record.type, record_id: record.row.id, field, proposed, proposed_labels: classesOfWords(office, record.type, record.row, [proposed]),
      previous: null, asked_reason: reason, status: judged.authentic ? 'RECEIVED' : 'REJECTED_INAUTHENTIC', reason: null, ground: null, statement: null, statement_labels: 0, statement_by: null,
      statement_at: null, rebuttal: null, rebuttal_labels: 0, summary: null, requested_at: caller.at, requested_by: judged.requestedBy, decided_at: null, decided_by: null,
    };
    await insertRows(manager, amendment, [row]);
    await fileRequest(manager, caller, judged, {
      kind: 'AMENDMENT', memberId, status: 'RECEIVED', subjectId: row.id, summary: `Amendment of ${record.type}.${field}`, dueAt: dueAt(office, 'AMENDMENT', caller.at, standing.member.home_state),
    });
    return { result: amendmentOf(row), rejected: !judged.authentic };
  });
}

/**
 * The privacy office's answer: accepted, the record has the new value and keeps the old one in its history; denied, on one of the four
 * grounds. @throws BAD_USER_INPUT for a denial without a ground, or an acceptance with one; CONFLICT when it was decided before
 */
export function decideAmendment(office: Office, caller: Caller, args: { id: string; accept: boolean; reason: string; ground?: DenialGround | null }): Promise<AmendmentResult> {
  return write<AmendmentResult>(office, caller, { mutation: 'decideAmendment', memberId: memberOfAmendment(args.id), clause: 'amendment' }, async ({ manager, standing }) => {
    const reason = requireText(args.reason, 'reason');
    const ground = args.ground ?? null;
    if (!args.accept && ground === null) throw badInput('ground', 'a denial names its ground');
    if (args.accept && ground !== null) throw badInput('ground', 'is for a denial alone');
    const row = await readAmendment(manager, caller, standing, args.id, 'id');
    if (row.status !== 'RECEIVED') throw conflict('The amendment is decided already');
    const record = await recordOf(manager, row.member_id, row.record_type, row.record_id);
    if (args.accept && !record) throw conflict('The record is not there any more');
    const before = record ? valueBefore(row.field, record.row) : null;
    const codings = record ? codingsBefore(record.type, row.field, record.row) : [];
    const words = record ? classesOfWords(office, record.type, record.row, [row.proposed, reason, before], codings) : row.proposed_labels;
    // The history goes on telling what the record was, also when its own labels have been taken away: it keeps them.
    const history = args.accept && record ? record.row.own_labels : 0;
    const status: RequestStatus = args.accept ? 'ACCEPTED' : 'DENIED';
    const set = { status, reason, ground, proposed_labels: words | history, decided_at: caller.at, decided_by: caller.subject, previous: args.accept ? before : null };
    await updateRows(manager, amendment, { member_id: row.member_id, id: row.id }, set);
    await settleRequests(manager, 'AMENDMENT', row.id, status, caller.at, args.accept ? null : denialNotice(ground as DenialGround));
    if (args.accept && record) await applyAmendment(manager, office, caller, standing, row, record);
    return { result: amendmentOf({ ...row, ...set }) };
  });
}

/** What a denial tells beside its reason (164.526(d)(1)). */
const denialNotice = (ground: DenialGround): string =>
  `Amendment denied: ${GROUNDS[ground]} (45 CFR 164.526(a)(2)). You may file a statement of disagreement, which goes wherever the record goes; and you may complain to the privacy office, or to the U.S. Department of Health and Human Services, Office for Civil Rights.`;

async function applyAmendment(
  manager: EntityManager, office: Office, caller: Caller, standing: Standing, row: AmendmentRow, { type, row: record }: { type: RecordType; row: AnyRecord },
): Promise<void> {
  const readers = await readersOf(manager, row.member_id, `${type}.${row.field}`);
  await writeAmendedValue(manager, office, type, record, row);
  await office.relabelMember(manager, row.member_id);
  await spreadRestrictions(manager, row.member_id);
  if (readers.length === 0) return;
  await fileTask(manager, caller.at, {
    kind: 'AMENDMENT', memberId: row.member_id, subjectId: row.id, summary: `${type}.${row.field} was amended. Tell those who read the old value: ${inWords(readers)}`,
    dueAt: dueAt(office, 'AMENDMENT', caller.at, standing.member.home_state), detail: { readers },
  });
}

async function writeAmendedValue(manager: EntityManager, office: LabellingOffice, type: RecordType, record: AnyRecord, row: Pick<AmendmentRow, 'field' | 'proposed'>): Promise<void> {
  await updateRows(manager, tableNamed(RECORD_TYPES[type].table), { member_id: record.member_id, id: record.id }, amendedColumns(type, row.field, row.proposed, record));
  await labelAmended(manager, office, type, record, row.proposed);
}

/**
 * Writes the accepted amendments of members anew, oldest first, where an import has put the value of its file back: an import never undoes
 * the office. To be called in the import's transaction; `relabelMember` is called for each member who has one.
 */
export async function keepAmendments(manager: EntityManager, office: LabellingOffice, memberIds: readonly string[]): Promise<void> {
  const accepted = memberIds.length === 0 ? [] : await selectRows(manager, amendment, { member_id: memberIds, status: 'ACCEPTED' }, { orderBy: ['decided_at', 'id'] });
  for (const row of accepted) {
    const record = await recordOf(manager, row.member_id, row.record_type, row.record_id);
    if (record) await writeAmendedValue(manager, office, record.type, record.row, row);
  }
  for (const memberId of new Set(accepted.map((each) => each.member_id))) await office.relabelMember(manager, memberId);
}
