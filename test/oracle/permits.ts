/** Design, law 1: a cell is visible when one permit covers its row and its field, and no prohibition covers both. */
import { REVEALS_GENDER_IDENTITY } from './fields';
import { cellOf } from './minimum-necessary';
import { overridesPrivacyState } from './grant-clauses';
import { hides } from './restrictions';
import { labelAllows } from './special-categories';
import { mayReadNote } from './notes';
import { opensCategory } from './authorizations';
import { discloses } from './grants';
import { planAgreementAllows } from './plan-governed';
import { planReachesRecord } from './reach';
import { represents } from './representation';
import type { Category } from './fields';
import type { Standing } from './standing';
import type { WorldRecord } from './world';

/** A cell that is not administrative, of the member (`record` null) or of one record. */
export interface Telling { readonly coordinate: string; readonly category: Category; readonly record: WorldRecord | null; readonly labels: readonly string[] }

const GENDER_IDENTITY = ['GENDER_IDENTITY'];
const NO_LABELS: readonly string[] = [];

export function telling(coordinate: string, category: Category, record: WorldRecord | null): Telling {
  const own = REVEALS_GENDER_IDENTITY.has(coordinate) ? GENDER_IDENTITY : NO_LABELS;
  return { coordinate, category, record, labels: record?.labels ?? own };
}

/** Section 5 as it binds inside and outside roles: every label of the cell, each by itself. */
function labelsAllow(at: Standing, cell: Telling): boolean {
  if (cell.labels.length === 0) return true;
  const { who, memberId, granted, careTeam } = at;
  const about = { who, memberId, granted, careTeam, category: cell.category, record: cell.record };
  return cell.labels.every((label) => labelAllows(about, label));
}

/** Section 3, the table, in the part that the role's relationship and records narrow. */
function byRole(at: Standing, cell: Telling): boolean {
  const { who } = at;
  const { category, record } = cell;
  if (!at.byRole || who.column === null || !cellOf(who.caller.role, who.column).includes(category)) return false;
  if (who.caller.role === 'BUSINESS_ASSOCIATE' && !at.agreements.some((one) => one.categories.includes(category))) return false;
  if (record !== null) {
    if (category === 'NOTE' && !mayReadNote(who, record)) return false;
    if (who.caller.role === 'HEALTH_PLAN' && !planReachesRecord(who, record)) return false;
    if (!planAgreementAllows(who, record, category)) return false;
  }
  return labelsAllow(at, cell);
}

/** Section 3, "By authorization"; a plan's records are the plan's to disclose (section 6). */
const byAuthorization = (at: Standing, cell: Telling): boolean =>
  at.byAuthorization && opensCategory(at.granted, at.who.purpose, cell.category)
  && (cell.record === null || cell.record.governedBy === 'NOTICE') && labelsAllow(at, cell);

/** Section 7; of a plan's records "outside only required-by-law" (section 6). */
const byGrant = (at: Standing, cell: Telling): boolean =>
  at.grant !== null && discloses(at.who.index, at.grant, cell.coordinate, cell.category, cell.record)
  && (cell.record === null || cell.record.governedBy === 'NOTICE' || overridesPrivacyState(at.grant)) && labelsAllow(at, cell);

/** What the member and the representative are denied of their own record: 164.524(a)(1), and what a professional withheld. */
const isDeniedAccess = (record: WorldRecord | null): boolean =>
  record !== null && (record.legal || record.withheld || record.labels.includes('PSYTHPN'));

function byOwnRight(at: Standing, cell: Telling): boolean {
  if (at.asMember) return true;
  return at.asRepresentative.some((one) => represents(one, at.who, at.granted, cell.category, cell.labels));
}

const byOffice = (at: Standing, cell: Telling): boolean =>
  at.asOffice && cell.record === null && (cell.category === 'IDENTITY' || cell.category === 'CONTACT' || cell.category === 'PRIVACY');

/** Section 6: interaction alerts are for three roles under TREAT or ETREAT, "null for all others". */
function tellsAlerts(at: Standing): boolean {
  const { role } = at.who.caller;
  return at.who.column === 'TREAT' && (role === 'PHARMACIST' || role === 'NURSE' || role === 'HEALTHCARE_PROFESSIONAL');
}

function isProhibited(at: Standing, cell: Telling): boolean {
  const { record, coordinate, category } = cell;
  if (record !== null) {
    // Section 5: "A record not labelled yet is shown to nobody but the member."
    if (!record.labelled && !at.asMember) return true;
    if (at.paid.has(record.id)) return true;
  }
  if (coordinate === 'Member.interactionAlerts' && !tellsAlerts(at)) return true;
  if (coordinate === 'Member.contact' && at.contact === 'NOTHING') return true;
  // Kept from member and representative alone, under whatever rule they ask.
  const { role } = at.who.caller;
  if ((role === 'MEMBER' || role === 'PERSONAL_REPRESENTATIVE') && isDeniedAccess(record)) return true;
  return at.restrictions.some((one) => hides(one, coordinate, category, record, cell.labels));
}

export const isVisible = (at: Standing, cell: Telling): boolean =>
  !isProhibited(at, cell) && (byOwnRight(at, cell) || byRole(at, cell) || byOffice(at, cell) || byAuthorization(at, cell) || byGrant(at, cell));
