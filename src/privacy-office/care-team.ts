import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { organization, practitioner } from '../entities/tables/directory';
import { care_team } from '../entities/tables/member';
import { GatewayError } from '../vocabulary/errors';
import { dateOf, startOfDay } from '../vocabulary/instants';
import type { Office } from './office';
import { notFound } from './standing';
import { LONGEST, conflict, requirePeriod, requireText } from './validate';
import { write, type Call } from './write';

/** The origin of an imported assignment that was ended here: an import replaces it only by itself. */
export const ENDED = 'ENDED';
export interface AssignmentArgs { readonly memberId: string; readonly practitionerId: string; readonly role: string; readonly start?: string | null; readonly end?: string | null }
/** As `CareTeamMember` of the schema. */
export interface CareTeamMemberResult { id: string; practitionerId: string; name: string | null; role: string | null; start: string | null; end: string | null }

const resultOf = (row: Row<typeof care_team>): CareTeamMemberResult => ({
  id: row.id, practitionerId: row.practitioner_id, name: row.name, role: row.role, start: row.start_at && dateOf(row.start_at), end: row.end_at && dateOf(row.end_at),
});

/**
 * Gives a practitioner the treatment relationship, from now or the start of a day until the start of another. Nobody assigns
 * themselves; one who is not known to be the company's own is flagged for review (policy section 4).
 */
export function assignCareTeam(office: Office, caller: Caller, args: AssignmentArgs): Promise<CareTeamMemberResult> {
  const { memberId } = args;
  return write(office, caller, { mutation: 'assignCareTeam', memberId, clause: 'treatment' }, async ({ manager }) => {
    const practitionerId = requireText(args.practitionerId, 'practitionerId', LONGEST.id);
    if (caller.practitioner === practitionerId) throw new GatewayError('FORBIDDEN', 'assignCareTeam: nobody assigns themselves to a care team.');
    const start = args.start ? startOfDay(args.start) : caller.at;
    const end = args.end ? startOfDay(args.end) : null;
    requirePeriod(start, end, 'end');
    const [known] = await selectRows(manager, practitioner, { id: practitionerId });
    const flagged = !await isOurs(manager, caller, known?.organization_id ?? null);
    const row = {
      member_id: memberId, id: randomUUID(), practitioner_id: practitionerId, name: known?.name ?? null, role: requireText(args.role, 'role', LONGEST.line),
      start_at: start, end_at: end, origin: 'ASSIGNED', flagged: flagged ? 1 : 0,
    };
    await insertRows(manager, care_team, [row]);
    return { result: resultOf(row), flagged };
  });
}

async function isOurs(manager: EntityManager, caller: Caller, organizationId: string | null): Promise<boolean> {
  if (organizationId === null) return false;
  if (organizationId === caller.organization) return true;
  const [known] = await selectRows(manager, organization, { id: organizationId });
  return known?.kind === 'COVERED_ENTITY';
}

/** The relationship ends with the call. @throws CONFLICT when it was over before */
export function endCareTeamAssignment(office: Office, caller: Caller, { id }: { id: string }): Promise<CareTeamMemberResult> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await selectRows(manager, care_team, { id }))[0]?.member_id ?? null;
  const call: Call = { mutation: 'endCareTeamAssignment', memberId, clause: 'treatment' };
  return write(office, caller, call, async ({ manager, standing }) => {
    const key = { member_id: standing.member.id, id };
    const [row] = await selectRows(manager, care_team, key, { lock: true });
    if (!row) throw notFound('id');
    if (row.end_at !== null && row.end_at <= caller.at) throw conflict('The assignment is over already');
    // Marked, so that the next import of the team that it came from does not open it again.
    await updateRows(manager, care_team, key, { end_at: caller.at, ...(row.origin === 'IMPORT' ? { origin: ENDED } : {}) });
    return { result: resultOf({ ...row, end_at: caller.at }) };
  });
}
