import type { Answer } from '../query/run/shape';
import { fhirResources } from './fhir/resources';
import type { ExportFormat, ExportType } from './request';

/** What one answer becomes: the file (named by the type) and the line of each thing. */
export function shapeOfFormat(format: ExportFormat, type: ExportType, answer: Answer): readonly (readonly [file: string, value: unknown])[] {
  if (format === 'gateway') return [[type, answer]];
  return fhirResources(type, answer).map((each) => [each.resourceType, each]);
}
