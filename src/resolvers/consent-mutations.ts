import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { needed, Takes } from '../schema/field';
import { AddressInput, Authenticity, AuthorizationInput, RecipientInput, RestrictionInput } from '../schema/inputs/rights';
import { Authorization, ConfidentialCommunication, MemberPrivacy, Restriction } from '../schema/privacy';
import { type Call, Called } from './call';

/** What a member allows, restricts and asks for, binding at once. */
@Resolver()
export class ConsentMutations {
  @Mutation(() => MemberPrivacy, { description: 'From now on no exchange reaches the member.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  optOutOfExchange(@Called() call: Call<'optOutOfExchange'>): Promise<unknown> {
    return call.services.optOutOfExchange(call.args, call.context, call.info);
  }

  @Mutation(() => MemberPrivacy, { description: 'Takes an opt-out back.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  optInToExchange(@Called() call: Call<'optInToExchange'>): Promise<unknown> {
    return call.services.optInToExchange(call.args, call.context, call.info);
  }

  @Mutation(() => Authorization, { description: 'Puts a signed authorization on record.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => AuthorizationInput, 'What was signed.') })
  recordAuthorization(@Called() call: Call<'recordAuthorization'>): Promise<unknown> {
    return call.services.recordAuthorization(call.args, call.context, call.info);
  }

  @Mutation(() => Authorization, { description: 'Revokes an authorization from this instant.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  revokeAuthorization(@Called() call: Call<'revokeAuthorization'>): Promise<unknown> {
    return call.services.revokeAuthorization(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Asks for a restriction; one on what was paid for in full binds at once.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    input: needed(() => RestrictionInput, 'What is asked for.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestRestriction(@Called() call: Call<'requestRestriction'>): Promise<unknown> {
    return call.services.requestRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Decides on a restriction that was asked for.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    agree: needed(() => Boolean, 'True to agree.'),
    response: needed(() => String, 'What the member is told.'),
  })
  decideRestriction(@Called() call: Call<'decideRestriction'>): Promise<unknown> {
    return call.services.decideRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Ends a restriction.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    reason: needed(() => String, 'Why.'),
    memberAgreed: [() => Boolean, 'False where the member did not agree: an agreed one then ends for later records alone.', { defaultValue: true }],
  })
  endRestriction(@Called() call: Call<'endRestriction'>): Promise<unknown> {
    return call.services.endRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => ConfidentialCommunication, { description: 'Asks to be reached in one way only; no reason is needed.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    telephone: [() => String, 'A telephone number.'],
    email: [() => String, 'An email address.'],
    address: [() => AddressInput, 'A postal address.'],
    recipients: [() => [RecipientInput], 'Others who are to know this way.'],
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestConfidentialCommunication(@Called() call: Call<'requestConfidentialCommunication'>): Promise<unknown> {
    return call.services.requestConfidentialCommunication(call.args, call.context, call.info);
  }
}
