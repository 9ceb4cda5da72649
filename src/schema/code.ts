import { Phi } from '../directives/decorators';
import { Optional, Shape } from './field';

// A code is the value of the field that leads to it, and that field bears the category: here it is structure that goes with it.
@Phi({ category: 'ADMINISTRATIVE' })
@Shape('Code', 'A code of a terminology (FHIR Coding).')
export class Code {
  @Optional(() => String, 'The code system.') system?: string | null;
  @Optional(() => String, 'The code in that system.') code?: string | null;
  @Optional(() => String, 'How it reads.') display?: string | null;
}
