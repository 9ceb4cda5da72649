import { randomUUID } from 'node:crypto';
import type { Caller } from '../identity/caller';
import { entryOf, refusalEntry } from '../resolvers/audit-entry';
import type { Gateway } from '../resolvers/gateway';
import { ERROR_STATUS, GatewayError } from '../vocabulary/errors';
import { canonicalPurpose } from '../vocabulary/purposes';
import { planOf, prepareExport, refuseNothing } from './chunk';
import { NOTHING_DONE, type ExportJob } from './job';
import type { ExportRequest } from './request';

const OPERATION = 'export';

/**
 * Decides whether this caller may export at all, and makes the job, which nothing has been released of yet. The call is on the trail, refused or not.
 * @throws PURPOSE_NOT_PERMITTED, FORBIDDEN, what a grant says
 */
export async function kickOff(gateway: Gateway, caller: Caller, request: ExportRequest, place: string): Promise<ExportJob> {
  try {
    // The glass is broken for one member at a time.
    if (canonicalPurpose(caller.purpose) === 'ETREAT') throw new GatewayError('PURPOSE_NOT_PERMITTED', 'X-Purpose-Of-Use: in an emergency one member is opened, and nothing is exported');
    const operation = await prepareExport(gateway, caller, request.types);
    planOf(operation);
    refuseNothing(operation, request);
    await gateway.ledger.record({ ...entryOf(operation, 'PERMIT'), kind: 'EXPORT', operation: OPERATION });
    return Object.freeze({
      id: randomUUID(), place, caller, request, status: 'WAITING', createdAt: caller.at, finishedAt: null, expiresAt: null, members: 0, progress: 0, worker: null, leasedUntil: null,
      checkpoint: NOTHING_DONE, manifest: null, failure: null,
    });
  } catch (error) {
    if (error instanceof GatewayError && ERROR_STATUS[error.code] < 500) await gateway.ledger.record({ ...refusalEntry(caller, gateway.notices.at(caller.at).version, OPERATION), kind: 'EXPORT' });
    throw error;
  }
}

/**
 * The files of an export are handed over when they are fetched: what entitled the caller to them (the grant, the agreement, the clause of the
 * Notice) must stand then too. The refusal is on the trail. @throws NOT_FOUND where the grant is over, FORBIDDEN where the caller may see less by now
 */
export async function refuseWhatEnded(gateway: Gateway, job: ExportJob, caller: Caller): Promise<void> {
  try {
    const operation = await prepareExport(gateway, caller, job.request.types);
    planOf(operation);
    const known = (job.manifest?.withheld ?? []).map((each) => each.coordinate);
    if (operation.verdicts.withheld.some((each) => !known.includes(each.coordinate))) throw new GatewayError('FORBIDDEN', 'The export holds what this caller may not see any more.');
  } catch (error) {
    if (error instanceof GatewayError && ERROR_STATUS[error.code] < 500) await gateway.ledger.record({ ...refusalEntry(caller, gateway.notices.at(caller.at).version, `download ${job.id}`), kind: 'EXPORT' });
    throw error;
  }
}
