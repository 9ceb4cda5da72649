import { Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { BreachAssessment } from '../schema/administration';
import { needed, Takes } from '../schema/field';
import { BreachInput } from '../schema/inputs/administration';
import { type Call, Called } from './call';

/** What follows an incident. */
@Resolver()
export class BreachMutations {
  @Mutation(() => BreachAssessment, { description: 'Members whose unsecured PHI an incident reached, from the trail, and the notices that are due.' }) @Public()
  @Takes({ input: needed(() => BreachInput, 'The incident.') })
  assessBreach(@Called() call: Call<'assessBreach'>): Promise<unknown> { return call.services.assessBreach(call.args, call.context, call.info); }
}
