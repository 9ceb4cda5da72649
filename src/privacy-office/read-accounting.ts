import type { DataSource, EntityManager } from 'typeorm';
import { readAccounting, type AccountingResult, type AccountingView } from '../audit/accounting';
import { categoriesReleased } from '../audit/describe-disclosure';
import { undisturbed } from '../entities/transaction';
import type { Caller } from '../identity/caller';
import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import { GatewayError } from '../vocabulary/errors';
import { monthsBefore } from '../vocabulary/instants';
import { purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import type { Relationship } from './authorize-call';
import { excludedClasses } from './representation-scope';
import type { Fee } from './requests';
import { standingTo, type Standing } from './standing';
import { badInput } from './validate';

/** Who may ask for an accounting (policy section 11), and as what. */
const ASKERS: readonly { readonly role: Role; readonly purposes: readonly Purpose[]; readonly relationship: Relationship }[] = [
  { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], relationship: 'ANY' },
  { role: 'MEMBER', purposes: ['PATRQT'], relationship: 'SELF' },
  { role: 'PERSONAL_REPRESENTATIVE', purposes: ['FAMRQT', 'PWATRNY'], relationship: 'REPRESENTATION' },
];
type Asker = Pick<Caller, 'role' | 'purpose' | 'grant'>;
const askerOf = (caller: Asker) => (caller.grant === null ? ASKERS.find((each) => each.role === caller.role && each.purposes.some((one) => purposeCovers(one, caller.purpose))) : undefined);
export const mayAskForAccounting = (caller: Asker): boolean => askerOf(caller) !== undefined;

/** What the caller is told; a representative, what some representation of theirs, by itself, lets them see of labels and categories. */
function viewOf({ relationship, representations, member }: Standing, at: string, jurisdictions: readonly Jurisdiction[], office: 'OFFICE' | 'MEMBER'): AccountingView {
  if (relationship === 'ANY') return { kind: office };
  if (relationship === 'SELF') return { kind: 'MEMBER' };
  const scopes = representations.map((each) => ({ excluded: excludedClasses(each, member, at, jurisdictions), categories: each.category_mask }));
  return { kind: 'REPRESENTATIVE', sees: (release) => scopes.some((each) => (release.labels & each.excluded) === 0 && (categoriesReleased(release) & ~each.categories) === 0) };
}

/** The fee told for the request that this accounting answers: the latest within twelve months; what others asked for is not a representative's. */
async function feeOf(manager: EntityManager, memberId: string, caller: Caller): Promise<Fee | null> {
  const own = caller.role === 'PERSONAL_REPRESENTATIVE' ? ' AND requested_by = ?' : '';
  const [row] = await manager.query(`SELECT fee FROM privacy_request WHERE member_id = ? AND kind = 'ACCOUNTING' AND status NOT IN ('REJECTED_INAUTHENTIC', 'WITHDRAWN') AND received_at > ?${own} ORDER BY received_at DESC, id DESC LIMIT 1`,
    [memberId, monthsBefore(caller.at, 12), ...(own ? [caller.subject] : [])]) as { fee: string | null }[];
  return row?.fee ? JSON.parse(row.fee) as Fee : null;
}

/**
 * The accounting of disclosures as this caller is told it: the privacy office in full; the member without what an agency had suspended; a
 * representative also without what is kept from them (policy section 8).
 * @param office MEMBER: the privacy office asks for what it hands over, without what an agency had suspended
 * @throws FORBIDDEN, NOT_FOUND for a member who does not exist or is another's, BAD_USER_INPUT
 */
export async function accountingOfDisclosures(
  source: DataSource, caller: Caller, args: { memberId: string; from?: string | null; to?: string | null }, jurisdictions: readonly Jurisdiction[], office: 'OFFICE' | 'MEMBER' = 'OFFICE',
): Promise<AccountingResult & { readonly fee: Fee | null }> {
  const asker = askerOf(caller);
  if (!asker) throw new GatewayError('FORBIDDEN', 'accountingOfDisclosures: not for this role and purpose');
  const { memberId, from = null, to = null } = args;
  if (from !== null && to !== null && to <= from) throw badInput('to', 'must be after from');
  return undisturbed(source, async () => {
    const { manager } = source;
    const standing = await standingTo(manager, caller, asker.relationship, memberId, 'memberId');
    const accounting = await readAccounting(manager, memberId, { from, to, now: caller.at }, viewOf(standing, caller.at, jurisdictions, office));
    return { ...accounting, fee: await feeOf(manager, memberId, caller) };
  });
}
