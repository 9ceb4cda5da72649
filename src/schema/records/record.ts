import { ID, InterfaceType } from 'type-graphql';
import { Phi } from '../../directives/decorators';
import { RECORD_TYPES, type RecordType } from '../../vocabulary/records';
import { Code } from '../code';
import { Governance, SensitivityClassEnum } from '../enums';
import { Optional, Required, Shape } from '../field';
import { Amendment } from '../privacy';
import { DateTime } from '../scalars';

/**
 * What the thirteen record types share. `code`, `status` and `amendments` state no tag here: they have the category of the
 * type that implements them, and on the interface that of the best protected one. A value names its type in `__typename`.
 */
@InterfaceType('Record', {
  description: 'What every clinical record has.',
  resolveType: (value: { readonly __typename?: string }) => value.__typename,
})
export abstract class RecordFields {
  @Required(() => ID, 'Stable id: that of the imported resource.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) id: string;
  @Required(() => ID, 'Whose record it is.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) memberId: string;
  @Optional(() => Code, 'What it is about.') code?: Code | null;
  @Optional(() => String, 'Its status, as the source states it.') status?: string | null;
  @Optional(() => DateTime, 'When it was put on record.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'DATE' }) recordedAt?: string | null;
  @Optional(() => ID, 'The encounter that it belongs to.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) encounterId?: string | null;
  @Optional(() => [SensitivityClassEnum], 'The most specific classes that it reveals.') @Phi({ category: 'ADMINISTRATIVE' }) labels?: string[] | null;
  @Optional(() => Governance, 'What governs it.') @Phi({ category: 'ADMINISTRATIVE' }) governedBy?: string | null;
  @Optional(() => [Amendment], 'Accepted amendments with their history, denied ones with their statement of disagreement.') amendments?: Amendment[] | null;
}

/** A record type: its name, its description, and the category that the vocabulary gives to its fields. */
export const RecordShape = (name: RecordType, description: string): ClassDecorator => (target) => {
  Shape(name, description, [RecordFields])(target);
  Phi({ category: RECORD_TYPES[name].category })(target);
};

/** A reference from a record: identifies it as its own id does. */
export const Reference = () => Phi({ identifier: 'OTHER' });
/** A date of a person's life or care (164.514(b)(2)(i)(C)). */
export const Dated = () => Phi({ identifier: 'DATE' });
