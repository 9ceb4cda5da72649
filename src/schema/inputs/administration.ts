import { ID, InputType } from 'type-graphql';
import type { Category } from '../../vocabulary/categories';
import type { Purpose } from '../../vocabulary/purposes';
import type { SensitivityClass } from '../../vocabulary/sensitivity';
import { AgreementKind, DataCategory, PurposeOfUse, SensitivityClassEnum } from '../enums';
import { Optional, Required } from '../field';
import { DateTime } from '../scalars';
import { RecipientInput } from './rights';

@InputType('AgreementInput', { description: 'A written agreement with an organization.' })
export class AgreementInput {
  @Required(() => ID, 'With whom.') organizationId: string;
  @Required(() => AgreementKind, 'What it is.') kind: keyof typeof AgreementKind;
  @Required(() => [PurposeOfUse], 'For what.') purposes: Purpose[];
  @Required(() => [DataCategory], 'On what: no more than the policy allows.') categories: Category[];
  @Optional(() => Boolean, 'True where the company is paid for what is read under it.', { defaultValue: false }) remunerated?: boolean | null;
  @Required(() => DateTime, 'From when.') start: string;
  @Optional(() => DateTime, 'Until when.') end?: string | null;
  @Required(() => DateTime, 'When it was signed.') signedAt: string;
}

@InputType('ElementInput', { description: 'Something that a clause demands, by the name that policy.clause lists.' })
export class ElementInput {
  @Required(() => String, 'Its name.') name: string;
  @Required(() => String, 'What is stated.') value: string;
}

@InputType('GrantInput', { description: 'A request for a disclosure under one clause.' })
export class GrantInput {
  @Required(() => ID, 'The clause.') clause: string;
  @Required(() => RecipientInput, 'To whom.') recipient: RecipientInput;
  @Required(() => [ID], 'Whose data.') memberIds: string[];
  @Required(() => [DataCategory], 'Which categories: no more than the clause allows.') categories: Category[];
  @Optional(() => [SensitivityClassEnum], 'Special classes that are needed.') classes?: SensitivityClass[] | null;
  @Optional(() => [ID], 'Notes are disclosed only where they are named here.') recordIds?: string[] | null;
  @Optional(() => Boolean, 'True where the company is paid for it.', { defaultValue: false }) remunerated?: boolean | null;
  @Required(() => [ElementInput], 'What the clause demands.') elements: ElementInput[];
  @Required(() => DateTime, 'Until when.') expires: string;
}

@InputType('BreachInput', { description: 'An incident, by when, whose access and what happened.' })
export class BreachInput {
  @Required(() => DateTime, 'From when.') from: string;
  @Required(() => DateTime, 'Until when.') to: string;
  @Optional(() => DateTime, 'When it was discovered; the earlier of `to` and now when left out.') discoveredAt?: string | null;
  @Optional(() => [ID], 'Whose access.') subjects?: string[] | null;
  @Optional(() => [ID], 'The access of which organizations.') organizationIds?: string[] | null;
  @Required(() => String, 'What happened.') description: string;
}
