import type { AuditEntry } from '../audit/entry';
import type { Transaction } from '../entities/database';
import { dueDaysOf } from '../privacy-office/due';
import { requestAccess, withholdFromAccess } from '../privacy-office/access-requests';
import { liftWithholding } from '../privacy-office/lift-withholding';
import { decideAmendment, requestAmendment } from '../privacy-office/amendments';
import { fileComplaint } from '../privacy-office/complaints';
import { requestAccounting, requestNoticeCopy } from '../privacy-office/member-requests';
import { completeRequest, extendRequest } from '../privacy-office/settle-request';
import { fileStatementOfDisagreement, answerStatement } from '../privacy-office/statements';
import { checkNamedRecords } from './named-records';
import { endAgreement, recordAgreement } from '../privacy-office/agreements';
import { recordAuthorization, revokeAuthorization } from '../privacy-office/authorizations';
import { assessBreach } from '../privacy-office/breach';
import { reviewBreakGlass } from '../privacy-office/break-glass-review';
import { assignCareTeam, endCareTeamAssignment } from '../privacy-office/care-team';
import { closeCareGap, openCareGap, recordMedicationReview } from '../privacy-office/clinical-work';
import { requestConfidentialCommunication } from '../privacy-office/confidential-communications';
import { optInToExchange, optOutOfExchange } from '../privacy-office/exchange';
import { readKeys } from '../privacy-office/find-record';
import { decideGrant, endGrant, requestGrant } from '../privacy-office/grants';
import type { Office, WriteDone } from '../privacy-office/office';
import { readMemberPrivacy } from '../privacy-office/read-member-privacy';
import { relabelRecord } from '../privacy-office/relabel-record';
import { endRepresentation, recordRepresentation } from '../privacy-office/representations';
import { decideRestriction, endRestriction, requestRestriction } from '../privacy-office/restrictions';
import type { Caller } from '../identity/caller';
import type { PlannedField } from '../query/plan/selection';
import { readOneRecord } from '../query/run/read-records';
import { shapeObject } from '../query/run/shape';
import { invariant } from '../vocabulary/errors';
import type { RecordType } from '../vocabulary/records';
import type { Operation } from './operation';
import { entryOf } from './audit-entry';

type Write<Args> = (office: Office, caller: Caller, args: Args) => Promise<object>;
/** What a write gives back: the object as the schema has it, the member whose privacy state it changed, or a record to be read as the caller sees it. */
type Result = 'OBJECT' | 'MEMBER_PRIVACY' | 'RECORD';
interface Mutation { readonly write: Write<never>; readonly result: Result }
const mutation = <Args>(write: Write<Args>, result: Result = 'OBJECT'): Mutation => ({ write: write as Write<never>, result });

/** The root fields of Mutation, each with the write of the privacy office behind it. */
export const MUTATION_WRITES: Readonly<Record<string, Mutation>> = {
  optOutOfExchange: mutation(optOutOfExchange, 'MEMBER_PRIVACY'),
  optInToExchange: mutation(optInToExchange, 'MEMBER_PRIVACY'),
  recordAuthorization: mutation(recordAuthorization),
  revokeAuthorization: mutation(revokeAuthorization),
  requestRestriction: mutation(requestRestriction),
  decideRestriction: mutation(decideRestriction),
  endRestriction: mutation(endRestriction),
  requestConfidentialCommunication: mutation(requestConfidentialCommunication),
  requestAccess: mutation(requestAccess),
  requestAccounting: mutation(requestAccounting),
  requestNoticeCopy: mutation(requestNoticeCopy),
  fileComplaint: mutation(fileComplaint),
  extendRequest: mutation(extendRequest),
  completeRequest: mutation(completeRequest),
  withholdFromAccess: mutation(withholdFromAccess),
  liftWithholding: mutation(liftWithholding),
  requestAmendment: mutation(requestAmendment),
  decideAmendment: mutation(decideAmendment),
  fileStatementOfDisagreement: mutation(fileStatementOfDisagreement),
  answerStatement: mutation(answerStatement),
  recordRepresentation: mutation(recordRepresentation),
  endRepresentation: mutation(endRepresentation),
  assignCareTeam: mutation(assignCareTeam),
  endCareTeamAssignment: mutation(endCareTeamAssignment),
  recordAgreement: mutation(recordAgreement),
  endAgreement: mutation(endAgreement),
  requestGrant: mutation(requestGrant),
  decideGrant: mutation(decideGrant),
  endGrant: mutation(endGrant),
  assessBreach: mutation(assessBreach),
  reviewBreakGlass: mutation(reviewBreakGlass),
  relabelRecord: mutation(relabelRecord, 'RECORD'),
  recordMedicationReview: mutation(recordMedicationReview, 'RECORD'),
  openCareGap: mutation(openCareGap, 'RECORD'),
  closeCareGap: mutation(closeCareGap, 'RECORD'),
};

async function answerOf(operation: Operation, field: PlannedField, result: Result, written: object): Promise<unknown> {
  const { source } = operation.gateway;
  if (result === 'MEMBER_PRIVACY') {
    const { memberId } = written as { memberId: string };
    const state = (await readMemberPrivacy(source, [memberId], operation.caller)).get(memberId);
    invariant(state, 'the member whose state was written is there');
    return shapeObject({ ...state }, field.selections, 'MemberPrivacy');
  }
  if (result === 'RECORD') {
    const { type, id, memberId } = written as { type: RecordType; id: string; memberId: string };
    const selections = field.byType?.get(type) ?? field.selections;
    const seen = await readOneRecord(operation.reading, field, type, memberId, id, selections);
    return seen ?? shapeObject(await readKeys(source.manager, type, memberId, id), selections, type);
  }
  return shapeObject({ ...written }, field.selections, field.type?.name ?? '');
}

/** Runs one root field of a mutation: the write and its audit record in one transaction, then the answer as the caller sees it. */
export async function answerMutation(operation: Operation, field: PlannedField, onAudited: (auditId: string) => void): Promise<unknown> {
  const { gateway, caller } = operation;
  const chosen = MUTATION_WRITES[field.name];
  invariant(chosen, 'a mutation of the schema has its write');
  const office: Office = {
    source: gateway.source, relabelMember: gateway.relabelMember, ownLabels: gateway.ownLabels, jurisdictions: gateway.jurisdictions, stateDueDays: dueDaysOf(gateway.jurisdictions),
    audit: async (manager: Transaction, done: WriteDone) => {
      const entry: AuditEntry = {
        ...entryOf(operation, done.outcome), kind: done.mutation === 'reviewBreakGlass' ? 'BREAK_GLASS_REVIEW' : 'WRITE', clause: done.clause, operation: done.mutation, members: [...done.memberIds], flagged: done.flagged, reason: done.reason,
      };
      onAudited(await gateway.ledger.recordIn(manager, entry));
    },
  };
  const args = operation.arguments.get(field.id) ?? {};
  await checkNamedRecords(operation, field.name, args);
  const written = await chosen.write(office, caller, args as never);
  return answerOf(operation, field, chosen.result, written);
}
