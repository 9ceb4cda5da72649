import { undisturbed } from '../entities/transaction';
import { findRecords } from '../privacy-office/find-record';
import { notFound } from '../privacy-office/standing';
import { recordIsVisible } from '../query/run/record-visibility';
import type { RecordType } from '../vocabulary/records';
import type { Operation } from './operation';

/** A record that an argument names; `type` null: of any type. */
interface Named { readonly argument: string; readonly id: string; readonly type: RecordType | null }
type Arguments = Readonly<Record<string, unknown>>;

const one = (argument: string, id: unknown, type: RecordType | null): Named[] => (typeof id === 'string' ? [{ argument, id, type }] : []);
const input = (args: Arguments): Arguments => (args['input'] ?? {}) as Arguments;

/** The records that the arguments of each mutation name. What the privacy office names it need not see: it has no clinical category. */
const NAMED: Readonly<Record<string, (args: Arguments) => Named[]>> = {
  requestAmendment: (args) => one('recordId', args['recordId'], null),
  requestRestriction: (args) => [...one('input.encounterId', input(args)['encounterId'], 'Encounter'), ...one('input.recordId', input(args)['recordId'], null)],
  recordMedicationReview: (args) => [
    ...((args['medicationIds'] ?? []) as readonly string[]).flatMap((id) => one('medicationIds', id, 'Medication')), ...one('encounterId', args['encounterId'], 'Encounter'),
  ],
  requestGrant: (args) => ((input(args)['recordIds'] ?? []) as readonly string[]).flatMap((id) => one('input.recordIds', id, null)),
  openCareGap: (args) => one('encounterId', args['encounterId'], 'Encounter'),
  closeCareGap: (args) => one('id', args['id'], 'CareGap'),
};

/**
 * Answers an id of a record that the caller may not see as one that does not exist. Asked before the write, with the statement that decides what
 * the caller reads, whether there is such a record or not. @throws NOT_FOUND naming the argument
 */
export async function checkNamedRecords({ gateway, caller, reading }: Operation, mutation: string, args: Arguments): Promise<void> {
  if (caller.role === 'PRIVACY_OFFICER') return;
  for (const { argument, id, type } of NAMED[mutation]?.(args) ?? []) {
    const found = (await undisturbed(gateway.source, () => findRecords(gateway.source.manager, id)))
      .filter((each) => (type === null || each.type === type) && (args['memberId'] === undefined || each.member_id === args['memberId']));
    const seen = await Promise.all(found.map((each) => recordIsVisible(reading, each.type, each.member_id, each.id)));
    if (!seen.includes(true)) throw notFound(argument);
  }
}
