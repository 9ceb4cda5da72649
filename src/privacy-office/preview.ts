import type { AuthorizationRow, RestrictionRow } from '../entities/tables/privacy';
import type { Caller } from '../identity/caller';
import { selectRows } from '../entities/rows';
import { organization } from '../entities/tables/directory';
import type { Clause } from '../permissions/core/clause';
import { openCategories, type Profile } from '../permissions/core/decide';
import { JURISDICTIONS } from '../permissions/jurisdictions';
import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import { minimumCell } from '../permissions/minimum-necessary';
import { columnOf, stateNeed, tableNeed } from '../permissions/special-categories';
import { CATEGORIES, categoriesOf, type Category } from '../vocabulary/categories';
import { categoryOfField, fieldBit, fieldsOf } from '../vocabulary/fields';
import type { Purpose } from '../vocabulary/purposes';
import { type Recipient } from '../vocabulary/recipients';
import { isRecordType } from '../vocabulary/records';
import { KINDS_OF_ROLE, ROLES, type OrganizationKind, type Role } from '../vocabulary/roles';
import { coverMask, type SensitivityClass } from '../vocabulary/sensitivity';
import type { AuthorizationInput } from './authorization-input';
import { authorizeCall } from './authorize-call';
import { authorizationDraft } from './authorizations';
import type { Office } from './office';
import { checkReach, checkWhatItHides } from './restriction-reach';
import { restrictionDraft, type RestrictionInput } from './restrictions';
import { authorizedCategories, restrictionScopes } from './spread';
import { standingTo } from './standing';
import { inTransaction } from './transaction';

/** As `PreviewLine` of the schema: what changes for a recipient, in whichever of the roles. `sensitivity` null: what bears no class that is named. */
export interface PreviewLine {
  change: 'GAINS' | 'LOSES'; recipient: Recipient | null; roles: Role[]; purpose: Purpose; category: Category; sensitivity: SensitivityClass | null;
}
interface Materials { readonly clauses: readonly Clause[]; readonly jurisdictions?: readonly Jurisdiction[] }
type PreviewOffice = Pick<Office, 'source'> & Materials;

/** Whom a recipient can be: roles that nothing recorded for the member changes are not among them. */
const RECIPIENT_ROLES: readonly Role[] = ROLES.filter((each) => !['MEMBER', 'PRIVACY_OFFICER', 'AUDITOR'].includes(each));
const RECORDS: readonly Category[] = ['CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'];

function rolesOf(recipient: Recipient | null, kinds: ReadonlyMap<string, OrganizationKind>): readonly Role[] {
  if (recipient?.role) return RECIPIENT_ROLES.filter((each) => each === recipient.role);
  const kind = recipient?.organizationId ? kinds.get(recipient.organizationId) : undefined;
  return kind === undefined ? RECIPIENT_ROLES : RECIPIENT_ROLES.filter((each) => KINDS_OF_ROLE[each]?.includes(kind) ?? true);
}

/** Lines that differ in the role alone are one line. */
function folded(lines: readonly PreviewLine[]): PreviewLine[] {
  const found = new Map<string, PreviewLine>();
  for (const each of lines) {
    const key = JSON.stringify([each.change, each.recipient, each.purpose, each.category, each.sensitivity]);
    const known = found.get(key);
    if (known) known.roles = [...new Set([...known.roles, ...each.roles])];
    else found.set(key, { ...each, roles: [...each.roles] });
  }
  return [...found.values()];
}

function draft<T>(office: PreviewOffice, caller: Caller, memberId: string, mutation: 'recordAuthorization' | 'requestRestriction', make: (manager: Parameters<typeof standingTo>[0]) => Promise<T>) {
  const relationship = authorizeCall(caller, mutation);
  return inTransaction(office.source, async (manager) => {
    const { member } = await standingTo(manager, caller, relationship, memberId, 'memberId');
    const made = await make(manager);
    const kinds = new Map((await selectRows(manager, organization, {})).map((each) => [each.id, each.kind as OrganizationKind]));
    return { made, state: member.home_state, kinds };
  });
}

/** The classes of these that need an authorization of this role, for this purpose, in this state. */
function neededClasses(classes: readonly SensitivityClass[], role: Role, purpose: Purpose, state: string | null, jurisdictions: readonly Jurisdiction[]): SensitivityClass[] {
  const column = columnOf(role, purpose);
  if (column === null) return [];
  const file = jurisdictions.find((each) => each.state === state);
  const need = file ? stateNeed(column, file, false) : tableNeed(column);
  return classes.filter((each) => (coverMask([each]) & need) !== 0);
}

/** What an authorization opens to one role: beside its cell the classes alone; where there is no cell, what is listed (policy sections 3 and 5). */
function gains(row: AuthorizationRow, role: Role, purpose: Purpose, state: string | null, { clauses, jurisdictions = JURISDICTIONS }: Materials): Pick<PreviewLine, 'category' | 'sensitivity'>[] {
  const cell = minimumCell(role, purpose);
  const listed = categoriesOf(authorizedCategories(row.categories === null ? null : JSON.parse(row.categories) as Category[], purpose));
  const classes = neededClasses(JSON.parse(row.classes) as SensitivityClass[], role, purpose, state, jurisdictions);
  const open = cell ? cell.categories : openCategories(clauses, { role, purpose } as Profile) === 'AUTHORIZED' ? CATEGORIES.filter((each) => !['PRIVACY', 'GOVERNMENT_ID', 'ADMINISTRATIVE'].includes(each)) : [];
  const reached = open.filter((each) => listed.includes(each));
  const special = reached.filter((each) => RECORDS.includes(each)).flatMap((category) => classes.map((sensitivity) => ({ category, sensitivity })));
  return cell ? special : [...reached.map((category) => ({ category, sensitivity: null })), ...special];
}

/** Who would gain what by an authorization, before it is recorded: nothing is written. @throws as recordAuthorization */
export async function previewAuthorization(office: PreviewOffice, caller: Caller, { memberId, input }: { memberId: string; input: AuthorizationInput }): Promise<PreviewLine[]> {
  const { made: row, state, kinds } = await draft(office, caller, memberId, 'recordAuthorization', async () => authorizationDraft('preview', caller, memberId, input));
  const recipients = JSON.parse(row.recipients) as Recipient[];
  return folded(recipients.flatMap((recipient) => (JSON.parse(row.purposes) as Purpose[]).flatMap((purpose) => rolesOf(recipient, kinds).flatMap((role) =>
    gains(row, role, purpose, state, office).map((each): PreviewLine => ({ change: 'GAINS', recipient, roles: [role], purpose, ...each }))))));
}

const EVERYDAY: readonly Purpose[] = ['TREAT', 'HPAYMT', 'HOPERAT'];

/** The categories of which a restriction would hide something, whatever the member's records are. */
function hiddenCategories(row: RestrictionRow): Category[] {
  const scopes = restrictionScopes({ ...row, status: 'ACCEPTED' }, []);
  const hidden = new Set(scopes.flatMap(({ type, field_mask }) => fieldsOf(type).filter((field) => fieldBit(type, field) & field_mask).flatMap((field) => {
    const category = categoryOfField(type, field);
    return category === null || (row.encounter_id !== null && !isRecordType(type)) ? [] : [category];
  })));
  return CATEGORIES.filter((each) => hidden.has(each));
}

/** Whom a restriction of what was paid in full keeps out: plans, and exchanges for payment and operations (policy section 6). */
const PAYERS: readonly (readonly [Role, Purpose])[] = [['HEALTH_PLAN', 'HPAYMT'], ['HEALTH_PLAN', 'HOPERAT'], ['HIE_PARTICIPANT', 'HPAYMT'], ['HIE_PARTICIPANT', 'HOPERAT']];

/** Who would lose what by a restriction, before it is asked for: nothing is written. @throws as requestRestriction */
export async function previewRestriction(office: PreviewOffice, caller: Caller, { memberId, input }: { memberId: string; input: RestrictionInput }): Promise<PreviewLine[]> {
  const { made: row, kinds } = await draft(office, caller, memberId, 'requestRestriction', async (manager) => {
    const asked = restrictionDraft(caller, memberId, input, caller.subject, 'IN_APP_MESSAGE');
    await checkReach(manager, asked);
    checkWhatItHides(asked);
    return asked;
  });
  const hidden = hiddenCategories(row);
  const classes = JSON.parse(row.classes) as SensitivityClass[];
  const lines = (recipient: Recipient | null, role: Role, purpose: Purpose): PreviewLine[] => {
    const open = openCategories(office.clauses, { role, purpose } as Profile);
    const lost = open === 'AUTHORIZED' ? [] : hidden.filter((each) => open.includes(each));
    return lost.flatMap((category) => (classes.length > 0 ? classes : [null]).map((sensitivity): PreviewLine => ({ change: 'LOSES', recipient, roles: [role], purpose, category, sensitivity })));
  };
  if (row.kind === 'PAID_IN_FULL') return folded(PAYERS.flatMap(([role, purpose]) => lines({ role }, role, purpose)));
  const named = JSON.parse(row.recipients) as Recipient[];
  const purposes = JSON.parse(row.purposes) as Purpose[];
  return folded((named.length > 0 ? named : [null]).flatMap((recipient) => (purposes.length > 0 ? purposes : EVERYDAY).flatMap((purpose) =>
    rolesOf(recipient, kinds).flatMap((role) => lines(recipient, role, purpose)))));
}
