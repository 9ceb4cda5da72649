import { ID } from 'type-graphql';
import { Phi } from '../../directives/decorators';
import { Optional } from '../field';
import { DateTime } from '../scalars';
import { Dated, RecordFields, RecordShape } from './record';

@RecordShape('Medication', 'A medication that was prescribed, dispensed or reported.')
export class Medication extends RecordFields {
  @Optional(() => String, 'How it is taken.') dosage?: string | null;
  @Optional(() => ID, 'The practitioner who prescribed it.') prescriberId?: string | null;
  @Optional(() => DateTime, 'When it was begun.') @Dated() startedAt?: string | null;
  @Optional(() => DateTime, 'When it was ended.') @Dated() endedAt?: string | null;
}

@RecordShape('MedicationReview', 'What a professional found on looking through the medications of a member.')
export class MedicationReview extends RecordFields {
  @Optional(() => ID, 'The practitioner who reviewed.') reviewerId?: string | null;
  @Optional(() => String, 'What was found.') @Phi({ category: 'NOTE' }) findings?: string | null;
  @Optional(() => String, 'What is advised.') @Phi({ category: 'NOTE' }) recommendation?: string | null;
}
