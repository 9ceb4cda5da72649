/** Section 6: restrictions. AGREED ones narrow cells, PAID_IN_FULL ones hide records from plans and who serves them. */
import { CONNECTIONS, categoryOf } from './fields';
import { READINGS } from './readings';
import { anyCovers } from './classes';
import { inPeriod } from './instants';
import { isNamed } from './recipients';
import { isOwnRequest } from './minimum-necessary';
import { isWithin, permitsAny } from './purposes';
import type { Asking } from './asking';
import type { Category } from './fields';
import type { World, WorldRecord } from './world';

export type Restriction = World['restrictions'][number];

const inForce = (one: Restriction, now: string): boolean => inPeriod({ start: one.start, end: one.endedAt }, now);

/**
 * AGREED restrictions that bind this caller and purpose: "to every recipient but the member and the privacy office"; ETREAT
 * overrides them; a purpose named covers its whole subtree, since a prohibition is read widely.
 */
export function agreedBinding(who: Asking, memberId: string): Restriction[] {
  const { caller, index } = who;
  if (who.emergency || caller.role === 'PRIVACY_OFFICER' || isOwnRequest(caller, memberId)) return [];
  return (index.restrictionsOf.get(memberId) ?? []).filter((one) =>
    one.kind === 'AGREED' && one.status === 'ACCEPTED' && inForce(one, index.now)
    && (one.recipients.length === 0 || isNamed(one.recipients, caller))
    && (one.purposes.length === 0 || one.purposes.some((purpose) => isWithin(purpose, who.purpose))));
}

/** Every record of an encounter, and the encounter itself. */
const isOfEncounter = (record: WorldRecord, encounterId: string): boolean => record.encounterId === encounterId || record.id === encounterId;

/** "a restricted collection is empty": a coordinate such as Member.medications covers every cell of the records it leads to. */
const leadsTo = (named: string, record: WorldRecord | null): boolean => record !== null && CONNECTIONS.get(named) === record.type;

/**
 * Lesson F29: "a free-text field is hidden when any coded sibling is" (docs/adr/words-beside-a-hidden-code.md). By field of free text, or of what is
 * text where it is not coded: the coded siblings beside the code.
 */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  'Medication.dosage': [], 'Allergy.reaction': [], 'DiagnosticReport.conclusion': ['DiagnosticReport.category'], 'Document.title': [], 'Document.text': [], 'CarePlan.title': [], 'CarePlan.activities': [],
  'MedicationReview.findings': [], 'MedicationReview.recommendation': [], 'CareGap.measure': [], 'Claim.diagnoses': [], 'Observation.value': ['Observation.category'], 'Encounter.reason': [],
}));
function codedBeside(coordinate: string): string[] {
  const found = WORDS.get(coordinate);
  const type = coordinate.slice(0, coordinate.indexOf('.'));
  return found ? [...(type === 'Member' ? [] : [`${type}.code`]), ...found] : [];
}

/** Whether one AGREED restriction covers the cell, or a coded cell that its words would tell. */
export function hides(one: Restriction, coordinate: string, category: Category, record: WorldRecord | null, labels: readonly string[]): boolean {
  return covers(one, coordinate, category, record, labels)
    || codedBeside(coordinate).some((each) => covers(one, each, categoryOf(each) as Category, record, record === null ? [] : labels));
}

/** Each narrowing that is given must fit; what is left out does not narrow. */
function covers(one: Restriction, coordinate: string, category: Category, record: WorldRecord | null, labels: readonly string[]): boolean {
  if (one.categories.length > 0 && !one.categories.includes(category)) return false;
  if (one.coordinates.length > 0 && !one.coordinates.some((named) => named === coordinate || leadsTo(named, record))) return false;
  if (one.classes.length > 0 && !labels.some((label) => anyCovers(one.classes, label))) return false;
  if (one.encounterId !== null && (record === null || !isOfEncounter(record, one.encounterId))) return false;
  return one.recordId === null || record?.id === one.recordId;
}

/** "every caller whose role is HEALTH_PLAN or whose organization is a plan ...; PLAN_SERVICES; HIE_PARTICIPANT for HPAYMT and HOPERAT". */
function isKeptFromPaid(who: Asking): boolean {
  if (who.plan) return true;
  if (who.caller.role === 'BUSINESS_ASSOCIATE') {
    return who.agreements.some(
      (one) => one.kind === 'PLAN_SERVICES' && (READINGS.anyPlanServicesAgreementBinds || permitsAny(one.purposes, who.purpose)));
  }
  return who.caller.role === 'HIE_PARTICIPANT' && (isWithin('HPAYMT', who.purpose) || isWithin('HOPERAT', who.purpose));
}

/** The records that one PAID_IN_FULL hides: the encounter's; of a claim, its encounter's, else the claim and what cites it. */
function paidRecords(one: Restriction, records: readonly WorldRecord[]): WorldRecord[] {
  const named = records.find((record) => record.id === one.recordId);
  const encounterId = one.encounterId ?? (named?.type === 'Encounter' ? named.id : named?.encounterId ?? null);
  if (encounterId !== null) return records.filter((record) => isOfEncounter(record, encounterId) || record.id === one.recordId);
  const { recordId } = one;
  // A request that names nothing is not one that the office takes; until it is set right it hides every record.
  return recordId === null ? [...records] : records.filter((record) => record.id === recordId || record.cites.includes(recordId));
}

const NONE: ReadonlySet<string> = new Set();

/** Ids of the member's records that are paid in full and hidden from this caller; RECEIVED binds as ACCEPTED does. */
export function hiddenAsPaid(who: Asking, memberId: string): ReadonlySet<string> {
  if (!isKeptFromPaid(who)) return NONE;
  const binding = (who.index.restrictionsOf.get(memberId) ?? []).filter(
    (one) => one.kind === 'PAID_IN_FULL' && one.status !== 'DENIED' && inForce(one, who.index.now));
  const records = who.index.recordsOf.get(memberId) ?? [];
  return new Set(binding.flatMap((one) => paidRecords(one, records)).map((record) => record.id));
}
