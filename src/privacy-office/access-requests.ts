import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows, updateRows } from '../entities/rows';
import { tableNamed } from '../entities/tables';
import { practitioner } from '../entities/tables/directory';
import { RECORD_TYPES, RECORD_TYPE_NAMES } from '../vocabulary/records';
import { classBit } from '../vocabulary/sensitivity';
import { judgeAuthenticity, type AuthenticityInput } from './authenticity';
import { dueAt } from './due';
import { copyFee } from './fees';
import { findRecords } from './find-record';
import type { Office } from './office';
import { fileRow, privacyRequestOf, type PrivacyRequest } from './requests';
import { notFound } from './standing';
import { LONGEST, conflict, requireText } from './validate';
import { write } from './write';

const NOTES = 'psychotherapy notes';
const LEGAL = 'what was compiled for a legal proceeding';
const COMPLAIN = 'You may complain to the privacy office, or to the U.S. Department of Health and Human Services, Office for Civil Rights.';
const REVIEW = 'You may have that reviewed by another licensed professional who took no part in it.';

interface Denials { readonly notes: boolean; readonly legal: boolean; readonly withheld: boolean }

const DENIED = RECORD_TYPE_NAMES.map((type) =>
  `SELECT MAX(CASE WHEN (labels & ${classBit('PSYTHPN')}) <> 0 THEN 1 ELSE 0 END) AS notes, MAX(legal) AS legal, MAX(withheld) AS withheld FROM \`${RECORD_TYPES[type].table}\` WHERE member_id = ?`).join(' UNION ALL ');

async function denialsOf(manager: EntityManager, memberId: string): Promise<Denials> {
  const rows = await manager.query(DENIED, RECORD_TYPE_NAMES.map(() => memberId)) as Record<keyof Denials, number | null>[];
  const some = (name: keyof Denials): boolean => rows.some((each) => Number(each[name] ?? 0) === 1);
  return { notes: some('notes'), legal: some('legal'), withheld: some('withheld') };
}

/** The denial in words: its reason, whether it can be reviewed, where to complain; never what is denied (164.524(d)(2)). */
function denialNotice(denied: Denials): string {
  const never = [...(denied.notes ? [NOTES] : []), ...(denied.legal ? [LEGAL] : [])];
  const parts = [
    ...(never.length > 0 ? [`Not open to access: ${never.join(' and ')} (45 CFR 164.524(a)(1)); that denial has no review.`] : []),
    ...(denied.withheld ? [`Withheld on a licensed professional's written finding (45 CFR 164.524(a)(2)-(3)): ${REVIEW}`] : []),
  ];
  return parts.length > 0 ? ` ${parts.join(' ')} ${COMPLAIN}` : '';
}
/** To a representative: the two denials that they may be told, whether or not there is anything of the kind. */
const NOTICE_TO_REPRESENTATIVE = ` Not open to access, where there are any: ${NOTES} and ${LEGAL} (45 CFR 164.524(a)(1)); that denial has no review. ${COMPLAIN}`;

/**
 * Notice, "Inspection and Copies" (164.524): asks for access; what is denied is told with its reason. Reading, and an electronic copy, are free and
 * need not wait; `copies` on paper or media come with an estimate of their cost. @throws NOT_FOUND
 */
export function requestAccess(office: Office, caller: Caller, args: { memberId: string; authenticity: AuthenticityInput; copies?: boolean | null }): Promise<PrivacyRequest> {
  const { memberId } = args;
  return write(office, caller, { mutation: 'requestAccess', memberId, clause: 'access' }, async ({ manager, standing }) => {
    const judged = await judgeAuthenticity(manager, caller, standing, args.authenticity);
    const byRepresentative = standing.relationship === 'REPRESENTATION' || (standing.relationship === 'ANY' && Boolean(args.authenticity.requestedByRepresentative));
    const told = !judged.authentic ? '' : byRepresentative ? NOTICE_TO_REPRESENTATIVE : denialNotice(await denialsOf(manager, memberId));
    const row = await fileRow(manager, caller, judged, {
      kind: 'ACCESS', memberId, status: 'RECEIVED', dueAt: dueAt(office, 'ACCESS', caller.at, standing.member.home_state), fee: args.copies === true ? copyFee() : null,
      summary: `${args.copies === true ? 'Access to the record, with copies on paper or media.' : 'Access to the record.'}${told}`,
    });
    return { result: privacyRequestOf(row), rejected: !judged.authentic };
  });
}

/**
 * Keeps one record from the access of its member, and of those who represent them, on a licensed professional's written finding
 * (164.524(a)(2)-(3)). On record with the rights to a review and to complain; flagged where the professional is not known here.
 * @throws NOT_FOUND, BAD_USER_INPUT, CONFLICT when it is withheld already
 */
export function withholdFromAccess(office: Office, caller: Caller, args: { recordId: string; finding: string; professionalId: string }): Promise<PrivacyRequest> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await findRecords(manager, args.recordId))[0]?.member_id ?? null;
  return write(office, caller, { mutation: 'withholdFromAccess', memberId, argument: 'recordId', clause: 'access' }, async ({ manager, standing }) => {
    const finding = requireText(args.finding, 'finding');
    const professional = requireText(args.professionalId, 'professionalId', LONGEST.id);
    const [record] = await findRecords(manager, args.recordId);
    if (!record || record.member_id !== standing.member.id) throw notFound('recordId');
    const key = { member_id: record.member_id, id: record.id };
    const table = tableNamed(RECORD_TYPES[record.type].table);
    const [row] = await selectRows(manager, table, key, { lock: true });
    if (row?.['withheld'] === 1) throw conflict('The record is withheld already');
    await updateRows(manager, table, key, { withheld: 1 });
    const known = (await selectRows(manager, practitioner, { id: professional })).length > 0;
    const request = await fileRow(manager, caller, { authentic: true, channel: 'SUPPORT', requestedBy: caller.subject }, {
      kind: 'ACCESS', memberId: record.member_id, status: 'DENIED', dueAt: null, subjectId: record.id, detail: { finding, professional, recordType: record.type },
      summary: `One record is withheld on a licensed professional's written finding (45 CFR 164.524(a)(2)-(3)). ${REVIEW} ${COMPLAIN}`,
    });
    return { result: privacyRequestOf(request), flagged: !known };
  });
}
