import { minimumCell } from '../../permissions/minimum-necessary';
import { columnOf, stateNeed, tableNeed } from '../../permissions/special-categories';
import type { Jurisdiction } from '../../permissions/jurisdictions/jurisdiction';
import { authorizationsRead } from '../compile/reliance-read';
import type { Access } from '../plan/access';
import { classBit } from '../../vocabulary/sensitivity';
import { rowsFor, type Reading } from './reading';

/** An authorization that opened something which was released. */
export interface ReliedOn { readonly memberId: string; readonly authorizationId: string }

const NOTES = classBit('PSYTHPN');
/** The classes that need an authorization of this caller somewhere, by the table or by a state: not those that a grant opens by itself. */
function needed({ profile }: Access, jurisdictions: readonly Jurisdiction[]): number {
  const column = columnOf(profile.role, profile.purpose);
  const opened = (profile.grant?.classes ?? 0) | (profile.grant?.authorsNotes ? NOTES : 0);
  return column === null ? 0 : jurisdictions.reduce((mask, each) => mask | stateNeed(column, each, false), tableNeed(column)) & ~opened;
}

/**
 * Which authorizations a release relied on: where the purpose is open by authorization alone, those of every member released; else (in a
 * cell, or under a grant) those that cover a class which was released and needs one, and those of a sale. Asked of the database only where that can be.
 */
export async function readReliance(reading: Reading, jurisdictions: readonly Jurisdiction[]): Promise<ReliedOn[]> {
  const { access, touched } = reading;
  const { grant } = access.profile;
  const hasCell = grant !== null || minimumCell(access.profile.role, access.profile.purpose) !== null;
  const need = needed(access, jurisdictions);
  const forPay = grant ? grant.remunerated : (access.profile.remuneratedCategories | access.profile.remuneratedPlanCategories) !== 0;
  const members = hasCell && !forPay ? [...touched.labelsOf].filter(([, labels]) => labels & need).map(([id]) => id) : [...touched.members];
  if (members.length === 0) return [];
  // Not kept with the plan's statements: who the caller is stands in it.
  const rows = await rowsFor({ ...reading, statements: new Map() }, 'reliance', members, (size) => authorizationsRead(access, size), null);
  const relied = rows.filter(([memberId, , classes, sale]) => !hasCell || (forPay && sale === 1) || (Number(classes) & need & (touched.labelsOf.get(String(memberId)) ?? 0)) !== 0);
  const found = new Map(relied.map(([memberId, authorizationId]) => [JSON.stringify([memberId, authorizationId]), { memberId: String(memberId), authorizationId: String(authorizationId) }]));
  return [...found.values()];
}
