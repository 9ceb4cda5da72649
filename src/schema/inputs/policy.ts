import { ID, InputType } from 'type-graphql';
import type { Purpose } from '../../vocabulary/purposes';
import type { Role } from '../../vocabulary/roles';
import { PurposeOfUse, RoleEnum } from '../enums';
import { Optional, Required } from '../field';
import { DateTime } from '../scalars';

@InputType('ExplainInput', { description: 'A caller, and the field of a member or a record that is in question.' })
export class ExplainInput {
  @Required(() => ID, 'The caller.') subject: string;
  @Required(() => RoleEnum, 'Their role.') role: Role;
  @Optional(() => ID, 'Their organization.') organizationId?: string | null;
  @Required(() => PurposeOfUse, 'Their purpose.') purpose: Purpose;
  @Required(() => ID, 'The member in question.') memberId: string;
  @Optional(() => ID, 'Their practitioner id.') practitionerId?: string | null;
  @Optional(() => [ID], 'The members that they are.') memberIds?: string[] | null;
  @Optional(() => ID, 'The grant that they read under.') grantId?: string | null;
  @Optional(() => ID, 'The record in question.') recordId?: string | null;
  @Required(() => String, 'The field in question, by schema coordinate.') coordinate: string;
  @Optional(() => DateTime, 'When; now if left out.') asOf?: string | null;
}

@InputType('SimulationInput', { description: 'An operation, and the caller to run it as.' })
export class SimulationInput {
  @Required(() => String, 'The operation.') operation: string;
  @Optional(() => String, 'Its variables, as JSON.') variables?: string | null;
  @Required(() => RoleEnum, 'The role of the caller.') role: Role;
  @Required(() => ID, 'The caller.') subject: string;
  @Optional(() => ID, 'Their organization.') organizationId?: string | null;
  @Optional(() => ID, 'Their practitioner id.') practitionerId?: string | null;
  @Optional(() => [ID], 'The members that they are.') memberIds?: string[] | null;
  @Optional(() => ID, 'The grant that they read under.') grantId?: string | null;
  @Required(() => PurposeOfUse, 'Their purpose.') purpose: Purpose;
  @Optional(() => DateTime, 'When; now if left out.') asOf?: string | null;
}
