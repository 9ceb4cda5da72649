import { ID } from 'type-graphql';
import { Phi } from '../../directives/decorators';
import { Code } from '../code';
import { Optional } from '../field';
import { DateTime } from '../scalars';
import { Dated, RecordFields, RecordShape, Reference } from './record';

@RecordShape('Condition', 'A diagnosis, problem or finding of note.')
export class Condition extends RecordFields {
  @Optional(() => DateTime, 'When it began.') @Dated() onsetAt?: string | null;
  @Optional(() => DateTime, 'When it ended.') @Dated() abatedAt?: string | null;
}

@RecordShape('Allergy', 'An allergy or intolerance.')
export class Allergy extends RecordFields {
  @Optional(() => String, 'How dangerous a reaction can be.') criticality?: string | null;
  @Optional(() => String, 'How the member reacted.') reaction?: string | null;
}

@RecordShape('Observation', 'A measurement or a simple statement; panels carry their parts in their value.')
export class Observation extends RecordFields {
  @Optional(() => String, 'The kind: vital-signs, laboratory, survey, …') category?: string | null;
  @Optional(() => String, 'What was found.') value?: string | null;
  @Optional(() => String, 'The unit of the value (UCUM).') unit?: string | null;
  @Optional(() => DateTime, 'When it was so.') @Dated() effectiveAt?: string | null;
}

@RecordShape('Immunization', 'A vaccine given, or not.')
export class Immunization extends RecordFields {
  @Optional(() => DateTime, 'When it was given.') @Dated() occurredAt?: string | null;
}

@RecordShape('Procedure', 'Something done for the member.')
export class Procedure extends RecordFields {
  @Optional(() => DateTime, 'When it was done.') @Dated() performedAt?: string | null;
}

@RecordShape('Encounter', 'A visit, stay or call.')
export class Encounter extends RecordFields {
  @Optional(() => String, 'The setting, by its v3-ActCode: AMB, IMP, EMER, VR, …') class?: string | null;
  @Optional(() => DateTime, 'When it began.') @Dated() start?: string | null;
  @Optional(() => DateTime, 'When it ended; the instant after the last.') @Dated() end?: string | null;
  @Optional(() => Code, 'Why it took place.') reason?: Code | null;
}

@RecordShape('DiagnosticReport', 'A report on tests, with what was concluded.')
export class DiagnosticReport extends RecordFields {
  @Optional(() => String, 'The kind of service that reports.') category?: string | null;
  // Free text of an author, as a note is.
  @Optional(() => String, 'What the author concludes.') @Phi({ category: 'NOTE' }) conclusion?: string | null;
  @Optional(() => DateTime, 'When it was so.') @Dated() effectiveAt?: string | null;
  @Optional(() => [ID], 'The observations that it reports.') @Reference() resultIds?: string[] | null;
}

@RecordShape('Document', 'A note or another text of an author.')
export class Document extends RecordFields {
  @Optional(() => ID, 'Who wrote it.') authorId?: string | null;
  @Optional(() => String, 'Its title.') title?: string | null;
  @Optional(() => String, 'Its text.') text?: string | null;
}
