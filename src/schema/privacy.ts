import { Float, ID } from 'type-graphql';
import { Phi } from '../directives/decorators';
import {
  DataCategory, PrivacyRequestKind, PurposeOfUse, RepresentationKind, RequestChannel, RequestStatus, RestrictionKind, RoleEnum,
  SensitivityClassEnum,
} from './enums';
import { Optional, Required, Shape } from './field';
import { Address } from './member-parts';
import { DateTime } from './scalars';
import { connectionOf } from './connection';

/** A date of the member's dealings with the privacy office: a date of a person all the same. */
const Dated = () => Phi({ identifier: 'DATE' });
const Reference = () => Phi({ identifier: 'OTHER' });
const Private = (name: string, description: string): ClassDecorator => (target) => {
  Shape(name, description)(target);
  Phi({ category: 'PRIVACY' })(target);
};

@Private('HieOptOut', 'That the member does not take part in health information exchange.')
export class HieOptOut {
  @Required(() => DateTime, 'Since when.') @Dated() since: string;
  @Required(() => RequestChannel, 'How the member said so.') channel: string;
}

@Private('Recipient', 'Who is meant: exactly one of the three is set.')
export class Recipient {
  @Optional(() => RoleEnum, 'Everyone in a role.') role?: string | null;
  @Optional(() => ID, 'Everyone of an organization.') organizationId?: string | null;
  @Optional(() => ID, 'One person.') subject?: string | null;
}

@Private('Reliance', 'A release that relied on an authorization before it was revoked: it stays released (45 CFR 164.508(b)(5)).')
export class Reliance {
  @Required(() => ID, 'The event on the trail: the auditId of the answer.') @Reference() auditId: string;
  @Required(() => DateTime, 'When.') @Dated() at: string;
  @Required(() => PurposeOfUse, 'For what.') purpose: string;
  @Required(() => RoleEnum, 'To a caller in which role.') role: string;
  @Optional(() => ID, 'Of which organization.') organizationId?: string | null;
}

@Private('Authorization', 'What a member allowed in writing, to whom, for what and for how long.')
export class Authorization {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Required(() => [SensitivityClassEnum], 'The special classes that it opens; none opens none.') classes: string[];
  @Required(() => [DataCategory], 'The categories that it is about.') categories: string[];
  @Required(() => Boolean, 'True where it allows a sale.') sale: boolean;
  @Required(() => [PurposeOfUse], 'For what.') purposes: string[];
  @Required(() => [Recipient], 'To whom.') recipients: Recipient[];
  @Required(() => DateTime, 'From when.') @Dated() start: string;
  @Optional(() => DateTime, 'Until when; none: until it is revoked.') @Dated() end?: string | null;
  @Required(() => DateTime, 'When it was signed.') @Dated() signedAt: string;
  @Required(() => String, 'Who signed.') @Phi({ identifier: 'NAME' }) signedBy: string;
  @Optional(() => DateTime, 'When it was revoked.') @Dated() revokedAt?: string | null;
  @Required(() => Boolean, 'True where it counts now.') active: boolean;
  @Optional(() => [Reliance], 'What was released in reliance on it, the latest hundred: told to who revokes it.') reliances?: Reliance[] | null;
}

@Private('Restriction', 'A limit that a member asked for on who sees what.')
export class Restriction {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Required(() => RestrictionKind, 'Why it binds.') kind: string;
  @Required(() => RequestStatus, 'Where it stands.') status: string;
  @Required(() => [Recipient], 'Whom it keeps out; none named: everyone.') recipients: Recipient[];
  @Required(() => [PurposeOfUse], 'For what; none named: for all.') purposes: string[];
  @Required(() => [DataCategory], 'Which categories; none named: all.') categories: string[];
  @Required(() => [SensitivityClassEnum], 'Which classes; none named: all.') classes: string[];
  @Required(() => [String], 'Which fields, by schema coordinate; none named: all.') coordinates: string[];
  @Optional(() => ID, 'The encounter whose records it covers.') @Reference() encounterId?: string | null;
  @Optional(() => ID, 'The record that it covers.') @Reference() recordId?: string | null;
  @Required(() => DateTime, 'When it was asked for.') @Dated() requestedAt: string;
  @Optional(() => DateTime, 'When it was decided.') @Dated() decidedAt?: string | null;
  @Optional(() => String, 'What the privacy office answered.') response?: string | null;
  @Optional(() => DateTime, 'When it ended.') @Dated() endedAt?: string | null;
}

@Private('ConfidentialCommunication', 'The way in which a member asked to be reached.')
export class ConfidentialCommunication {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Optional(() => String, 'A telephone number.') @Phi({ identifier: 'TELEPHONE' }) telephone?: string | null;
  @Optional(() => String, 'An email address.') @Phi({ identifier: 'EMAIL' }) email?: string | null;
  @Optional(() => Address, 'A postal address.') address?: Address | null;
  @Required(() => DateTime, 'Since when.') @Dated() since: string;
}

@Private('Amendment', 'A change to a record that a member asked for. On a record it is shown to those who see the field that it amends.')
export class Amendment {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Required(() => ID, 'The record.') @Reference() recordId: string;
  @Required(() => String, 'The field of the record.') field: string;
  @Required(() => String, 'What it should say.') proposed: string;
  @Required(() => RequestStatus, 'Where it stands.') status: string;
  @Optional(() => String, 'Why it was decided so.') reason?: string | null;
  @Optional(() => String, 'What the member says to a denial, or the summary of the privacy office.') statementOfDisagreement?: string | null;
  @Optional(() => String, 'What the privacy office says to that.') rebuttal?: string | null;
  @Optional(() => DateTime, 'When it was decided.') @Dated() decidedAt?: string | null;
  @Optional(() => String, 'What the field said before, once it is amended: on the record alone.') previous?: string | null;
}

@Private('Representation', 'Who acts for a member, by what, for how long and on what.')
export class Representation {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Required(() => ID, 'The person, by the subject of their token.') @Reference() subject: string;
  @Required(() => RepresentationKind, 'By what.') kind: string;
  @Required(() => DateTime, 'From when.') @Dated() start: string;
  @Optional(() => DateTime, 'Until when.') @Dated() end?: string | null;
  @Required(() => [DataCategory], 'On what.') categories: string[];
  @Optional(() => [SensitivityClassEnum], 'What is kept from them; not shown to themselves.') excludedClasses?: string[] | null;
}

@Private('Fee', 'What a copy or a further accounting costs.')
export class Fee {
  @Required(() => Float, 'How much.') amount: number;
  @Required(() => String, 'The currency (ISO 4217).') currency: string;
  @Required(() => String, 'For what.') reason: string;
  @Required(() => Boolean, 'True where it is an estimate.') estimate: boolean;
}

@Private('PrivacyRequest', 'A request to the privacy office, with its due date.')
export class PrivacyRequest {
  @Required(() => ID, 'Stable id.') @Reference() id: string;
  @Required(() => PrivacyRequestKind, 'What is asked for.') kind: string;
  @Optional(() => ID, 'Whom it is about.') @Reference() memberId?: string | null;
  @Required(() => RequestStatus, 'Where it stands.') status: string;
  @Optional(() => RequestChannel, 'How it arrived.') channel?: string | null;
  @Required(() => DateTime, 'When it arrived.') @Dated() receivedAt: string;
  @Optional(() => DateTime, 'By when it must be answered.') @Dated() dueAt?: string | null;
  @Optional(() => DateTime, 'When it was decided.') @Dated() decidedAt?: string | null;
  @Optional(() => String, 'What it is about, in short.') summary?: string | null;
  @Optional(() => Fee, 'What it costs.') fee?: Fee | null;
}
export const PrivacyRequestConnection = connectionOf('PrivacyRequest', () => PrivacyRequest);

@Private('MemberPrivacy', 'The privacy state of a member: what they allowed, restricted, asked for, and who acts for them.')
export class MemberPrivacy {
  @Optional(() => HieOptOut, 'Set where they opted out of exchange.') hieOptOut?: HieOptOut | null;
  @Required(() => [Authorization], 'What they allowed.') authorizations: Authorization[];
  @Required(() => [Restriction], 'What they restricted.') restrictions: Restriction[];
  @Required(() => [ConfidentialCommunication], 'How they asked to be reached.') confidentialCommunications: ConfidentialCommunication[];
  @Required(() => [Amendment], 'What they asked to amend.') amendments: Amendment[];
  @Required(() => [Representation], 'Who acts for them.') representatives: Representation[];
  @Required(() => [PrivacyRequest], 'What they asked the privacy office for.') requests: PrivacyRequest[];
}
