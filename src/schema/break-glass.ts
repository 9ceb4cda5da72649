import { ID, registerEnumType } from 'type-graphql';
import { Phi, Public } from '../directives/decorators';
import { REVIEW_FINDINGS, type ReviewFinding } from '../vocabulary/review-findings';
import { Optional, Required, Shape } from './field';
import { DateTime } from './scalars';

/** What the privacy office found of an emergency. */
export const BreakGlassFinding = Object.freeze(Object.fromEntries(REVIEW_FINDINGS.map((each) => [each, each]))) as Readonly<Record<ReviewFinding, ReviewFinding>>;
registerEnumType(BreakGlassFinding, { name: 'BreakGlassFinding', description: 'What the privacy office found of an emergency.' });

@Public()
@Shape('BreakGlassUse', 'An emergency: a member was opened to somebody for an hour, or read by an exchange, which opens nobody; and its review.')
export class BreakGlassUse {
  @Required(() => ID, 'What reviewBreakGlass names.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) id: string;
  @Required(() => ID, 'Who, by the subject of the token.') subject: string;
  @Required(() => ID, 'Whose record was opened.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) memberId: string;
  @Required(() => DateTime, 'When.') openedAt: string;
  @Required(() => DateTime, 'Until when; as openedAt where nobody was opened.') expiresAt: string;
  @Required(() => String, 'The reason that was stated.') @Phi({ category: 'ADMINISTRATIVE' }) reason: string;
  @Optional(() => BreakGlassFinding, 'What was found; null while it waits.') finding?: ReviewFinding | null;
  @Optional(() => String, 'What the reviewer noted.') @Phi({ category: 'ADMINISTRATIVE' }) note?: string | null;
  @Optional(() => ID, 'Who reviewed it.') reviewedBy?: string | null;
  @Optional(() => DateTime, 'When.') reviewedAt?: string | null;
}
