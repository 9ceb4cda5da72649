import type { Caller } from '../identity/caller';
import { judgeAuthenticity, judgeOwnCall, type AuthenticityInput } from './authenticity';
import { dueAt } from './due';
import { accountingFee } from './fees';
import type { Office } from './office';
import { fileRow, privacyRequestOf, type PrivacyRequest } from './requests';
import { requirePast, requirePeriod } from './validate';
import { write } from './write';

/**
 * Notice, "Accounting of Disclosures" (164.528): asks for one, six years back at most (a longer period is cut when it is made). The first in
 * twelve months is free. @throws BAD_USER_INPUT, NOT_FOUND
 */
export function requestAccounting(office: Office, caller: Caller, args: { memberId: string; from: string; to: string; authenticity: AuthenticityInput }): Promise<PrivacyRequest> {
  const { memberId, from, to } = args;
  return write(office, caller, { mutation: 'requestAccounting', memberId, clause: 'accounting' }, async ({ manager, standing }) => {
    requirePeriod(from, to, 'to');
    requirePast(from, caller.at, 'from');
    const judged = await judgeAuthenticity(manager, caller, standing, args.authenticity);
    // What others asked for is not a representative's to know, not even by what it costs.
    const counted = standing.relationship === 'REPRESENTATION' ? caller.subject : null;
    const row = await fileRow(manager, caller, judged, {
      kind: 'ACCOUNTING', memberId, status: 'RECEIVED', summary: 'Accounting of disclosures', detail: { from, to },
      dueAt: dueAt(office, 'ACCOUNTING', caller.at, standing.member.home_state), fee: judged.authentic ? await accountingFee(manager, memberId, caller.at, counted) : null,
    });
    return { result: privacyRequestOf(row), rejected: !judged.authentic };
  });
}

/** Notice, "Copy of this Notice" (164.520(c)): one on paper is sent; an electronic one is there at once, by the query `notice`. */
export function requestNoticeCopy(office: Office, caller: Caller, { memberId, paper }: { memberId: string; paper: boolean }): Promise<PrivacyRequest> {
  return write(office, caller, { mutation: 'requestNoticeCopy', memberId, clause: 'notice-copy' }, async ({ manager, standing }) => {
    const judged = await judgeOwnCall(manager, caller, standing);
    const row = await fileRow(manager, caller, judged, {
      kind: 'NOTICE_COPY', memberId, status: paper ? 'RECEIVED' : 'COMPLETED', dueAt: dueAt(office, 'NOTICE_COPY', caller.at, standing.member.home_state),
      summary: paper ? 'A copy of the Notice on paper' : 'An electronic copy of the Notice: the query notice has its text',
    });
    return { result: privacyRequestOf(row), rejected: !judged.authentic };
  });
}
