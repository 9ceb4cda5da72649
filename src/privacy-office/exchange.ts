import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import { hie_opt_out } from '../entities/tables/privacy';
import { judgeAuthenticity, type AuthenticityInput } from './authenticity';
import type { Office } from './office';
import { fileRequest } from './requests';
import { write } from './write';

type Args = { memberId: string; authenticity: AuthenticityInput };

/** Records an opt-out; one that is in force, or the same one again (a repeated import), changes nothing. */
export async function writeOptOut(manager: EntityManager, optOut: { memberId: string; since: string; channel: string }): Promise<void> {
  const known = await selectRows(manager, hie_opt_out, { member_id: optOut.memberId }, { lock: true });
  if (known.some((each) => each.since === optOut.since || each.ended_at === null)) return;
  await insertRows(manager, hie_opt_out, [{ member_id: optOut.memberId, since: optOut.since, ended_at: null, channel: optOut.channel }]);
}

/** Notice, "Health Information Exchange": from this instant the exchanges do not reach the member (policy section 6). */
export const optOutOfExchange = (office: Office, caller: Caller, args: Args): Promise<{ memberId: string }> =>
  change(office, caller, args, 'optOutOfExchange', 'Opt-out of health information exchange', (manager, channel) =>
    writeOptOut(manager, { memberId: args.memberId, since: caller.at, channel }));

/** Ends the opt-out in force; a member who has none stays as they are. */
export const optInToExchange = (office: Office, caller: Caller, args: Args): Promise<{ memberId: string }> =>
  change(office, caller, args, 'optInToExchange', 'Return to health information exchange', (manager) =>
    updateRows(manager, hie_opt_out, { member_id: args.memberId, ended_at: null }, { ended_at: caller.at }));

function change(
  office: Office, caller: Caller, { memberId, authenticity }: Args, mutation: 'optOutOfExchange' | 'optInToExchange', summary: string,
  apply: (manager: EntityManager, channel: string) => Promise<void>,
): Promise<{ memberId: string }> {
  return write<{ memberId: string }>(office, caller, { mutation, memberId, clause: 'health-information-exchange' }, async ({ manager, standing }) => {
    const judged = await judgeAuthenticity(manager, caller, standing, authenticity);
    const id = await fileRequest(manager, caller, judged, { kind: 'HIE', memberId, summary, status: 'COMPLETED', dueAt: caller.at });
    if (!judged.authentic) return { inauthentic: id };
    await apply(manager, judged.channel);
    return { result: { memberId } };
  });
}
