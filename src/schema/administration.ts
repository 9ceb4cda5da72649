import { ID, Int } from 'type-graphql';
import { Phi, Public } from '../directives/decorators';
import { AgreementKind, DataCategory, PurposeOfUse, RequestStatus } from './enums';
import { Optional, Required, Shape } from './field';
import { Recipient } from './privacy';
import { DateScalar, DateTime } from './scalars';

@Public()
@Shape('Agreement', 'A written agreement with an organization.')
export class Agreement {
  @Required(() => ID, 'Stable id.') id: string;
  @Required(() => ID, 'With whom.') organizationId: string;
  @Required(() => AgreementKind, 'What it is.') kind: string;
  @Required(() => [PurposeOfUse], 'For what.') purposes: string[];
  @Required(() => [DataCategory], 'On what; each purpose takes the part that its cell allows.') categories: string[];
  @Required(() => DateTime, 'From when.') start: string;
  @Optional(() => DateTime, 'Until when.') end?: string | null;
  @Required(() => Boolean, 'True where it counts now.') active: boolean;
}

/** Ids of members are keys, not values: who may see the object may see them. */
const MemberIds = () => Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' });

@Public()
@Shape('Grant', 'A disclosure that the Notice allows case by case: asked for by one, approved by another, until it expires.')
export class Grant {
  @Required(() => ID, 'Stable id: what X-Grant names.') id: string;
  @Required(() => ID, 'The clause.') clause: string;
  @Required(() => RequestStatus, 'Where it stands.') status: string;
  @Required(() => Recipient, 'To whom.') recipient: Recipient;
  @Required(() => [ID], 'Whose data.') @MemberIds() memberIds: string[];
  @Required(() => [DataCategory], 'Which categories.') categories: string[];
  @Required(() => DateTime, 'Until when.') expires: string;
  @Required(() => ID, 'Who asked.') requestedBy: string;
  @Optional(() => ID, 'Who decided.') decidedBy?: string | null;
  @Optional(() => Boolean, 'True where a restriction of one of the members is in force; told to the privacy office alone.') restrictionExists?: boolean | null;
}

@Public()
@Shape('ResidentsOfState', 'How many of the members reached live in a state.')
export class ResidentsOfState {
  @Required(() => String, 'The state, in two letters.') state: string;
  @Required(() => Int, 'How many of them live there.') members: number;
}

@Public()
@Shape('BreachAssessment', 'Whom an incident reached, and the notices that are due (45 CFR 164.404 to 414).')
export class BreachAssessment {
  @Required(() => ID, 'Stable id.') id: string;
  @Required(() => Int, 'How many members.') members: number;
  @Required(() => [ID], 'Which members.') @MemberIds() memberIds: string[];
  @Required(() => DateScalar, 'By when they must be told.') notifyBy: string;
  @Required(() => [String], 'The states where they live.') states: string[];
  @Required(() => Boolean, 'True where the media of a state must be told.') mediaNoticeNeeded: boolean;
  @Required(() => [ResidentsOfState], 'How many live in each of the states.') residents: ResidentsOfState[];
  @Required(() => [ID], 'Plans whose agreements govern records of these members: they are told.') planIds: string[];
  @Required(() => Boolean, 'True where the Secretary of HHS is told at the same time: 500 members or more.') hhsAtOnce: boolean;
}
