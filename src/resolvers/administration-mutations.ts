import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { Agreement } from '../schema/administration';
import { SensitivityClassEnum } from '../schema/enums';
import { needed, Takes } from '../schema/field';
import { AgreementInput } from '../schema/inputs/administration';
import { RepresentationInput } from '../schema/inputs/rights';
import { CareTeamMember } from '../schema/member-parts';
import { Representation } from '../schema/privacy';
import { RecordFields } from '../schema/records/record';
import { DateScalar } from '../schema/scalars';
import { type Call, Called } from './call';

/** Who acts for, cares for and works with whom; labels of records. */
@Resolver()
export class AdministrationMutations {
  @Mutation(() => Representation, { description: 'Puts on record who acts for a member.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => RepresentationInput, 'Who, by what and on what.') })
  recordRepresentation(@Called() call: Call<'recordRepresentation'>): Promise<unknown> {
    return call.services.recordRepresentation(call.args, call.context, call.info);
  }

  @Mutation(() => Representation, { description: 'Ends a representation at once.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endRepresentation(@Called() call: Call<'endRepresentation'>): Promise<unknown> {
    return call.services.endRepresentation(call.args, call.context, call.info);
  }

  @Mutation(() => CareTeamMember, { description: 'Puts a practitioner on the care team of a member; never oneself.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    practitionerId: needed(() => ID, 'Who.'),
    role: needed(() => String, 'The part that they have in the care.'),
    start: [() => DateScalar, 'The first day; today if left out.'],
    end: [() => DateScalar, 'The day after the last.'],
  })
  assignCareTeam(@Called() call: Call<'assignCareTeam'>): Promise<unknown> {
    return call.services.assignCareTeam(call.args, call.context, call.info);
  }

  @Mutation(() => CareTeamMember, { description: 'Takes a practitioner off the care team.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endCareTeamAssignment(@Called() call: Call<'endCareTeamAssignment'>): Promise<unknown> {
    return call.services.endCareTeamAssignment(call.args, call.context, call.info);
  }

  @Mutation(() => Agreement, { description: 'Puts an agreement with an organization on record.' }) @Public()
  @Takes({ input: needed(() => AgreementInput, 'What was signed.') })
  recordAgreement(@Called() call: Call<'recordAgreement'>): Promise<unknown> {
    return call.services.recordAgreement(call.args, call.context, call.info);
  }

  @Mutation(() => Agreement, { description: 'Ends an agreement at once.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endAgreement(@Called() call: Call<'endAgreement'>): Promise<unknown> { return call.services.endAgreement(call.args, call.context, call.info); }

  @Mutation(() => RecordFields, { description: 'Replaces the own labels of a record; inherited ones stay until their source changes.' }) @Public()
  @Takes({
    recordId: needed(() => ID, 'Which record.'),
    classes: needed(() => [SensitivityClassEnum], 'Its own labels from now on.'),
    reason: needed(() => String, 'Why.'),
  })
  relabelRecord(@Called() call: Call<'relabelRecord'>): Promise<unknown> { return call.services.relabelRecord(call.args, call.context, call.info); }
}
