import type { Caller } from '../identity/caller';
import { selectRows } from '../entities/rows';
import { representation } from '../entities/tables/member';
import { authorizeCall } from './authorize-call';
import { judgeOwnCall, type Judged } from './authenticity';
import { dueAt } from './due';
import type { Office } from './office';
import { detailOf, fileRow, isTask, privacyRequestOf, type Filing, type PrivacyRequest, type RequestRow } from './requests';
import { inTransaction } from './transaction';
import { requireText } from './validate';
import { write } from './write';

const TOLD = 'Complaint. You may also complain to the U.S. Department of Health and Human Services, Office for Civil Rights; nobody may be treated worse for a complaint.';
const MUTATION = 'fileComplaint';

const filing = (office: Office, caller: Caller, memberId: string | null, text: string, state: string | null): Filing => ({
  kind: 'COMPLAINT', memberId, status: 'RECEIVED', summary: TOLD, dueAt: dueAt(office, 'COMPLAINT', caller.at, state), detail: { text },
});

/**
 * Notice, "Complaints" (164.530(d)): to the privacy office, beside the alternative of HHS. What it says is told to the privacy office and to
 * its author alone, and to an officer whom it names not even that. @throws NOT_FOUND, BAD_USER_INPUT
 */
export function fileComplaint(office: Office, caller: Caller, args: { memberId?: string | null; text: string }): Promise<PrivacyRequest> {
  const relationship = authorizeCall(caller, MUTATION);
  const memberId = args.memberId ?? (relationship === 'SELF' ? caller.member : null);
  if (memberId === null) return ofNoMember(office, caller, args.text);
  return write<PrivacyRequest>(office, caller, { mutation: MUTATION, memberId, clause: 'complaints' }, async ({ manager, standing }) => {
    const text = requireText(args.text, 'text');
    const judged = await judgeOwnCall(manager, caller, standing);
    const row = await fileRow(manager, caller, judged, filing(office, caller, memberId, text, standing.member.home_state));
    return { result: shown(row, caller), rejected: !judged.authentic };
  });
}

/** About the company at large: there is no member to stand to. An attorney's own call is no more authentic here. */
function ofNoMember(office: Office, caller: Caller, given: string): Promise<PrivacyRequest> {
  return inTransaction(office.source, async (manager) => {
    const text = requireText(given, 'text');
    const acts = caller.role === 'PERSONAL_REPRESENTATIVE' ? await selectRows(manager, representation, { subject: caller.subject }) : [];
    const authentic = acts.length === 0 || acts.some((each) => each.kind !== 'ATTORNEY');
    const judged: Judged = { authentic, channel: caller.role === 'PRIVACY_OFFICER' ? 'PAPER' : 'IN_APP_MESSAGE', requestedBy: caller.subject };
    const row = await fileRow(manager, caller, judged, filing(office, caller, null, text, null));
    await office.audit?.(manager, {
      mutation: MUTATION, clause: authentic ? 'complaints' : 'request-authenticity', memberIds: [], outcome: authentic ? 'DONE' : 'REJECTED_INAUTHENTIC', flagged: !authentic, reason: null,
    });
    return shown(row, caller);
  });
}

const shown = (row: RequestRow, caller: Caller): PrivacyRequest => requestSeenBy(row, caller) ?? privacyRequestOf(row);

const mentions = (text: string, subject: string): boolean => text.toLowerCase().includes(subject.toLowerCase());

/**
 * An entry of the worklist as this caller may see it; null where it is not there for them. Tasks and grants are the privacy office's (some
 * grants are kept from the member for a time, 164.528(a)(2)); a complaint is the office's and its author's.
 */
export function requestSeenBy(row: RequestRow, caller: Pick<Caller, 'role' | 'subject'>): PrivacyRequest | null {
  const request = privacyRequestOf(row);
  const isOffice = caller.role === 'PRIVACY_OFFICER';
  if (row.kind === 'COMPLAINT') {
    const text = String(detailOf(row)['text'] ?? '');
    if (row.requested_by === caller.subject) return { ...request, summary: `${row.summary ?? ''} ${text}` };
    if (!isOffice) return null;
    // An officer who is complained of sees that something waits for a colleague, and nothing of what.
    return mentions(text, caller.subject) ? { ...request, memberId: null, channel: null, summary: null } : { ...request, summary: `${row.summary ?? ''} ${text}` };
  }
  return isOffice || (row.kind !== 'GRANT' && !isTask(row)) ? request : null;
}
