import { ID, Int } from 'type-graphql';
import { Phi, Public } from '../directives/decorators';
import { connectionOf } from './connection';
import { PurposeOfUse, RoleEnum, SensitivityClassEnum } from './enums';
import { Optional, Required, Shape } from './field';
import { Fee } from './privacy';
import { DateTime } from './scalars';

@Phi({ category: 'PRIVACY' })
@Shape('Disclosure', 'A disclosure that a member has a right to hear of.')
export class Disclosure {
  @Required(() => DateTime, 'When.') @Phi({ identifier: 'DATE' }) at: string;
  @Required(() => String, 'To whom.') recipient: string;
  @Optional(() => String, 'Their address, where it is known.') recipientAddress?: string | null;
  @Required(() => String, 'What, in short.') description: string;
  @Required(() => String, 'For what.') purpose: string;
  @Required(() => ID, 'Under which clause.') clause: string;
}

@Phi({ category: 'PRIVACY' })
@Shape('Accounting', 'The accounting of disclosures of a member for a period of six years at most (45 CFR 164.528).')
export class Accounting {
  @Required(() => ID, 'The member.') @Phi({ identifier: 'OTHER' }) memberId: string;
  @Required(() => DateTime, 'From when.') @Phi({ identifier: 'DATE' }) from: string;
  @Required(() => DateTime, 'Until when.') @Phi({ identifier: 'DATE' }) to: string;
  @Required(() => [Disclosure], 'The disclosures, oldest first.') disclosures: Disclosure[];
  @Optional(() => Fee, 'What it costs.') fee?: Fee | null;
}

// The trail holds no value of a member. Members are pseudonyms to an auditor; a privacy officer, who may see every member's
// privacy state, sees ids. Only these two reach it: tagged public, and guarded where it is entered (policy section 11).
@Public()
@Shape('AuditEvent', 'What one operation left on the trail.')
export class AuditEvent {
  @Required(() => ID, 'Stable id: the auditId of the answer.') id: string;
  @Required(() => DateTime, 'When.') at: string;
  @Required(() => ID, 'Who, by the subject of the token.') subject: string;
  @Required(() => RoleEnum, 'In which role.') role: string;
  @Optional(() => ID, 'For which organization.') organizationId?: string | null;
  @Required(() => PurposeOfUse, 'For what.') purpose: string;
  @Optional(() => ID, 'The clause that permitted it.') clause?: string | null;
  @Optional(() => String, 'The operation, by name or root fields.') operation?: string | null;
  @Required(() => [String], 'The fields used, by schema coordinate.') coordinates: string[];
  @Required(() => [ID], 'Whose data it touched.') members: string[];
  @Required(() => [SensitivityClassEnum], 'The classes of what was released.') labels: string[];
  @Required(() => String, 'The version of the Notice in effect.') noticeVersion: string;
  @Required(() => String, 'How it ended.') outcome: string;
  @Required(() => Boolean, 'True where it waits for a review.') flagged: boolean;
}
export const AuditEventConnection = connectionOf('AuditEvent', () => AuditEvent);

@Public()
@Shape('AuditIntegrity', 'Whether the ledger is whole.')
export class AuditIntegrity {
  @Required(() => Boolean, 'True where every link holds and every signed checkpoint fits.') intact: boolean;
  @Required(() => Int, 'How many events were checked.') events: number;
  @Required(() => String, 'One hash over the last links of all chains.') head: string;
  @Optional(() => ID, 'Where it is broken first: the id of an event, or CHAIN/POSITION where no event is left, or checkpoint/NUMBER.') brokenAt?: string | null;
  @Required(() => DateTime, 'When it was checked.') checkedAt: string;
}
