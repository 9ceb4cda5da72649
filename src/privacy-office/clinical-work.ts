import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { organization } from '../entities/tables/directory';
import { care_gap, citation, encounter, label_basis, medication, medication_review } from '../entities/tables/records';
import type { RecordType } from '../vocabulary/records';
import type { MutationName } from './authorize-call';
import type { Office } from './office';
import type { RecordReference } from './relabel-record';
import { notFound } from './standing';
import { LONGEST, conflict, optionalText, requireText } from './validate';
import { write, type Session } from './write';

type Common = Omit<Row<typeof care_gap>, 'measure' | 'due_at' | 'closed_at'>;
const NO_CODE = { code_system: null, code: null, code_display: null };

/** What every new record has; it bears what its texts reveal, and is labelled in full by `relabelMember` before the change commits. */
async function newRecord(office: Office, caller: Caller, { manager, standing }: Session, type: RecordType, encounterId: string | null, texts: string[]): Promise<Common> {
  const memberId = standing.member.id;
  if (encounterId !== null && (await selectRows(manager, encounter, { member_id: memberId, id: encounterId })).length === 0) throw notFound('encounterId');
  const [own] = caller.organization === null ? [] : await selectRows(manager, organization, { id: caller.organization });
  const program = own?.part2_program === 1 ? own.id : null;
  const labels = office.ownLabels({ type, codings: [], texts, security: [], part2Program: program !== null, date: caller.at });
  const id = randomUUID();
  await insertRows(manager, label_basis, labels.bases.map((each) => ({
    member_id: memberId, record_type: type, record_id: id, class: each.class, rule: each.rule.slice(0, LONGEST.line), basis: each.basis, code_set: each.codeSet, linked: each.linked, own: 1,
  })));
  return {
    member_id: memberId, id, ...NO_CODE, status: null, recorded_at: caller.at, encounter_id: encounterId, record_date: caller.at, labels: labels.mask,
    own_labels: labels.mask, labelled: 0, governed_by: 'NOTICE', governing_plan_id: null, program_id: program, author_id: caller.practitioner, legal: 0, withheld: 0,
    source_type: type, updated_at: caller.at, changed_at: caller.at,
  };
}

export interface MedicationReviewArgs {
  readonly memberId: string; readonly findings: string; readonly recommendation: string; readonly medicationIds?: readonly string[] | null; readonly encounterId?: string | null;
}

/** A clinician on the care team reviews the member's medications. @throws BAD_USER_INPUT, NOT_FOUND naming the argument */
export function recordMedicationReview(office: Office, caller: Caller, args: MedicationReviewArgs): Promise<RecordReference> {
  return record(office, caller, 'recordMedicationReview', 'MedicationReview', args.memberId, async (session) => {
    const { manager } = session;
    const findings = requireText(args.findings, 'findings');
    const recommendation = requireText(args.recommendation, 'recommendation');
    const cited = [...new Set(args.medicationIds ?? [])];
    const found = await selectRows(manager, medication, { member_id: args.memberId, id: cited });
    if (found.length < cited.length) throw notFound('medicationIds');
    const common = await newRecord(office, caller, session, 'MedicationReview', args.encounterId ?? null, [findings, recommendation]);
    await insertRows(manager, medication_review, [{
      ...common, status: 'completed', reviewer_id: caller.practitioner, findings, recommendation, medication_ids: cited.length ? JSON.stringify(cited) : null,
    }]);
    await insertRows(manager, citation, cited.map((each) =>
      ({ member_id: args.memberId, record_type: 'MedicationReview', record_id: common.id, cited_type: 'Medication', cited_id: each })));
    return common.id;
  });
}

export function openCareGap(office: Office, caller: Caller, args: { memberId: string; measure: string; dueAt?: string | null; encounterId?: string | null }): Promise<RecordReference> {
  return record(office, caller, 'openCareGap', 'CareGap', args.memberId, async (session) => {
    const measure = requireText(args.measure, 'measure', LONGEST.line);
    const common = await newRecord(office, caller, session, 'CareGap', args.encounterId ?? null, [measure]);
    await insertRows(session.manager, care_gap, [{ ...common, status: 'open', measure, due_at: optionalText(args.dueAt, 'dueAt'), closed_at: null }]);
    return common.id;
  });
}

function record(office: Office, caller: Caller, mutation: MutationName, type: RecordType, memberId: string, insert: (session: Session) => Promise<string>): Promise<RecordReference> {
  return write(office, caller, { mutation, memberId, clause: clauseFor(caller) }, async (session) => {
    const id = await insert(session);
    await office.relabelMember(session.manager, memberId);
    return { result: { type, id, memberId } };
  });
}

/** @throws CONFLICT when it was closed before; NOT_FOUND for one of a member out of reach */
export function closeCareGap(office: Office, caller: Caller, { id }: { id: string }): Promise<RecordReference> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await selectRows(manager, care_gap, { id }))[0]?.member_id ?? null;
  return write(office, caller, { mutation: 'closeCareGap', memberId, clause: clauseFor(caller) }, async ({ manager, standing }) => {
    const key = { member_id: standing.member.id, id };
    const [row] = await selectRows(manager, care_gap, key, { lock: true });
    if (!row) throw notFound('id');
    if (row.status === 'closed') throw conflict('The care gap is closed already');
    await updateRows(manager, care_gap, key, { status: 'closed', closed_at: caller.at, updated_at: caller.at, changed_at: caller.at });
    return { result: { type: 'CareGap', id, memberId: row.member_id } };
  });
}

const clauseFor = (caller: Caller): 'treatment' | 'health-care-operations' => (caller.role === 'WORKFORCE' ? 'health-care-operations' : 'treatment');
