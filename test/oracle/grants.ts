/** Section 7: who reads under a grant, which members, records and cells it discloses, and which special classes it opens. */
import { READINGS } from './readings';
import { allowsSale, naming } from './authorizations';
import { begun, over } from './instants';
import { isBelowCeiling, isForPurpose, isLeftOut, isNamedClass, leavesIdentifiersOut, mayOpen, overridesPrivacyState } from './grant-clauses';
import { isOptedOut } from './reach';
import type { Asking } from './asking';
import type { Category } from './fields';
import type { WorldCaller, WorldGrant, WorldRecord } from './world';
import type { WorldIndex } from './world-index';

/** "WORKFORCE or PRIVACY_OFFICER with `X-Grant`" (section 4). */
const isStaff = ({ role }: WorldCaller): boolean => role === 'WORKFORCE' || role === 'PRIVACY_OFFICER';

/** "a different PRIVACY_OFFICER approves it; ... until it expires". */
const isInForce = (one: WorldGrant, now: string): boolean => one.status === 'ACCEPTED' && one.decidedAt !== null && begun(one.decidedAt, now) && !over(one.expires, now);

/** "the named recipient": the subject where one is named, else who comes from the organization. */
function isRecipient({ recipient }: WorldGrant, caller: WorldCaller): boolean {
  if (recipient.subject !== undefined) return recipient.subject === caller.subject;
  return recipient.organizationId !== undefined && recipient.organizationId === caller.organizationId;
}

export const grantOf = (index: WorldIndex, caller: WorldCaller): WorldGrant | null => (caller.grantId === undefined ? null : index.grant.get(caller.grantId) ?? null);

/** Section 11: "`X-Grant` from another role is FORBIDDEN"; section 7: the grant is for its recipient, its time and its clause's purpose. */
export function refusalUnderGrant(index: WorldIndex, caller: WorldCaller): 'FORBIDDEN' | 'NOT_FOUND' | 'PURPOSE_NOT_PERMITTED' | null {
  if (!isStaff(caller) && caller.role !== 'DISCLOSURE_RECIPIENT') return 'FORBIDDEN';
  const grant = grantOf(index, caller);
  if (grant === null || !isInForce(grant, index.now) || !(isStaff(caller) || isRecipient(grant, caller))) return 'NOT_FOUND';
  // "preparatory (three statements, nothing leaves)": an answer to the recipient leaves.
  if (grant.clause === 'research' && grant.elements['basis'] === 'preparatory' && !isStaff(caller)) return 'FORBIDDEN';
  return isForPurpose(grant.clause, caller.purpose) ? null : 'PURPOSE_NOT_PERMITTED';
}

/** "as the recipient sees them" (section 4): staff stand in the recipient's place. */
export const readerOf = (caller: WorldCaller, { recipient }: WorldGrant): WorldCaller => ({
  role: 'DISCLOSURE_RECIPIENT', purpose: caller.purpose, practitionerId: null, memberId: null,
  subject: isStaff(caller) ? recipient.subject ?? '' : caller.subject, organizationId: isStaff(caller) ? recipient.organizationId ?? null : caller.organizationId,
});

/** "those members": in the grant; of an exchange those who have not opted out; sale asks each member's authorization (section 3). */
export function reachesByGrant(who: Asking, grant: WorldGrant, memberId: string, isDeceased: boolean): boolean {
  if (!grant.memberIds.includes(memberId)) return false;
  if (isOptedOut(who, memberId) && !overridesPrivacyState(grant)) return false;
  if (grant.remunerated && !allowsSale(naming(who, memberId))) return false;
  return grant.clause !== 'research' || grant.elements['basis'] !== 'decedents' || isDeceased;
}

/** workers-compensation, "records of that claim": of one on record the claim, its encounter and what is of it. Null: it is not on record. */
export function recordsOfClaim(records: ReadonlyMap<string, WorldRecord>, grant: WorldGrant): ((record: WorldRecord) => boolean) | null {
  const claim = grant.clause === 'workers-compensation' ? records.get(grant.elements['claim'] ?? '') : undefined;
  if (claim === undefined || claim.type !== 'Claim' || !grant.memberIds.includes(claim.memberId)) return null;
  const { encounterId } = claim;
  return (record) => record.id === claim.id || (encounterId !== null && (record.encounterId === encounterId || record.id === encounterId));
}

function disclosesRecord(index: WorldIndex, grant: WorldGrant, record: WorldRecord, category: Category): boolean {
  const named = grant.recordIds?.includes(record.id) ?? false;
  // "NOTE only for records named in `recordIds`".
  if (category === 'NOTE') return named;
  if (grant.recordIds !== null) return named || !READINGS.namedRecordsLimitAll;
  const ofClaim = recordsOfClaim(index.record, grant);
  return ofClaim === null || ofClaim(record);
}

/** Whether a cell of a member in the grant is disclosed at all; special classes and prohibitions are asked apart. */
export function discloses(index: WorldIndex, grant: WorldGrant, coordinate: string, category: Category, record: WorldRecord | null): boolean {
  if (!grant.categories.includes(category) || !isBelowCeiling(grant.clause, grant.elements, coordinate, category)) return false;
  if (leavesIdentifiersOut(grant.clause, grant.elements) && isLeftOut(coordinate, category)) return false;
  return record === null || disclosesRecord(index, grant, record, category);
}

/** Whether the grant opens the class of this label, of a record or of a member's own field, without an authorization. */
export function grantOpens(grant: WorldGrant, label: string, record: WorldRecord | null): boolean {
  const author = grant.elements['notes-author'];
  const authored = author !== undefined && record !== null && record.authorId === author;
  return isNamedClass(grant.classes, label) && mayOpen(grant.clause, grant.elements, label, authored);
}
