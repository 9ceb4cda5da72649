import { registerEnumType } from 'type-graphql';
import { Phi } from '../directives/decorators';
import { DataCategory, PurposeOfUse, RoleEnum, SensitivityClassEnum } from './enums';
import { Optional, Required, Shape } from './field';
import { Recipient } from './privacy';

export const PreviewChange = Object.freeze({ GAINS: 'GAINS', LOSES: 'LOSES' } as const);
registerEnumType(PreviewChange, { name: 'PreviewChange', description: 'Whether more is seen than before, or less.' });

@Phi({ category: 'PRIVACY' })
@Shape('PreviewLine', 'What a choice of the member would change, by recipient, purpose, category and class, whatever is in the record.')
export class PreviewLine {
  @Required(() => PreviewChange, 'More or less.') change: string;
  @Optional(() => Recipient, 'For whom; none: for everyone.') recipient?: Recipient | null;
  @Required(() => [RoleEnum], 'In which roles.') roles: string[];
  @Required(() => PurposeOfUse, 'For what.') purpose: string;
  @Required(() => DataCategory, 'Which category.') category: string;
  @Optional(() => SensitivityClassEnum, 'Of which class; none: what bears none of those that are named.') sensitivity?: string | null;
}
