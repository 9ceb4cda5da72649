import type { Answer } from '../../query/run/shape';
import type { ExportType } from '../request';
import type { Resource } from './elements';
import { memberResources } from './member';
import { RECORDS } from './records';

/**
 * The FHIR R4 resources of one answer (http://hl7.org/fhir/R4): only what the answer has. A cell that the caller may not see is no element, and
 * where R4 demands the element it bears data-absent-reason `masked`.
 */
export function fhirResources(type: ExportType, answer: Answer): readonly Resource[] {
  return type === 'Member' ? memberResources(answer) : [RECORDS[type](answer)];
}
