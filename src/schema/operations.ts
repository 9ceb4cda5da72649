import { Int } from 'type-graphql';
import { Public } from '../directives/decorators';
import { LARGEST_PAGE } from '../vocabulary/page-size';
import { Optional, Required, Shape, Takes } from './field';

// Aggregates hold no value of a member: they count rows that the caller could see, and suppress small cells (policy section 8).
const first = { first: [() => Int, `How many at most, 1 to ${LARGEST_PAGE}; the largest first, suppressed ones last.`, { defaultValue: 20 }] } as const;

@Public()
@Shape('Count', 'A number of members. A cell of 1 to 10 is suppressed.')
export class Count {
  @Optional(() => Int, 'The number; null where it is suppressed.') count?: number | null;
  @Required(() => Boolean, 'True for a cell of 1 to 10.') suppressed: boolean;
}

@Public()
@Shape('Tally', 'A number under a key. A cell of 1 to 10 is suppressed.')
export class Tally {
  @Required(() => String, 'What is counted: a measure, `system|code`, or a type of record.') key: string;
  @Optional(() => String, 'How the key reads.') display?: string | null;
  @Optional(() => Int, 'The number; null where it is suppressed.') count?: number | null;
  @Required(() => Boolean, 'True for a cell of 1 to 10.') suppressed: boolean;
}

@Public()
@Shape('OperationsReport', 'Counts over what the caller could see row by row.')
export class OperationsReport {
  @Required(() => Count, 'Members that the filter selects.') members: Count;
  @Required(() => [Tally], 'Their open care gaps, by measure.') openCareGapsByMeasure: Tally[];
  @Required(() => [Tally], 'Those members, by condition.') @Takes(first) membersByCondition: Tally[];
  @Required(() => [Tally], 'Those members, by medication.') @Takes(first) membersByMedication: Tally[];
}
