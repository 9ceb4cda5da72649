import type { DataSource, EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { organization } from '../entities/tables/directory';
import { authorization, hie_opt_out, restriction, type AuthorizationRow, type RestrictionRow } from '../entities/tables/privacy';
import type { Caller } from '../identity/caller';
import { authorizeCall } from '../privacy-office/authorize-call';
import { isSignedBy } from '../privacy-office/authorizations';
import { findRecords } from '../privacy-office/find-record';
import { standingTo } from '../privacy-office/standing';
import { inTransaction } from '../privacy-office/transaction';
import type { Purpose } from '../vocabulary/purposes';
import type { Recipient } from '../vocabulary/recipients';
import { RECORD_TYPES } from '../vocabulary/records';
import { ACT_CODE_SYSTEM, hl7CodesOf, type SensitivityClass } from '../vocabulary/sensitivity';
import type { Json } from './json';
import { OWN_TERMS } from './own-terms';

/** What the writing of a Consent needs to know of what it refers to. */
export interface Directory {
  /** Organizations that are exchanges: a denial for one of them means the opt-out. */
  readonly exchanges: ReadonlySet<string>;
  /** The FHIR type of a record, by its id. */
  readonly fhirTypes: ReadonlyMap<string, string>;
}

const PURPOSES = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const CLASSES = 'urn:phi-gateway:sensitivity-class';
const coding = (system: string, code: string): Json => ({ system, code });
const concept = (system: string, code: string): Json => ({ coding: [coding(system, code)] });

/** The code that says a class and no more: HL7's where it has one for the class itself, else the class by its own name. */
function labelOf(name: SensitivityClass): Json {
  if (name === 'PART2') return coding(ACT_CODE_SYSTEM, '42CFRPart2');
  return hl7CodesOf(name).includes(name) ? coding(ACT_CODE_SYSTEM, name) : coding(CLASSES, name);
}

/** A stored end is the first moment after; FHIR's is the last one in. */
const endOut = (end: string | null): Json => (end === null ? {} : { end: new Date(Date.parse(end) - 1).toISOString() });
const listed = <T>(json: string | null): T[] => (json === null ? [] : JSON.parse(json) as T[]);
const some = (name: string, all: readonly Json[]): Json => (all.length > 0 ? { [name]: all } : {});

function actorsOf(recipients: readonly Recipient[]): Json[] {
  return recipients.flatMap((each) => {
    const reference = each.organizationId ? `Organization/${each.organizationId}` : each.practitionerId ? `Practitioner/${each.practitionerId}` : null;
    return reference === null ? [] : [{ role: concept('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'), reference: { reference } }];
  });
}
const areReferences = (recipients: readonly Recipient[]): boolean => recipients.every((each) => Boolean(each.organizationId ?? each.practitionerId));

function consent(memberId: string, id: string, signedAt: string, active: boolean, rest: Json, terms: Json | null): Json {
  return {
    resourceType: 'Consent', id, ...(terms ? { modifierExtension: [{ url: OWN_TERMS, valueString: JSON.stringify(terms) }] } : {}), status: active ? 'active' : 'inactive',
    scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'), category: [concept('http://loinc.org', '59284-0')],
    patient: { reference: `Patient/${memberId}` }, dateTime: signedAt, ...rest,
  };
}
const purposesOut = (purposes: readonly Purpose[]): Json => some('purpose', purposes.map((each) => coding(PURPOSES, each)));

/**
 * An authorization as a Consent (FHIR R4). What FHIR cannot say (categories, a sale, a role or a subject as recipient) is in a modifier extension, so
 * that nobody who does not know it takes the Consent for more than was signed. A representative's signature is theirs: an importer cannot prove it.
 */
export function authorizationConsent(row: AuthorizationRow): Json {
  const recipients = listed<Recipient>(row.recipients);
  const exact = row.categories === null && row.sale === 0 && areReferences(recipients);
  const terms: Json = {
    kind: 'AUTHORIZATION', classes: listed(row.classes), categories: row.categories === null ? null : listed(row.categories), sale: row.sale === 1, purposes: listed(row.purposes), recipients,
  };
  return consent(row.member_id, row.id, row.signed_at, row.revoked_at === null, {
    performer: [row.signed_by_member === 1 ? { reference: `Patient/${row.member_id}` } : { display: row.signed_by }], policyRule: concept(ACT_CODE_SYSTEM, 'OPTIN'),
    provision: {
      type: 'permit', period: { start: row.start_at, ...endOut(row.end_at) }, ...some('actor', actorsOf(recipients)),
      ...some('securityLabel', listed<SensitivityClass>(row.classes).map(labelOf)), ...purposesOut(listed(row.purposes)),
    },
  }, exact ? null : terms);
}

function placesOut(row: RestrictionRow, { fhirTypes }: Directory): Json[] {
  const encounter = row.encounter_id === null ? [] : [{ meaning: 'related', reference: { reference: `Encounter/${row.encounter_id}` } }];
  const type = row.record_id === null ? undefined : fhirTypes.get(row.record_id);
  return [...encounter, ...(type ? [{ meaning: 'instance', reference: { reference: `${type}/${row.record_id}` } }] : [])];
}

/** A restriction in force as a Consent that denies; one that is not in force is inactive. What FHIR cannot say is in the modifier extension. */
export function restrictionConsent(row: RestrictionRow, directory: Directory): Json {
  const recipients = listed<Recipient>(row.recipients);
  const terms: Json = {
    kind: row.kind === 'PAID_IN_FULL' ? 'PAID_IN_FULL' : 'AGREED', classes: listed(row.classes), categories: listed(row.categories), coordinates: listed(row.coordinates), purposes: listed(row.purposes),
    recipients, encounterId: row.encounter_id, recordId: row.record_id, endsForLaterRecordsAt: row.ends_for_later_records_at,
  };
  const place = placesOut(row, directory);
  const exact = row.kind === 'AGREED' && row.categories === '[]' && row.coordinates === '[]' && areReferences(recipients) && row.ends_for_later_records_at === null
    && !recipients.some((each) => each.organizationId && directory.exchanges.has(each.organizationId))
    && (row.encounter_id === null || row.record_id === null) && place.length === (row.encounter_id ?? row.record_id ? 1 : 0);
  return consent(row.member_id, row.id, row.requested_at, row.status === 'ACCEPTED', {
    performer: [{ reference: `Patient/${row.member_id}` }], policyRule: concept(ACT_CODE_SYSTEM, 'OPTIN'),
    provision: {
      type: 'deny', period: { start: row.decided_at ?? row.requested_at, ...endOut(row.ended_at) }, ...some('actor', actorsOf(recipients)),
      ...some('securityLabel', listed<SensitivityClass>(row.classes).map(labelOf)), ...purposesOut(listed(row.purposes)), ...some('data', place),
    },
  }, exact ? null : terms);
}

/** The opt-out of exchanges, in force or over, as a Consent under HL7's opt-out policy. */
export const optOutConsent = (row: Row<typeof hie_opt_out>, at: string): Json =>
  consent(row.member_id, `optout-${row.since.replace(/\D/g, '')}`, row.since, row.since <= at && (row.ended_at === null || at < row.ended_at),
    { performer: [{ reference: `Patient/${row.member_id}` }], policyRule: concept(ACT_CODE_SYSTEM, 'OPTOUT') }, null);

/** All that a member signed, restricted and opted out of, as Consents: what the importer reads back is the same. */
export async function consentsOf(manager: EntityManager, memberId: string, at: string): Promise<Json[]> {
  const authorizations = await selectRows(manager, authorization, { member_id: memberId }, { orderBy: ['recorded_at', 'id'] });
  const restrictions = await selectRows(manager, restriction, { member_id: memberId, status: ['ACCEPTED', 'RECEIVED', 'DENIED', 'WITHDRAWN'] }, { orderBy: ['requested_at', 'id'] });
  const optOuts = await selectRows(manager, hie_opt_out, { member_id: memberId }, { orderBy: ['since'] });
  const exchanges = new Set((await selectRows(manager, organization, { kind: 'HIE' })).map((each) => each.id));
  const directory = { exchanges, fhirTypes: await fhirTypesOf(manager, memberId, restrictions.flatMap((each) => each.record_id ?? [])) };
  return [...authorizations.map(authorizationConsent), ...restrictions.map((each) => restrictionConsent(each, directory)), ...optOuts.map((each) => optOutConsent(each, at))];
}

/** Those that the caller may see: their own member's, all of them; a representative those that they signed or asked for. @throws NOT_FOUND, FORBIDDEN */
export function consentsSeenBy(source: DataSource, caller: Caller, memberId: string): Promise<Json[]> {
  const relationship = authorizeCall(caller, 'recordAuthorization');
  return inTransaction(source, async (manager) => {
    await standingTo(manager, caller, relationship, memberId, 'memberId');
    const all = await consentsOf(manager, memberId, caller.at);
    if (relationship !== 'REPRESENTATION') return all;
    const signed = (await selectRows(manager, authorization, { member_id: memberId })).filter((each) => isSignedBy(each, caller.subject));
    const asked = await selectRows(manager, restriction, { member_id: memberId, requested_by: caller.subject });
    const own = new Set([...signed, ...asked].map((each) => each.id));
    return all.filter((each) => own.has(String(each.id)));
  });
}

/** The FHIR type that each of these records was imported as; a record made here has none. */
async function fhirTypesOf(manager: EntityManager, memberId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  for (const id of new Set(ids)) {
    const record = (await findRecords(manager, id)).find((each) => each.member_id === memberId);
    if (!record) continue;
    const [row] = await manager.query(`SELECT source_type FROM \`${RECORD_TYPES[record.type].table}\` WHERE member_id = ? AND id = ?`, [memberId, id]) as { source_type: string }[];
    if (row && row.source_type !== record.type) types.set(id, row.source_type);
    else if (row && ['Condition', 'Observation', 'Immunization', 'Procedure', 'Encounter', 'DiagnosticReport', 'CarePlan', 'Claim'].includes(record.type)) types.set(id, record.type);
  }
  return types;
}
