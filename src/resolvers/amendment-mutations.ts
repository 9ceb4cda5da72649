import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { AmendmentDenialGround } from '../schema/enums';
import { needed, Takes } from '../schema/field';
import { Authenticity } from '../schema/inputs/rights';
import { Amendment } from '../schema/privacy';
import { type Call, Called } from './call';

/** Changes to a record that a member asks for. */
@Resolver()
export class AmendmentMutations {
  @Mutation(() => Amendment, { description: 'Asks to amend a field of a record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    recordId: needed(() => ID, 'Which record.'),
    field: needed(() => String, 'Which field of it.'),
    proposed: needed(() => String, 'What it should say.'),
    reason: needed(() => String, 'Why.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestAmendment(@Called() call: Call<'requestAmendment'>): Promise<unknown> {
    return call.services.requestAmendment(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'Decides on an amendment; a denial names its ground.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    accept: needed(() => Boolean, 'True to accept.'),
    reason: needed(() => String, 'What the member is told.'),
    ground: [() => AmendmentDenialGround, 'The ground of a denial.'],
  })
  decideAmendment(@Called() call: Call<'decideAmendment'>): Promise<unknown> {
    return call.services.decideAmendment(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'What the member says to a denial: it travels with the record.' }) @Public()
  @Takes({ amendmentId: needed(() => ID, 'Which amendment.'), statement: needed(() => String, 'The statement.') })
  fileStatementOfDisagreement(@Called() call: Call<'fileStatementOfDisagreement'>): Promise<unknown> {
    return call.services.fileStatementOfDisagreement(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'The rebuttal of the privacy office, and the summary shown in place of a statement that reveals a class.' }) @Public()
  @Takes({
    amendmentId: needed(() => ID, 'Which amendment.'),
    rebuttal: [() => String, 'What the privacy office says to it.'],
    summary: [() => String, 'What is shown in its place.'],
  })
  answerStatement(@Called() call: Call<'answerStatement'>): Promise<unknown> {
    return call.services.answerStatement(call.args, call.context, call.info);
  }
}
