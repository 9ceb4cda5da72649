import { createHash } from 'node:crypto';
import { meaningOfSecurity } from '../labelling/security-labels';
import { isPurpose, type Purpose } from '../vocabulary/purposes';
import type { Recipient } from '../vocabulary/recipients';
import type { Role } from '../vocabulary/roles';
import { CLASSES, type SensitivityClass } from '../vocabulary/sensitivity';
import { codingsOf, hasCode } from './codes';
import { BEFORE_ALL, earlierOf, endOf, laterOf, startOf } from './dates';
import { list, object, text, type Json } from './json';
import { kindsOf } from './map/directory';
import type { Mapping } from './mapping';
import { mapOwnTerms } from './own-terms';

/** A provision with what it takes over from the one around it (FHIR R4: a nested provision is an exception to its parent). */
interface Provision { json: Json; purposes: readonly Json[]; actors: readonly Json[]; labels: readonly Json[]; start: string | null; end: string | null }

/** OPTOUTE (with exceptions) is not among them: there the provisions say what is denied. */
const OPT_OUT_CODE = 'OPTOUT';
const OPT_OUT_POLICY = /opt-?out/i;
/** Roles of an actor that receive nothing by it. */
const NO_RECIPIENT = ['CST', 'CUST', 'AUT', 'GRANTOR', 'CONSENTER', 'DELEGATOR'];
/** What an authorization cannot say: a permit that narrows by these opens nothing. */
const NARROWING = ['data', 'dataPeriod', 'class', 'code'];
const ACTIONS = ['access', 'use', 'disclose', 'collect', 'correct'];

/**
 * Whom a permit for treatment, payment and operations means that names nobody (42 CFR 2.31(a)(4)(i)): those who treat, pay and run
 * it. An exchange is an intermediary and has to be named (docs/adr/imported-consents.md).
 */
const ROLES_OF: Readonly<Partial<Record<Purpose, readonly Role[]>>> = {
  TREAT: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'],
  HPAYMT: ['WORKFORCE', 'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN'],
  HOPERAT: ['WORKFORCE', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN'],
};

/** Turns a Consent into authorizations, agreed restrictions or the opt-out; what it cannot express opens nothing and is counted. */
export function mapConsent(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.patient, 'patient')) return;
  mapping.privacy = { authorizations: [], restrictions: [], optOut: null };
  if (text(resource.status) !== 'active') return void mapping.leftOut.push('it is not active');
  if (!hasCode(resource.scope, 'patient-privacy')) return void mapping.leftOut.push('its scope is not patient privacy');
  if (list(resource.modifierExtension).length > 0) return mapOwnTerms(mapping, () => isSignedByMember(mapping));
  if (isOptOutPolicy(resource)) return optOut(mapping);
  const root = object(resource.provision);
  if (!root) return void mapping.leftOut.push('it has no provision');
  read(mapping, nested({ json: {}, purposes: [], actors: [], labels: [], start: null, end: null }, root), null);
}

function isOptOutPolicy(resource: Json): boolean {
  const type = text(object(resource.provision)?.type);
  if (type === 'permit') return false;
  const rule = codingsOf(resource.policyRule).some((each) => each.code === OPT_OUT_CODE);
  return rule || list(resource.policy).some((each) => OPT_OUT_POLICY.test(text(each.uri) ?? ''));
}

function optOut(mapping: Mapping): void {
  if (mapping.privacy && mapping.memberId) mapping.privacy.optOut = { memberId: mapping.memberId, since: startOf(mapping.resource.dateTime) ?? BEFORE_ALL, channel: 'PAPER' };
}

function nested(parent: Provision, json: Json): Provision {
  const own = (name: 'purpose' | 'actor' | 'securityLabel', inherited: readonly Json[]): readonly Json[] => (list(json[name]).length ? list(json[name]) : inherited);
  const period = object(json.period);
  return {
    json, purposes: own('purpose', parent.purposes), actors: own('actor', parent.actors), labels: own('securityLabel', parent.labels),
    start: laterOf(parent.start, startOf(period?.start)), end: earlierOf(parent.end, endOf(period?.end)),
  };
}

function read(mapping: Mapping, provision: Provision, parentType: string | null): void {
  const type = text(provision.json.type);
  const exceptions = list(provision.json.provision).map((each) => nested(provision, each));
  if (type === 'deny') deny(mapping, provision);
  else if (type === 'permit') {
    const unsayable = exceptions.filter((each) => text(each.json.type) === 'deny' && !isSayable(each.json));
    if (unsayable.length) return void mapping.leftOut.push('it permits but for something that a restriction cannot say');
    permit(mapping, provision);
  } else mapping.leftOut.push('a provision neither permits nor denies');
  // What a denial excepts needs no permission of its own: an emergency overrides restrictions, and nothing else may.
  for (const each of exceptions) if (type !== 'deny' || text(each.json.type) === 'deny') read(mapping, each, type);
  if (type === 'deny' && exceptions.some((each) => text(each.json.type) !== 'deny') && parentType === null) mapping.leftOut.push('an exception to a denial opens nothing');
}

/** A denial can be said of records and encounters by name, not of dates, authors or kinds of content. */
const isSayable = (json: Json): boolean => !['dataPeriod', 'class', 'code'].some((each) => list(json[each]).length > 0)
  && list(json.data).every((each) => ['instance', 'related', 'dependents'].includes(text(each.meaning) ?? ''));

const purposesOf = (provision: Provision): Purpose[] => [...new Set(provision.purposes.flatMap((each) => {
  const code = text(each.code);
  return code && isPurpose(code) && !text(each.system)?.startsWith('http://example') ? [code] : [];
}))];

/** Recipients by what a caller's token can show: a practitioner is the practitioner of that claim, an organization the caller's own. */
function recipientsOf(mapping: Mapping, provision: Provision): { recipients: Recipient[]; exchange: boolean; unknown: number } {
  const recipients: Recipient[] = [];
  let exchange = false;
  let unknown = 0;
  for (const actor of provision.actors) {
    if (codingsOf(actor.role).some((each) => NO_RECIPIENT.includes(each.code ?? ''))) continue;
    const target = mapping.find(actor.reference, ['Practitioner', 'PractitionerRole', 'Organization'], 'provision.actor');
    const practitioner = target && mapping.practitioner(target, 'provision.actor');
    if (practitioner) recipients.push({ practitionerId: practitioner });
    else if (target?.type === 'Organization' && target.id) {
      exchange ||= (target.resource ? kindsOf(target.resource).stated : target.kind) === 'HIE';
      recipients.push({ organizationId: target.id });
    } else unknown += 1;
  }
  return { recipients, exchange, unknown };
}

/** Classes by their ActCodes; confidentiality R is all but psychotherapy notes in a permit, and all of them in a denial; N is none. */
function classesOf(labels: readonly Json[], denies: boolean): { classes: SensitivityClass[]; known: boolean } {
  const classes = new Set<SensitivityClass>();
  let known = labels.length === 0;
  for (const each of labels) {
    const code = text(each.code);
    const isLevel = /confidentiality/i.test(text(each.system) ?? '');
    const meant = isLevel ? (code === 'R' ? CLASSES : []) : meaningOfSecurity({ system: text(each.system), code })?.classes ?? null;
    if (meant === null) continue;
    known = true;
    for (const one of meant) if (denies || one !== 'PSYTHPN' || labels.length === 1 && !isLevel) classes.add(one);
  }
  return { classes: [...classes], known };
}

function permit(mapping: Mapping, provision: Provision): void {
  const { json } = provision;
  const { memberId, resource, now, privacy } = mapping;
  const leaveOut = (why: string): void => void mapping.leftOut.push(why);
  if (NARROWING.some((each) => list(json[each]).length > 0)) return leaveOut('a permit of particular data cannot be said by an authorization');
  if (!list(json.action).every((each) => codingsOf(each).some((one) => ACTIONS.includes(one.code ?? '')))) return leaveOut('a permit names an action that is not known');
  const purposes = purposesOf(provision);
  if (!purposes.length) return leaveOut('a permit names no purpose of the vocabulary');
  const named = recipientsOf(mapping, provision);
  const recipients = provision.actors.length ? named.recipients : [...new Set(purposes.flatMap((each) => ROLES_OF[each] ?? []))].map((role) => ({ role }));
  if (!recipients.length || (!provision.actors.length && !purposes.every((each) => ROLES_OF[each]))) return leaveOut('a permit names no recipient that a caller can be');
  const { classes, known } = classesOf(provision.labels, false);
  if (!known) return leaveOut('a permit names labels that are not known');
  const signedAt = startOf(resource.dateTime);
  if (!signedAt || signedAt > now) return leaveOut('it has no date of signature, or one in the future');
  if (!isSignedByMember(mapping)) return leaveOut('the member did not sign it, and a signer who represents them is not on record');
  const start = provision.start ?? signedAt;
  if (provision.end && provision.end <= start) return leaveOut('its period is empty');
  privacy?.authorizations.push({
    member_id: memberId as string, id: rowId(mapping, privacy.authorizations.length), classes: JSON.stringify(classes), categories: null, sale: 0, purposes: JSON.stringify(purposes),
    recipients: JSON.stringify(recipients), start_at: start, end_at: provision.end, signed_at: signedAt, signed_by: memberId as string, signed_by_member: 1, revoked_at: null, recorded_at: now,
    recorded_by: null, source: 'IMPORT',
  });
}

/** The performer is who signed. A signature of somebody else needs a representation, which a file cannot prove. */
function isSignedByMember(mapping: Mapping): boolean {
  const signers = list(mapping.resource.performer);
  return signers.length > 0 && signers.every((each) => mapping.find(each, ['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization'], 'performer')?.id === mapping.memberId);
}

function deny(mapping: Mapping, provision: Provision): void {
  const { json, purposes: given } = provision;
  const leaveOut = (why: string): void => void mapping.leftOut.push(why);
  const named = recipientsOf(mapping, provision);
  if (named.exchange) return optOut(mapping);
  if (!isSayable(json)) return leaveOut('a denial of dates, authors or kinds of content cannot be said by a restriction');
  const purposes = purposesOf(provision);
  if (given.length && !purposes.length) return leaveOut('a denial names no purpose of the vocabulary');
  if (provision.actors.length && !named.recipients.length) return leaveOut('a denial names no recipient that a caller can be');
  const { classes, known } = classesOf(list(json.securityLabel), true);
  if (!known) return leaveOut('a denial names labels that are not known');
  const places = placesOf(mapping, json);
  if (list(json.data).length && !places.length) return leaveOut('a denial names records that are not known');
  for (const place of places.length ? places : [{ encounter_id: null, record_id: null }]) restrict(mapping, provision, { ...place, purposes, classes, recipients: named.recipients });
}

type Place = { encounter_id: string | null; record_id: string | null };
const RECORDS = [
  'Encounter', 'Condition', 'Observation', 'Procedure', 'MedicationRequest', 'MedicationStatement', 'AllergyIntolerance', 'Immunization', 'DiagnosticReport', 'DocumentReference', 'CarePlan', 'Claim',
];
function placesOf(mapping: Mapping, json: Json): Place[] {
  return list(json.data).flatMap((each): Place[] => {
    const target = mapping.find(each.reference, RECORDS, 'provision.data');
    if (!target?.id) return [];
    return [target.type === 'Encounter' && text(each.meaning) !== 'instance' ? { encounter_id: target.id, record_id: null } : { encounter_id: null, record_id: target.id }];
  });
}

function restrict(mapping: Mapping, provision: Provision, what: Place & { purposes: Purpose[]; classes: SensitivityClass[]; recipients: Recipient[] }): void {
  const asked = startOf(mapping.resource.dateTime) ?? BEFORE_ALL;
  const { privacy } = mapping;
  privacy?.restrictions.push({
    member_id: mapping.memberId as string, id: rowId(mapping, privacy.restrictions.length), kind: 'AGREED', status: 'ACCEPTED', recipients: JSON.stringify(what.recipients),
    purposes: JSON.stringify(what.purposes), categories: '[]', classes: JSON.stringify(what.classes), coordinates: '[]', encounter_id: what.encounter_id, record_id: what.record_id, text: null,
    requested_at: asked, requested_by: null, decided_at: laterOf(asked, provision.start), decided_by: null, response: null, ended_at: provision.end, ends_for_later_records_at: null,
    channel: 'PAPER', source: 'IMPORT',
  });
}

/** What the ids of a Consent's further rows begin with: no other Consent has such an id by chance, as `${id}.1` well may be one's own. */
export const furtherRows = (id: string): string => `${id}.${createHash('sha256').update(id).digest('hex').slice(0, 8)}-`;
const rowId = (mapping: Mapping, place: number): string => (place === 0 ? mapping.id : `${furtherRows(mapping.id)}${place}`);
