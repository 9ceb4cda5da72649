import type { EntityManager } from 'typeorm';
import { CASE_BY_CASE } from '../permissions/clauses';
import { isAccounted, isKeptFromRepresentatives, type Elements } from '../permissions/grant-terms';
import { ALL_CATEGORIES } from '../vocabulary/categories';
import { startOfDay, yearsBefore } from '../vocabulary/instants';
import { recipientKey, type Recipient } from '../vocabulary/recipients';
import { classBit } from '../vocabulary/sensitivity';
import { categoriesReleased, describe, type Directory } from './describe-disclosure';
import type { Disclosure, Release } from './release';

/** As `Accounting` of the schema, the fee aside. */
export interface AccountingResult { readonly memberId: string; readonly from: string; readonly to: string; readonly disclosures: readonly Disclosure[] }

/** To whom it is told. `sees`: what a representative's scope lets them see of a release (its labels and categories, as bits). */
export type AccountingView = { readonly kind: 'OFFICE' } | { readonly kind: 'MEMBER' } | { readonly kind: 'REPRESENTATIVE'; readonly sees: (release: Release) => boolean };

export const ACCOUNTED_YEARS = 6;
/** From this number of members on, research under a waiver is told by its protocol (164.528(b)(4)). */
const BY_PROTOCOL = 50;
const PART2 = classBit('PART2');

const RELEASES = `SELECT e.at, e.subject, e.role, e.organization, e.coordinates, e.labels, e.purpose, e.grant_id AS under, e.clause AS trail_clause, g.id AS grant_id, g.clause, g.recipient, g.elements, g.category_mask, g.suspended_until,
  (SELECT COUNT(*) FROM grant_member m WHERE m.grant_id = g.id) AS members
FROM audit_member a JOIN audit_event e ON e.id = a.event_id LEFT JOIN disclosure_grant g ON g.id = e.grant_id
WHERE a.member_id = ? AND e.at >= ? AND e.at < ? AND e.kind IN ('READ', 'EXPORT', 'BREAK_GLASS') AND e.outcome IN ('PERMIT', 'ERROR')
  AND (g.id IS NOT NULL OR (e.grant_id IS NOT NULL AND e.clause IS NOT NULL) OR (e.purpose IN ('ETREAT', 'BTG') AND (e.labels & ${PART2}) <> 0))
ORDER BY e.at, e.id`;
/** Protocols that the member may have been in: a read under one tells of every member in it, read or not. */
const PROTOCOLS = `SELECT MIN(e.at) AS at, MAX(e.at) AS last, g.id AS grant_id, g.clause, g.recipient, g.elements, g.category_mask, g.suspended_until,
  (SELECT COUNT(*) FROM grant_member c WHERE c.grant_id = g.id) AS members
FROM grant_member m JOIN disclosure_grant g ON g.id = m.grant_id
JOIN audit_event e ON e.grant_id = g.id AND e.at >= g.decided_at AND e.at < g.expires_at AND e.at >= ? AND e.at < ? AND e.kind IN ('READ', 'EXPORT') AND e.outcome IN ('PERMIT', 'ERROR') AND e.members <> '[]'
WHERE m.member_id = ? AND g.clause = 'research' AND (SELECT COUNT(*) FROM grant_member c WHERE c.grant_id = g.id) >= ${BY_PROTOCOL}
GROUP BY g.id, g.clause, g.recipient, g.elements, g.category_mask, g.suspended_until ORDER BY at, grant_id`;

interface GrantColumns { grant_id: string | null; clause: string; recipient: string; elements: string; category_mask: number; suspended_until: string | null; members: number | string }
interface ReleaseRow extends GrantColumns { at: string; subject: string; role: string; organization: string | null; coordinates: string; labels: number; purpose: string; under: string | null; trail_clause: string | null }
interface ProtocolRow extends GrantColumns { at: string; last: string }

function grantOf(row: GrantColumns): Release['grant'] {
  const clause = row.grant_id === null ? undefined : CASE_BY_CASE.find((each) => each.id === row.clause);
  if (!clause || row.grant_id === null) return null;
  return {
    id: row.grant_id, clause, recipient: JSON.parse(row.recipient) as Recipient, elements: JSON.parse(row.elements) as Elements, categories: row.category_mask, members: Number(row.members),
    suspendedUntil: row.suspended_until,
  };
}
/** The trail tells of a release though the grant is no longer in its table: nobody takes it out there. By its clause, to whom the trail names. */
function lostGrantOf({ under, trail_clause: id, role, organization, subject }: ReleaseRow): Release['grant'] {
  const clause = under === null ? undefined : CASE_BY_CASE.find((each) => each.id === id);
  if (!clause || under === null) return null;
  // Who read on somebody's behalf is not the one who got it.
  const elements: Elements = role === 'DISCLOSURE_RECIPIENT' ? {} : { 'recipient-name': 'Not on record any more' };
  return { id: under, clause, recipient: organization === null ? { subject } : { organizationId: organization }, elements, categories: ALL_CATEGORIES, members: 0, suspendedUntil: null, lost: true };
}
const releaseOf = (row: ReleaseRow): Release => ({
  at: row.at, subject: row.subject, organization: row.organization, coordinates: JSON.parse(row.coordinates) as string[], labels: row.labels, purposeCode: row.purpose, grant: grantOf(row) ?? lostGrantOf(row),
});
const isByProtocol = ({ grant }: Release): boolean => grant !== null && grant.clause.id === 'research' && grant.elements['basis'] === 'waiver' && grant.members >= BY_PROTOCOL;

/** Of a grant that is lost nothing is known but the clause: what may be kept from representatives is. */
const isKept = ({ clause, elements, lost }: NonNullable<Release['grant']>): boolean =>
  (lost === true ? (clause.grant?.keptFromRepresentatives.length ?? 0) > 0 : isKeptFromRepresentatives(clause.grant, elements));

/** Whether this reader is told of a release: by clause, never by purpose code (164.528(a)). */
function isTold(release: Release, view: AccountingView, now: string): boolean {
  const { grant } = release;
  if (grant && !isAccounted(grant.clause, grant.elements)) return false;
  if (view.kind === 'OFFICE') return true;
  if (grant?.suspendedUntil && now < grant.suspendedUntil) return false;
  return view.kind === 'MEMBER' || (!(grant && isKept(grant)) && view.sees(release));
}

/** One line for what one recipient, as it is told, got under one clause for one reason: the first, how many, and the last (164.528(b)(3)). */
function folded(releases: readonly Release[], directory: Directory): Disclosure[] {
  const groups = new Map<string, Release[]>();
  for (const each of releases) {
    const to = each.grant ? recipientKey(each.grant.recipient) : `${each.subject} ${each.organization ?? ''}`;
    const { recipient, recipientAddress, purpose, clause } = describe(each, directory, null);
    const key = JSON.stringify([to, recipient, recipientAddress, clause, purpose, each.purposeCode]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as Release;
    // Each release by its own grant: what a later one opened was disclosed, though the first could not open it.
    const line = describe(first, directory, null, group.reduce((mask, each) => mask | categoriesReleased(each), 0));
    const repeated = group.length === 1 ? '' : ` Disclosed ${group.length} times, the last on ${(group.at(-1) as Release).at.slice(0, 10)}.`;
    return { at: first.at, ...line, description: line.description + repeated };
  });
}

async function directoryOf(manager: EntityManager): Promise<Directory> {
  const rows = await manager.query('SELECT id, name, address FROM organization') as { id: string; name: string | null; address: string | null }[];
  return new Map(rows.map((each) => [each.id, each]));
}

/**
 * The accounting of disclosures of a member, from the trail (164.528; policy section 8): six years back at most, a longer period is cut.
 * @param period half open; null: six years back, and now
 */
export async function readAccounting(manager: EntityManager, memberId: string, period: { from: string | null; to: string | null; now: string }, view: AccountingView): Promise<AccountingResult> {
  const earliest = startOfDay(yearsBefore(period.now, ACCOUNTED_YEARS));
  const from = period.from !== null && period.from > earliest ? period.from : earliest;
  const to = period.to ?? period.now;
  // Without an end it goes on to now, with what was recorded at this very instant.
  const before = period.to ?? new Date(Date.parse(period.now) + 1).toISOString();
  const rows = await manager.query(RELEASES, [memberId, from, before]) as ReleaseRow[];
  const protocols = await manager.query(PROTOCOLS, [from, before, memberId]) as ProtocolRow[];
  const directory = await directoryOf(manager);
  const releases = rows.map(releaseOf).filter((each) => !isByProtocol(each) && isTold(each, view, period.now));
  const byProtocol = protocols.map((row) => ({ row, release: releaseOf({ ...row, subject: '', role: '', organization: null, coordinates: '[]', labels: 0, purpose: 'HRESCH', under: row.grant_id, trail_clause: row.clause }) }))
    .filter(({ release }) => isByProtocol(release) && isTold(release, view, period.now))
    .map(({ row, release }): Disclosure => ({ at: row.at, ...describe(release, directory, { until: row.last }) }));
  const disclosures = [...folded(releases, directory), ...byProtocol].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { memberId, from, to, disclosures };
}
