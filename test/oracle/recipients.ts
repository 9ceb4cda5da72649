/** Section 5: a recipient is a subject, an organization or a role; section 11: matched by what the token says. */
import type { WorldCaller, WorldRecipient } from './world';

export function isNamed(recipients: readonly WorldRecipient[], caller: WorldCaller): boolean {
  return recipients.some((one) =>
    (one.role !== undefined && one.role === caller.role)
    || (one.organizationId !== undefined && one.organizationId === caller.organizationId)
    || (one.subject !== undefined && one.subject === caller.subject));
}
