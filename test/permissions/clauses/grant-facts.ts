/** Grants in the small world of facts.ts: what a request states, and what somebody who reads under it sees. */
import type { Caller } from '../../../src/identity/caller';
import { CASE_BY_CASE } from '../../../src/permissions/clauses';
import type { GrantRule } from '../../../src/permissions/core/grant';
import { ceilingOf, closedClasses, isAccounted, isKeptFromRepresentatives, missingElements, termsOf, type Elements } from '../../../src/permissions/grant-terms';
import { categoriesOf, categoryMask, type Category } from '../../../src/vocabulary/categories';
import type { ClauseId } from '../../../src/vocabulary/clauses';
import type { Purpose } from '../../../src/vocabulary/purposes';
import type { Recipient } from '../../../src/vocabulary/recipients';
import { CLASSES, type SensitivityClass } from '../../../src/vocabulary/sensitivity';
import { caller, type Fact } from './facts';

export function clauseWithGrants(id: ClauseId): { id: ClauseId; purposes: readonly Purpose[]; accounted: boolean; grant: GrantRule } {
  const found = CASE_BY_CASE.find((each) => each.id === id);
  if (!found?.grant) throw new Error(`no grants under ${id}`);
  return { ...found, grant: found.grant };
}

/** What is missing of what was stated. */
export const missing = (id: ClauseId, stated: Elements): string[] => missingElements(clauseWithGrants(id).grant, stated);
/** Identity and authority, which every clause but family-present demands. */
export const VERIFIED = { 'verified-identity': 'badge', 'verified-authority': 'letter' };
/** The classes that a request can name under these circumstances; the others are refused. */
export const opens = (id: ClauseId, stated: Elements = {}): SensitivityClass[] => {
  const { grant } = clauseWithGrants(id);
  return CLASSES.filter((each) => closedClasses(grant, stated, [each]).length === 0);
};
export const without = (...names: SensitivityClass[]): SensitivityClass[] => CLASSES.filter((each) => !names.includes(each));
/** The most that can be disclosed. */
export const most = (id: ClauseId, stated: Elements = {}): { categories: Category[]; coordinates: readonly string[] | null } => {
  const { categories, coordinates } = ceilingOf(clauseWithGrants(id).grant, stated);
  return { categories: categoriesOf(categories), coordinates };
};
/** "The grant's own categories": all that can be listed. */
export const ITS_OWN: Category[] = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'];
export const accounted = (id: ClauseId, stated: Elements = {}): boolean => isAccounted(clauseWithGrants(id), stated);
export const keptFromRepresentatives = (id: ClauseId, stated: Elements = {}): boolean => isKeptFromRepresentatives(clauseWithGrants(id).grant, stated);

interface Granted { stated?: Elements; categories?: readonly Category[]; classes?: readonly SensitivityClass[]; named?: readonly string[]; recipient?: Recipient; remunerated?: boolean; members?: readonly string[] }
/** Ann is in an approved grant under this clause. */
export function granted(id: ClauseId, given: Granted = {}): Fact {
  const { grant } = clauseWithGrants(id);
  const scope = { categories: categoryMask(given.categories ?? ITS_OWN), classes: given.classes ?? [], narrowed: given.named !== undefined, remunerated: given.remunerated ?? false };
  return {
    organization: { grant: { id: 'g', recipient: given.recipient ?? { subject: 'agent' }, ...termsOf(id, grant, given.stated ?? {}, scope) } },
    rows: { grant_member: (given.members ?? ['ann']).map((member_id) => ({ grant_id: 'g', member_id })), grant_scope_record: (given.named ?? []).map((record_id) => ({ grant_id: 'g', member_id: 'ann', record_id, named: 1 })) },
  };
}
/** The recipient of the grant, for a purpose of its clause. */
export const recipientOf = (id: ClauseId, given: Partial<Caller> = {}): Caller =>
  caller('DISCLOSURE_RECIPIENT', clauseWithGrants(id).purposes.includes('HLEGAL') ? 'HLEGAL' : clauseWithGrants(id).purposes[0] as Purpose, { subject: 'agent', grant: 'g', ...given });
