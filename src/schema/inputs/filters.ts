import { ID, InputType } from 'type-graphql';
import { Direction, MemberOrderField, PurposeOfUse, RoleEnum } from '../enums';
import { Optional, Required } from '../field';
import { DateScalar, DateTime } from '../scalars';

// A filter on a hidden field behaves as on NULL. An empty list matches nothing; what is left out does not filter.

@InputType('DateRange', { description: 'Days from one to before another.' })
export class DateRange {
  @Optional(() => DateScalar, 'The first day.') from?: string | null;
  @Optional(() => DateScalar, 'The day after the last.') to?: string | null;
}

@InputType('DateTimeRange', { description: 'Instants from one to before another.' })
export class DateTimeRange {
  @Optional(() => DateTime, 'The first instant.') from?: string | null;
  @Optional(() => DateTime, 'The instant after the last.') to?: string | null;
}

@InputType('MemberFilter', { description: 'Which members.' })
export class MemberFilter {
  @Optional(() => [ID], 'These alone.') ids?: string[] | null;
  @Optional(() => ID, 'Covered by this plan now.') planId?: string | null;
  @Optional(() => String, 'Some name that the caller sees holds this, whatever the case.') nameContains?: string | null;
  @Optional(() => DateRange, 'Born in this period.') birthDate?: DateRange | null;
  @Optional(() => String, 'With a condition of this code: `code` or `system|code`.') conditionCode?: string | null;
  @Optional(() => String, 'With a medication of this code: `code` or `system|code`.') medicationCode?: string | null;
  @Optional(() => Boolean, 'With, or without, an open care gap.') hasOpenCareGap?: boolean | null;
}

@InputType('RecordFilter', { description: 'Which records.' })
export class RecordFilter {
  @Optional(() => [String], 'Of these codes: `code` or `system|code`.') codes?: string[] | null;
  @Optional(() => String, 'Of this status.') status?: string | null;
  @Optional(() => DateTimeRange, 'Put on record in this period.') recorded?: DateTimeRange | null;
}

@InputType('CareGapFilter', { description: 'Which care gaps.' })
export class CareGapFilter {
  @Optional(() => String, 'Of this measure.') measure?: string | null;
  @Optional(() => String, 'Of this status.') status?: string | null;
  @Optional(() => DateRange, 'Due in this period.') due?: DateRange | null;
  @Optional(() => [ID], 'Of these members.') memberIds?: string[] | null;
}

@InputType('ClaimFilter', { description: 'Which claims.' })
export class ClaimFilter {
  @Optional(() => DateRange, 'For services that began in this period.') service?: DateRange | null;
  @Optional(() => String, 'Of this status.') status?: string | null;
  @Optional(() => [ID], 'Of these members.') memberIds?: string[] | null;
}

@InputType('MemberOrder', { description: 'How members are ordered.' })
export class MemberOrder {
  @Required(() => MemberOrderField, 'By what.') field: string;
  @Required(() => Direction, 'In which direction.') direction: string;
}

@InputType('AuditFilter', { description: 'Which events of the trail.' })
export class AuditFilter {
  @Optional(() => DateTime, 'From this instant.') from?: string | null;
  @Optional(() => DateTime, 'Before this instant.') to?: string | null;
  @Optional(() => ID, 'Of this subject.') subject?: string | null;
  @Optional(() => RoleEnum, 'In this role.') role?: string | null;
  @Optional(() => PurposeOfUse, 'For this purpose.') purpose?: string | null;
  @Optional(() => ID, 'Under this clause.') clause?: string | null;
  @Optional(() => ID, 'About this member; an auditor gives a pseudonym.') memberId?: string | null;
  @Optional(() => Boolean, 'Those that wait for a review, or those that do not.') flagged?: boolean | null;
}
