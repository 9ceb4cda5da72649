import type { Role } from './roles';

/** Who is named by an authorization, a restriction or a request: exactly one of the three is set. */
export interface Recipient {
  role?: Role | null; organizationId?: string | null; subject?: string | null;
  /** A FHIR Practitioner that an imported consent names: the token's practitioner claim; the schema tells it as a subject. */
  practitionerId?: string | null;
}

/** The stored form of a recipient: one string, so that one index range finds what names a caller. */
export function recipientKey(recipient: Recipient): string {
  if (recipient.practitionerId) return `prac:${recipient.practitionerId}`;
  if (recipient.subject) return `sub:${recipient.subject}`;
  if (recipient.organizationId) return `org:${recipient.organizationId}`;
  return `role:${recipient.role}`;
}
/** Every recipient (a restriction that names none). Never stored for an authorization: an empty list there is refused. */
export const ANY_RECIPIENT = '*';
/** Marks the callers that a paid-in-full restriction binds (policy section 6). */
export const PAYER_KEY = '!payer';
/** Any purpose (a restriction that names none). */
export const ANY_PURPOSE = '*';

/** A recipient as the schema tells it: exactly one of the three. */
export const toldRecipient = ({ practitionerId, ...recipient }: Recipient): Recipient => (practitionerId ? { subject: practitionerId } : recipient);

/** The keys by which stored rows can name this caller. */
export function callerKeys(caller: { role: Role; organization?: string | null; subject: string; practitioner?: string | null }): string[] {
  const keys = [`role:${caller.role}`, `sub:${caller.subject}`];
  if (caller.organization) keys.push(`org:${caller.organization}`);
  if (caller.practitioner) keys.push(`prac:${caller.practitioner}`);
  return keys;
}
