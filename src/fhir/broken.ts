/**
 * A resource that does not parse as its type: its file is broken and is rolled back whole. The message names the type and the
 * element, never what stands there.
 */
export class BrokenResource extends Error {
  constructor(readonly resourceType: string, readonly element: string, readonly expected: string) {
    super(`${resourceType}.${element}: expects ${expected}`);
    this.name = 'BrokenResource';
  }
}
/** A file that is no FHIR at all (not JSON, not gzip). The message says what is wrong, never what stands there. */
export class BrokenFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenFile';
  }
}
