import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { needed, Takes } from '../schema/field';
import { Authenticity } from '../schema/inputs/rights';
import { PrivacyRequest } from '../schema/privacy';
import { DateTime } from '../schema/scalars';
import { type Call, Called } from './call';

/** Requests to the privacy office with a due date. */
@Resolver()
export class RightsMutations {
  @Mutation(() => PrivacyRequest, { description: 'Asks for access to the own record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
    copies: [() => Boolean, 'True for copies on paper or media, which cost something.', { defaultValue: false }],
  })
  requestAccess(@Called() call: Call<'requestAccess'>): Promise<unknown> { return call.services.requestAccess(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'Asks for an accounting of disclosures.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    from: needed(() => DateTime, 'From when.'),
    to: needed(() => DateTime, 'Until when.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestAccounting(@Called() call: Call<'requestAccounting'>): Promise<unknown> {
    return call.services.requestAccounting(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Asks for a copy of the Notice.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), paper: needed(() => Boolean, 'True for one on paper.') })
  requestNoticeCopy(@Called() call: Call<'requestNoticeCopy'>): Promise<unknown> {
    return call.services.requestNoticeCopy(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Complains to the privacy office; nobody is treated worse for it.' }) @Public()
  @Takes({ memberId: [() => ID, 'Whom it is about.'], text: needed(() => String, 'The complaint.') })
  fileComplaint(@Called() call: Call<'fileComplaint'>): Promise<unknown> { return call.services.fileComplaint(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'The one extension by 30 days that access, amendment and accounting allow.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), reason: needed(() => String, 'Why; the member is told.') })
  extendRequest(@Called() call: Call<'extendRequest'>): Promise<unknown> { return call.services.extendRequest(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'Settles what waits for an answer and no decision; who asked is told it.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), response: needed(() => String, 'The answer.') })
  completeRequest(@Called() call: Call<'completeRequest'>): Promise<unknown> { return call.services.completeRequest(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, {
    description: 'Keeps one record from the access of its member on the written finding of a licensed professional (45 CFR 164.524(a)(2)-(3)).',
  }) @Public()
  @Takes({
    recordId: needed(() => ID, 'Which record.'),
    finding: needed(() => String, 'What was found.'),
    professionalId: needed(() => ID, 'Who found it.'),
  })
  withholdFromAccess(@Called() call: Call<'withholdFromAccess'>): Promise<unknown> {
    return call.services.withholdFromAccess(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Opens a withheld record to its member again, on the written finding of another licensed professional who reviewed the denial.' }) @Public()
  @Takes({ recordId: needed(() => ID, 'Which.'), finding: needed(() => String, 'What the reviewer found, in writing.'), professionalId: needed(() => ID, 'Who reviewed it; not who had it withheld.') })
  liftWithholding(@Called() call: Call<'liftWithholding'>): Promise<unknown> { return call.services.liftWithholding(call.args, call.context, call.info); }
}
