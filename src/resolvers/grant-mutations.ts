import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { Grant } from '../schema/administration';
import { needed, Takes } from '../schema/field';
import { GrantInput } from '../schema/inputs/administration';
import { type Call, Called } from './call';

/** Disclosures that the Notice allows case by case. */
@Resolver()
export class GrantMutations {
  @Mutation(() => Grant, { description: 'Asks for a disclosure under one clause, with what it demands.' }) @Public()
  @Takes({ input: needed(() => GrantInput, 'What is asked for.') })
  requestGrant(@Called() call: Call<'requestGrant'>): Promise<unknown> { return call.services.requestGrant(call.args, call.context, call.info); }

  @Mutation(() => Grant, { description: 'Decides on a grant; never the one who asked for it.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), approve: needed(() => Boolean, 'True to approve.'), reason: needed(() => String, 'Why.') })
  decideGrant(@Called() call: Call<'decideGrant'>): Promise<unknown> { return call.services.decideGrant(call.args, call.context, call.info); }

  @Mutation(() => Grant, { description: 'Ends an approved grant before it expires; what was read under it stays in the accounting.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), reason: needed(() => String, 'Why.') })
  endGrant(@Called() call: Call<'endGrant'>): Promise<unknown> { return call.services.endGrant(call.args, call.context, call.info); }
}
