import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { needed, Takes } from '../schema/field';
import { CareGap } from '../schema/records/management';
import { MedicationReview } from '../schema/records/medication';
import { DateScalar } from '../schema/scalars';
import { type Call, Called } from './call';

/** What the care team writes. */
@Resolver()
export class CareMutations {
  @Mutation(() => MedicationReview, { description: 'Puts a medication review on record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    findings: needed(() => String, 'What was found.'),
    recommendation: needed(() => String, 'What is advised.'),
    medicationIds: [() => [ID], 'Which medications were reviewed.'],
    encounterId: [() => ID, 'The encounter that it belongs to.'],
  })
  recordMedicationReview(@Called() call: Call<'recordMedicationReview'>): Promise<unknown> {
    return call.services.recordMedicationReview(call.args, call.context, call.info);
  }

  @Mutation(() => CareGap, { description: 'Opens a care gap.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    measure: needed(() => String, 'The measure.'),
    dueAt: [() => DateScalar, 'By when it should be closed.'],
    encounterId: [() => ID, 'The encounter that it belongs to.'],
  })
  openCareGap(@Called() call: Call<'openCareGap'>): Promise<unknown> { return call.services.openCareGap(call.args, call.context, call.info); }

  @Mutation(() => CareGap, { description: 'Closes a care gap.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  closeCareGap(@Called() call: Call<'closeCareGap'>): Promise<unknown> { return call.services.closeCareGap(call.args, call.context, call.info); }
}
