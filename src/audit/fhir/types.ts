/** FHIR R4 AuditEvent (https://hl7.org/fhir/R4/auditevent.html), as far as it is written here. */
export interface Coding { readonly system: string; readonly code: string; readonly display?: string }
export interface CodeableConcept { readonly coding: readonly Coding[] }
export interface Reference { readonly type?: string; readonly identifier?: { readonly system: string; readonly value: string }; readonly display?: string }
export interface Network { readonly address?: string; readonly type?: '1' | '2' | '3' | '4' | '5'; readonly extension?: readonly { readonly url: string; readonly valueCode: string }[] }
export interface Agent {
  readonly type: CodeableConcept; readonly who: Reference; readonly requestor: boolean; readonly role?: readonly CodeableConcept[]; readonly policy?: readonly string[];
  readonly network?: Network; readonly purposeOfUse?: readonly CodeableConcept[];
}
export interface Detail { readonly type: string; readonly valueString: string }
export interface Entity {
  readonly what?: Reference; readonly type: Coding; readonly role?: Coding; readonly securityLabel?: readonly CodeableConcept[]; readonly query?: string; readonly detail?: readonly Detail[];
}
export interface AuditEvent {
  readonly resourceType: 'AuditEvent'; readonly id: string; readonly meta?: { readonly profile: readonly string[] }; readonly type: Coding; readonly subtype?: readonly Coding[];
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E'; readonly recorded: string; readonly outcome: '0' | '4' | '8' | '12'; readonly outcomeDesc: string;
  readonly purposeOfEvent: readonly CodeableConcept[]; readonly agent: readonly Agent[];
  readonly source: { readonly site: string; readonly observer: Reference; readonly type: readonly Coding[] }; readonly entity: readonly Entity[];
}
