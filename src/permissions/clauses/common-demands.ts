import type { ClauseElement } from '../core/grant';
import { optional, text } from '../core/grant';
import { PURPOSES, type Purpose } from '../../vocabulary/purposes';

/** Who asks and by what right was made sure of (164.514(h)*). */
export const VERIFIED: readonly ClauseElement[] = [
  text('verified-identity', 'How the identity of the recipient was made sure of.'),
  text('verified-authority', 'How the authority of the recipient was made sure of.'),
];
/** For the accounting: whom the member is told of (164.528(b)(2)(ii)). */
export const NAMED: readonly ClauseElement[] = [
  text('recipient-name', 'What the recipient is called, for the accounting of disclosures.', optional),
  text('recipient-address', 'The address of the recipient, for the accounting of disclosures.', optional),
];
/** An agency may ask that the member is not told yet (164.528(a)(2)). */
export const SUSPENSION: readonly ClauseElement[] = [
  text('suspension-statement', 'What the agency stated: that an accounting would impede its activities. One that was not made in writing begins with the word oral and counts for 30 days at most.', { required: false, requiredWith: 'suspend-accounting-until' }),
  { ...text('suspend-accounting-until', 'The day until which the disclosure is left out of what the member is told.', { required: false, requiredWith: 'suspension-statement' }), format: 'DATE' },
];
/** What "any" purpose is: breaking the glass has its own way, marketing and sale have no grant (policy sections 3 and 7). */
export const ANY_GRANTABLE: readonly Purpose[] = PURPOSES.filter((each) => each !== 'ETREAT' && each !== 'BTG' && each !== 'HMARKT');
