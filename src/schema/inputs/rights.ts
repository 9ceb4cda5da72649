import { ID, InputType } from 'type-graphql';
import type { Category } from '../../vocabulary/categories';
import type { Purpose } from '../../vocabulary/purposes';
import type { Role } from '../../vocabulary/roles';
import type { SensitivityClass } from '../../vocabulary/sensitivity';
import { DataCategory, PurposeOfUse, RepresentationKind, RequestChannel, RestrictionKind, RoleEnum, SensitivityClassEnum } from '../enums';
import { Optional, Required } from '../field';
import { DateTime } from '../scalars';

@InputType('Authenticity', { description: 'How a request arrived and how it was made sure of. One that fails is on record as rejected.' })
export class Authenticity {
  @Required(() => RequestChannel, 'How it arrived.') channel: keyof typeof RequestChannel;
  @Required(() => Boolean, 'True where the identity of the requester was confirmed.') identityConfirmed: boolean;
  @Optional(() => String, 'Who asked for the member, by the subject of their representation.') requestedByRepresentative?: string | null;
}

@InputType('RecipientInput', { description: 'Who is meant: exactly one of the three.' })
export class RecipientInput {
  @Optional(() => RoleEnum, 'Everyone in a role.') role?: Role | null;
  @Optional(() => ID, 'Everyone of an organization.') organizationId?: string | null;
  @Optional(() => ID, 'One person.') subject?: string | null;
}

@InputType('AddressInput', { description: 'A postal address.' })
export class AddressInput {
  @Optional(() => String, 'What it is for.') use?: string | null;
  @Optional(() => [String], 'Street lines, in order.') line?: string[] | null;
  @Optional(() => String, 'City or town.') city?: string | null;
  @Optional(() => String, 'State.') state?: string | null;
  @Optional(() => String, 'Postal code.') postalCode?: string | null;
  @Optional(() => String, 'Country.') country?: string | null;
}

@InputType('AuthorizationInput', {
  description: 'What a member allows. No class opens no special class; categories narrow, and for HMARKT are IDENTITY and CONTACT when left out.',
})
export class AuthorizationInput {
  @Required(() => [SensitivityClassEnum], 'The special classes that it opens.') classes: SensitivityClass[];
  @Optional(() => [DataCategory], 'What it is about.') categories?: Category[] | null;
  @Optional(() => Boolean, 'True where it allows a sale.', { defaultValue: false }) sale?: boolean | null;
  @Required(() => [PurposeOfUse], 'For what; never empty.') purposes: Purpose[];
  @Required(() => [RecipientInput], 'To whom; never empty.') recipients: RecipientInput[];
  @Optional(() => DateTime, 'From when; from its signature when left out.') start?: string | null;
  @Optional(() => DateTime, 'Until when.') end?: string | null;
  @Required(() => DateTime, 'When it was signed.') signedAt: string;
  @Required(() => String, 'Who signed.') signedBy: string;
}

@InputType('RestrictionInput', { description: 'A limit that a member asks for. What is left out does not narrow: no recipients means every recipient.' })
export class RestrictionInput {
  @Required(() => RestrictionKind, 'Why.') kind: keyof typeof RestrictionKind;
  @Optional(() => [RecipientInput], 'Whom it keeps out.') recipients?: RecipientInput[] | null;
  @Optional(() => [PurposeOfUse], 'For what.') purposes?: Purpose[] | null;
  @Optional(() => [DataCategory], 'Which categories.') categories?: Category[] | null;
  @Optional(() => [SensitivityClassEnum], 'Which classes.') classes?: SensitivityClass[] | null;
  @Optional(() => [String], 'Which fields, by schema coordinate (Member.gender).') coordinates?: string[] | null;
  @Optional(() => ID, 'The records of this encounter.') encounterId?: string | null;
  @Optional(() => ID, 'This record.') recordId?: string | null;
  @Optional(() => String, 'The request in the words of the member.') text?: string | null;
}

@InputType('RepresentationInput', { description: 'Who acts for a member. Categories left out: all; excludedClasses left out: the default of the policy.' })
export class RepresentationInput {
  @Required(() => ID, 'The person, by the subject of their token.') subject: string;
  @Required(() => RepresentationKind, 'By what.') kind: keyof typeof RepresentationKind;
  @Optional(() => DateTime, 'From when; from now on if left out.') start?: string | null;
  @Optional(() => DateTime, 'Until when.') end?: string | null;
  @Optional(() => [DataCategory], 'On what.') categories?: Category[] | null;
  @Optional(() => [SensitivityClassEnum], 'What is kept from them.') excludedClasses?: SensitivityClass[] | null;
}
