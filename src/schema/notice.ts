import { ID } from 'type-graphql';
import { Public } from '../directives/decorators';
import { PurposeOfUse } from './enums';
import { Optional, Required, Shape } from './field';
import { DateScalar } from './scalars';

@Public()
@Shape('Clause', 'One clause of the Notice.')
export class Clause {
  @Required(() => ID, 'Its id: how decisions name it.') id: string;
  @Required(() => String, 'Its title.') title: string;
  @Required(() => String, 'The regulation behind it.') citation: string;
  @Required(() => String, 'What it allows or forbids, in short.') summary: string;
  @Required(() => [PurposeOfUse], 'The purposes that it speaks of.') purposes: string[];
  @Required(() => Boolean, 'True where it needs an authorization of the member.') needsAuthorization: boolean;
  @Required(() => Boolean, 'True where a disclosure under it is accounted.') accounted: boolean;
}

@Public()
@Shape('Notice', 'The Notice of Privacy Practices, in one version.')
export class Notice {
  @Required(() => String, 'The version.') version: string;
  @Required(() => String, 'Its title.') title: string;
  @Required(() => DateScalar, 'From which day it counts.') effectiveDate: string;
  @Optional(() => String, 'Where it is published.') url?: string | null;
  @Optional(() => String, 'Its text, or a summary where the deployer gave no text.') text?: string | null;
  @Required(() => [Clause], 'Its clauses, in its own order.') clauses: Clause[];
}
