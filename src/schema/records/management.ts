import { Float, ID } from 'type-graphql';
import { Code } from '../code';
import { Optional } from '../field';
import { DateScalar, DateTime } from '../scalars';
import { Dated, RecordFields, RecordShape } from './record';

@RecordShape('CareGap', 'Care that a measure of quality asks for and that was not given yet.')
export class CareGap extends RecordFields {
  @Optional(() => String, 'The measure.') measure?: string | null;
  @Optional(() => DateScalar, 'By when it should be closed.') @Dated() dueAt?: string | null;
  @Optional(() => DateTime, 'When it was closed.') @Dated() closedAt?: string | null;
}

@RecordShape('CarePlan', 'What is planned for the care of a member.')
export class CarePlan extends RecordFields {
  @Optional(() => String, 'Its title.') title?: string | null;
  @Optional(() => DateTime, 'When it begins.') @Dated() start?: string | null;
  @Optional(() => DateTime, 'When it ends.') @Dated() end?: string | null;
  @Optional(() => [Code], 'What is to be done.') activities?: Code[] | null;
}

@RecordShape('Claim', 'A bill for services, completed by its explanation of benefits.')
export class Claim extends RecordFields {
  @Optional(() => ID, 'The plan that it was sent to.') planId?: string | null;
  @Optional(() => Float, 'What was billed.') billedAmount?: number | null;
  @Optional(() => Float, 'What the member paid.') paidByMember?: number | null;
  @Optional(() => Boolean, 'True where no plan paid any of it.') paidInFullByMember?: boolean | null;
  @Optional(() => String, 'The currency of the amounts (ISO 4217).') currency?: string | null;
  @Optional(() => DateScalar, 'The first day of service.') @Dated() serviceStart?: string | null;
  @Optional(() => DateScalar, 'The day after the last day of service.') @Dated() serviceEnd?: string | null;
  @Optional(() => [Code], 'The diagnoses that it states.') diagnoses?: Code[] | null;
}
