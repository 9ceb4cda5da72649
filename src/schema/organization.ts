import { ID } from 'type-graphql';
import { Public } from '../directives/decorators';
import { DataCategory, OrganizationKindEnum, PurposeOfUse, RoleEnum } from './enums';
import { Optional, Required, Shape } from './field';

@Public()
@Shape('Organization', 'A company, plan, provider, exchange or authority. Organizations are no members: nothing here is PHI.')
export class Organization {
  @Required(() => ID, 'Stable id.') id: string;
  @Required(() => String, 'Its name.') name: string;
  @Required(() => OrganizationKindEnum, 'What it is to the company.') kind: string;
}

@Public()
@Shape('Viewer', 'The caller as the gateway knows them.')
export class Viewer {
  @Required(() => ID, 'The subject of the token.') subject: string;
  @Required(() => RoleEnum, 'The role that they act in.') role: string;
  @Optional(() => Organization, 'Whom they act for.') organization?: Organization | null;
  @Required(() => PurposeOfUse, 'The purpose of this request.') purposeOfUse: string;
  @Required(() => [PurposeOfUse], 'The purposes that the token permits.') permittedPurposes: string[];
  @Required(() => [DataCategory], 'The categories that role and purpose can ever see.') categories: string[];
  @Required(() => String, 'The version of the Notice in effect.') noticeVersion: string;
}
