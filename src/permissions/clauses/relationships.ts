import { purposeCovers, PURPOSES, type Purpose } from '../../vocabulary/purposes';
import { and, before, bound, during, eq, exists, isIn, known, member, missing, not, notAfter, now, ofMember, or, overlaps, record, row, union, values, type Predicate } from '../core/predicate';

/** The relationships that clauses share: each a fact in a table, with its period. */

/** The caller is on the member's care team now. */
export const onCareTeam: Predicate = exists('care_team', and(ofMember, eq(row('practitioner_id'), bound('practitioner')), during(row('start_at'), row('end_at'))));

/** The caller broke the glass for this member within the hour (164.312(a)(2)(ii)). */
export const opened: Predicate = exists('break_glass_opening',
  and(eq(row('subject'), bound('subject')), ofMember, during(row('opened_at'), row('expires_at'))));

/** A claim, an encounter or (where told) a coverage of the member names the caller's organization. */
export const named = (...via: ('CLAIM' | 'ENCOUNTER' | 'COVERAGE')[]): Predicate =>
  exists('member_organization', and(eq(row('organization_id'), bound('organization')), ofMember, isIn(row('via'), ...values(...via))));

/** A coverage of the caller's plan is in force now. */
export const coveredNow: Predicate = exists('coverage', and(eq(row('plan_id'), bound('organization')), ofMember, during(row('start_at'), row('end_at'))));
/** A coverage of the caller's plan is in force now or ended within 24 months. */
export const coveredLately: Predicate = exists('coverage',
  and(eq(row('plan_id'), bound('organization')), ofMember, notAfter(row('start_at'), now), or(missing(row('end_at')), before(bound('coverageEndedAfter'), row('end_at')))));
/** The record is dated inside a coverage period of the caller's plan; one without a date is outside every period. */
export const datedInCoverage: Predicate = exists('coverage',
  and(eq(row('plan_id'), bound('organization')), ofMember, not(missing(record('record_date'))), during(row('start_at'), row('end_at'), record('record_date'))));

/** The member is alive now, as far as the records say. */
export const living: Predicate = or(missing(member('deceased_at')), before(now, member('deceased_at')));

/** Perhaps not yet eighteen, as far as the birth date is known: born in a year or a month is born on its last day. */
export const isMinor: Predicate = or(before(bound('bornAfterForMinor'), member('birth_date')), before(bound('bornAfterForMinor'), member('birth_date_end')));
/** Known to be of age; an unknown birth date is a missing fact and does not say so. */
export const ofAge: Predicate = and(not(isMinor), not(missing(member('birth_date'))));

/** What the cell reveals: the labels of its record and the classes that the field itself bears. */
export const revealed = union(record('labels'), known('sensitivityMask'));

/** An authorization row that is in force, names this caller and this purpose (or what the purpose inherits from). */
export const authorizes = and(ofMember, isIn(row('recipient'), bound('callerKeys')), isIn(row('purpose'), bound('purposes')), during(row('start_at'), row('end_at')));
/** … and holds for the category of the cell. */
export const authorizesCategory = and(authorizes, overlaps(row('category_mask'), known('categoryBit')));

/** All codes that a permission for these covers, by name or by inheritance. */
export const familyOf = (...roots: Purpose[]): Purpose[] => PURPOSES.filter((each) => roots.some((root) => purposeCovers(root, each)));
