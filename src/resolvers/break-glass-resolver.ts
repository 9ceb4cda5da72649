import { ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { BreakGlassFinding, BreakGlassUse } from '../schema/break-glass';
import { needed, Takes } from '../schema/field';
import { LARGEST_PAGE } from '../vocabulary/page-size';
import { type Call, Called } from './call';

/** Emergencies, reviewed afterwards. */
@Resolver()
export class BreakGlassResolvers {
  @Query(() => [BreakGlassUse], { nullable: true, description: 'Emergencies that wait for a review, oldest first; or those reviewed, newest first.' }) @Public()
  @Takes({ reviewed: [() => Boolean, 'True for those reviewed.', { defaultValue: false }], first: [() => Int, `How many at most, 1 to ${LARGEST_PAGE}.`, { defaultValue: 50 }] })
  breakGlassReviews(@Called() call: Call<'breakGlassReviews'>): Promise<unknown> { return call.services.breakGlassReviews(call.args, call.context, call.info); }

  @Mutation(() => BreakGlassUse, { nullable: true, description: 'Puts on record what was found of an emergency; nobody reviews their own.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), finding: needed(() => BreakGlassFinding, 'What was found.'), note: needed(() => String, 'Why.') })
  reviewBreakGlass(@Called() call: Call<'reviewBreakGlass'>): Promise<unknown> { return call.services.reviewBreakGlass(call.args, call.context, call.info); }
}
