import { randomUUID } from 'node:crypto';
import type { Caller } from '../identity/caller';
import { deleteRows, insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { confidential_communication, confidential_recipient } from '../entities/tables/privacy';
import { recipientKey, type Recipient } from '../vocabulary/recipients';
import { judgeAuthenticity, type AuthenticityInput } from './authenticity';
import { dueAt } from './due';
import type { Office } from './office';
import { fileRequest } from './requests';
import { LONGEST, badInput, optionalText, recipientsOf } from './validate';
import { write } from './write';

export interface Address { use?: string | null; line?: readonly string[] | null; city?: string | null; state?: string | null; postalCode?: string | null; country?: string | null }
/** As `ConfidentialCommunication` of the schema. */
export interface ConfidentialCommunicationResult { id: string; telephone: string | null; email: string | null; address: Address | null; since: string }
export interface ConfidentialCommunicationArgs {
  readonly memberId: string; readonly telephone?: string | null; readonly email?: string | null; readonly address?: Address | null;
  readonly recipients?: readonly Recipient[] | null; readonly authenticity: AuthenticityInput;
}

export const confidentialCommunicationOf = (row: Row<typeof confidential_communication>): ConfidentialCommunicationResult => ({
  id: row.id, telephone: row.telephone, email: row.email, address: row.address === null ? null : JSON.parse(row.address) as Address, since: row.since,
});

/** Notice, "Request Confidential Communications" (164.522(b)): acts at once, takes the place of the one before, and no reason is asked. */
export function requestConfidentialCommunication(office: Office, caller: Caller, args: ConfidentialCommunicationArgs): Promise<ConfidentialCommunicationResult> {
  const { memberId } = args;
  return write<ConfidentialCommunicationResult>(office, caller, { mutation: 'requestConfidentialCommunication', memberId, clause: 'confidential-communications' }, async ({ manager, standing }) => {
    const way = wayOf(args);
    const recipients = [...new Set(recipientsOf(args.recipients ?? [], 'recipients').map(recipientKey))];
    const judged = await judgeAuthenticity(manager, caller, standing, args.authenticity);
    const id = randomUUID();
    const request = await fileRequest(manager, caller, judged, {
      kind: 'CONFIDENTIAL_COMMUNICATION', memberId, summary: 'Confidential communication', status: 'COMPLETED', subjectId: id,
      dueAt: dueAt(office, 'CONFIDENTIAL_COMMUNICATION', caller.at, standing.member.home_state),
    });
    if (!judged.authentic) return { inauthentic: request };
    const row = { member_id: memberId, id, ...way, since: caller.at, ended_at: null, channel: judged.channel };
    const before = await selectRows(manager, confidential_communication, { member_id: memberId, ended_at: null }, { lock: true });
    await insertRows(manager, confidential_communication, [row]);
    await updateRows(manager, confidential_communication, { member_id: memberId, id: before.map((each) => each.id) }, { ended_at: caller.at });
    // Who was named by the way before is not named by this one.
    await deleteRows(manager, confidential_recipient, { member_id: memberId });
    await insertRows(manager, confidential_recipient, recipients.map((recipient) => ({ member_id: memberId, communication_id: id, recipient })));
    return { result: confidentialCommunicationOf(row) };
  });
}

function wayOf(args: ConfidentialCommunicationArgs): { telephone: string | null; email: string | null; address: string | null } {
  const given = Object.entries(args.address ?? {}).filter(([name, value]) => name !== 'use' && (Array.isArray(value) ? value.some(Boolean) : Boolean(value)));
  const address = args.address && given.length > 0 ? JSON.stringify(args.address) : null;
  if (address !== null && address.length > LONGEST.prose) throw badInput('address', 'is too long');
  const way = { telephone: optionalText(args.telephone, 'telephone', LONGEST.line), email: optionalText(args.email, 'email', LONGEST.line), address };
  if (!Object.values(way).some(Boolean)) throw badInput('telephone, email or address', 'at least one is needed');
  return way;
}
