import type { DataSource } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows } from '../entities/rows';
import type { Row, Table } from '../entities/table';
import { undisturbed } from '../entities/transaction';
import { member, representation } from '../entities/tables/member';
import { amendment, authorization, confidential_communication, hie_opt_out, privacy_request, restriction } from '../entities/tables/privacy';
import { authorizationOf, isSignedBy, type AuthorizationResult } from './authorizations';
import type { RequestChannel } from './authenticity';
import { requestSeenBy } from './complaints';
import { confidentialCommunicationOf, type ConfidentialCommunicationResult } from './confidential-communications';
import { representationResultOf, type RepresentationResult } from './representations';
import type { PrivacyRequest, RequestStatus } from './requests';
import { restrictionOf, type RestrictionResult } from './restrictions';
import { isInForce, type MemberFacts } from './standing';
import { requestWithoutPayments, seesPayments, withoutPayments } from './told-restriction';

/** As `Amendment` of the schema. */
export interface AmendmentResult {
  id: string; recordId: string; field: string; proposed: string; status: RequestStatus; reason: string | null; statementOfDisagreement: string | null;
  rebuttal: string | null; decidedAt: string | null; previous: string | null;
}
/** As `MemberPrivacy` of the schema. */
export interface MemberPrivacyResult {
  hieOptOut: { since: string; channel: RequestChannel } | null; authorizations: AuthorizationResult[]; restrictions: RestrictionResult[];
  confidentialCommunications: ConfidentialCommunicationResult[]; amendments: AmendmentResult[]; representatives: RepresentationResult[]; requests: PrivacyRequest[];
}

/** `previous` is a value of the record: only the record itself tells it, to those who see the field. */
export const amendmentOf = (row: Row<typeof amendment>): AmendmentResult => ({
  id: row.id, recordId: row.record_id, field: row.field, proposed: row.proposed, status: row.status as RequestStatus, reason: row.reason,
  statementOfDisagreement: row.statement, rebuttal: row.rebuttal, decidedAt: row.decided_at, previous: null,
});

interface Stored {
  optOuts: Row<typeof hie_opt_out>[]; authorizations: Row<typeof authorization>[]; restrictions: Row<typeof restriction>[];
  communications: Row<typeof confidential_communication>[]; amendments: Row<typeof amendment>[]; representations: Row<typeof representation>[]; requests: Row<typeof privacy_request>[];
}

/**
 * What the members asked for, signed and restricted, by member id, in eight statements at most however many members. The caller must see
 * PRIVACY of each (that is decided before). A representative gets their own representation, and what they asked for or signed.
 */
export async function readMemberPrivacy(source: DataSource, memberIds: readonly string[], caller: Caller): Promise<Map<string, MemberPrivacyResult>> {
  const { manager } = source;
  const read = <T extends Table>(from: T, ...orderBy: (keyof T['columns'] & string)[]): Promise<(Row<T> & { member_id: string | null })[]> =>
    selectRows(manager, from, { member_id: memberIds } as Parameters<typeof selectRows<T>>[2], { orderBy }) as Promise<(Row<T> & { member_id: string | null })[]>;
  const [optOuts, authorizations, restrictions, communications, amendments, representations, requests] = await undisturbed(source, () => Promise.all([
    read(hie_opt_out, 'since'), read(authorization, 'recorded_at', 'id'), read(restriction, 'requested_at', 'id'), read(confidential_communication, 'since', 'id'),
    read(amendment, 'requested_at', 'id'), read(representation, 'start_at', 'id'), read(privacy_request, 'received_at', 'id'),
  ]));
  const all = { optOuts, authorizations, restrictions, communications, amendments, representations, requests };
  if (caller.role !== 'PERSONAL_REPRESENTATIVE') return new Map(memberIds.map((id) => [id, shape(ofMember(all, id), caller)]));
  const facts = await undisturbed(source, () => selectRows(manager, member, { id: memberIds as string[] }));
  return new Map(memberIds.map((id) => [id, shape(ofRepresentative(ofMember(all, id), caller, facts.find((each) => each.id === id) ?? null), caller)]));
}

const ofMember = (all: Stored, id: string): Stored =>
  Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, (rows as { member_id: string | null }[]).filter((row) => row.member_id === id)])) as unknown as Stored;

/** Policy section 3: of PRIVACY a representative sees their own representation, without exclusions, and what they asked for or signed. */
function ofRepresentative(stored: Stored, { subject, at }: Caller, who: MemberFacts | null): Stored {
  const own = stored.representations.filter((row) => row.subject === subject);
  const asked = stored.restrictions.filter((row) => row.requested_by === subject);
  const isTold = who !== null && seesPayments(own.filter((row) => isInForce(row, who, at)));
  const requests = stored.requests.filter((row) => row.requested_by === subject);
  return {
    requests: isTold ? requests : requests.map((row) => requestWithoutPayments(row, asked)),
    optOuts: stored.optOuts.filter((row) => requests.some((each) => each.kind === 'HIE' && each.received_at === row.since)),
    authorizations: stored.authorizations.filter((row) => isSignedBy(row, subject)),
    restrictions: isTold ? asked : asked.map(withoutPayments),
    communications: stored.communications.filter((row) => requests.some((each) => each.subject_id === row.id)),
    // A statement that the member filed, or another who acts for them, is not theirs to read here.
    amendments: stored.amendments.filter((row) => row.requested_by === subject).map((row) => (row.statement_by === subject || row.statement_by === null ? row : { ...row, statement: row.summary, rebuttal: null })),
    representations: own.map((row) => ({ ...row, excluded_mask: null })),
  };
}

function shape(stored: Stored, caller: Caller): MemberPrivacyResult {
  const optOut = stored.optOuts.find((row) => row.since <= caller.at && (row.ended_at === null || caller.at < row.ended_at));
  const requests = stored.requests.map((row) => requestSeenBy(row, caller)).filter((each) => each !== null);
  return {
    hieOptOut: optOut ? { since: optOut.since, channel: optOut.channel as RequestChannel } : null,
    authorizations: stored.authorizations.map((row) => authorizationOf(row, caller.at)),
    restrictions: stored.restrictions.map(restrictionOf),
    confidentialCommunications: stored.communications.filter((row) => row.ended_at === null || caller.at < row.ended_at).map(confidentialCommunicationOf),
    amendments: stored.amendments.map(amendmentOf),
    representatives: stored.representations.map(representationResultOf),
    requests,
  };
}
