import type { EntityManager } from 'typeorm';
import { writeAuthorization } from '../privacy-office/authorizations';
import { writeOptOut } from '../privacy-office/exchange';
import { writeRestriction } from '../privacy-office/restrictions';
import { spreadRestrictions } from '../privacy-office/spread';
import { furtherRows } from './consent';
import type { Mapping } from './mapping';
import { stampStanding } from './write/stamp-standing';
import { marks, slices } from './write/upsert';

/** The members whose opt-out of exchanges is in force. */
export async function optedOut(manager: EntityManager, memberIds: readonly string[], now: string): Promise<Set<string>> {
  const out = new Set<string>();
  for (const slice of slices([...new Set(memberIds)])) {
    const rows = await manager.query(`SELECT member_id FROM hie_opt_out WHERE member_id IN (${marks(slice)}) AND since <= ? AND (ended_at IS NULL OR ended_at > ?)`, [...slice, now, now]) as { member_id: string }[];
    for (const each of rows) out.add(each.member_id);
  }
  return out;
}

/** Resources by which members come into reach, or out of it; visits and claims that do so too are records, with a time of their own. */
const STANDING: ReadonlySet<string> = new Set(['Consent', 'Coverage', 'CareTeam']);

/** Writes what consents became, and spreads restrictions anew where a record that they bind may have come or changed. */
export async function writePrivacy(manager: EntityManager, mappings: readonly Mapping[], known: ReadonlySet<string>): Promise<void> {
  for (const { type, id, memberId, privacy } of mappings) {
    if (type !== 'Consent' || !memberId) continue;
    if (known.has(memberId)) await forgetConsent(manager, memberId, id);
    for (const each of privacy?.authorizations ?? []) await writeAuthorization(manager, each);
    for (const each of privacy?.restrictions ?? []) await writeRestriction(manager, each);
    if (privacy?.optOut) await writeOptOut(manager, privacy.optOut);
  }
  await stampStanding(manager, mappings.flatMap((each) => (STANDING.has(each.type) && each.memberId ? [each.memberId] : [])));
  const members = [...new Set(mappings.flatMap((each) => each.memberId ?? []))].filter((each) => known.has(each));
  for (const slice of slices(members)) {
    const rows = await manager.query(`SELECT DISTINCT member_id FROM restriction WHERE member_id IN (${marks(slice)}) AND kind = 'PAID_IN_FULL' AND record_id IS NOT NULL AND ended_at IS NULL`, slice) as { member_id: string }[];
    for (const each of rows) await spreadRestrictions(manager, each.member_id);
  }
}

/** What an earlier import of the same Consent had opened is closed first; a revocation or a decision of the office is not undone. */
async function forgetConsent(manager: EntityManager, memberId: string, id: string): Promise<void> {
  const own = [memberId, id, `${furtherRows(id).replace(/[!%_]/g, '!$&')}%`];
  await manager.query("DELETE FROM authorization_scope WHERE member_id = ? AND (authorization_id = ? OR authorization_id LIKE ? ESCAPE '!')", own);
  await manager.query("DELETE FROM authorization WHERE member_id = ? AND (id = ? OR id LIKE ? ESCAPE '!') AND source = 'IMPORT' AND revoked_at IS NULL", own);
  await manager.query("DELETE FROM restriction WHERE member_id = ? AND (id = ? OR id LIKE ? ESCAPE '!') AND source = 'IMPORT' AND decided_by IS NULL", own);
  await spreadRestrictions(manager, memberId);
}
