import { classBit, classesOf } from '../vocabulary/sensitivity';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';
import type { LabelBasis } from './labels';

/** A record as the flow sees it. */
export interface FlowRecord {
  /** `Type/id`. */
  key: string; type: RecordType;
  /** The encounter's key part (its id); an encounter's own id. */
  encounterId: string | null;
  /** Own labels, bits of classes. */
  own: number;
  /** Keys of the records that it cites. */
  cites: string[];
}
export interface Inherited { inherited: number; bases: LabelBasis[] }

const PART2 = classBit('PART2');
const isNote = (type: RecordType): boolean => RECORD_TYPES[type].category === 'NOTE';

/**
 * The one-step flow (policy section 5): from an encounter to its records, from a record to what cites it, to the notes of an
 * encounter from its records, and PART2 to every record of the encounter. Only own labels flow, so a label never goes two
 * steps. Answers for every record, those that inherit nothing included; a class that the record bears itself is not inherited.
 */
export function flow(records: readonly FlowRecord[]): Map<string, Inherited> {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const encounters = groupByEncounter(records);
  return new Map(records.map((record) => [record.key, inheritedBy(record, byKey, encounters)]));
}

interface EncounterGroup { encounter: FlowRecord | null; labelled: FlowRecord[] }

function groupByEncounter(records: readonly FlowRecord[]): Map<string, EncounterGroup> {
  const groups = new Map<string, EncounterGroup>();
  for (const record of records) {
    if (!record.encounterId) continue;
    let group = groups.get(record.encounterId);
    if (!group) groups.set(record.encounterId, (group = { encounter: null, labelled: [] }));
    if (record.type === 'Encounter') group.encounter = record;
    if (record.own) group.labelled.push(record);
  }
  return groups;
}

function inheritedBy(record: FlowRecord, byKey: ReadonlyMap<string, FlowRecord>, encounters: ReadonlyMap<string, EncounterGroup>): Inherited {
  const result: Inherited = { inherited: 0, bases: [] };
  for (const key of record.cites) {
    const cited = byKey.get(key);
    if (cited && cited !== record) inherit(result, record, cited, cited.own, 'cites the record');
  }
  const group = record.encounterId ? encounters.get(record.encounterId) : undefined;
  if (!group) return result;
  if (group.encounter && group.encounter !== record) inherit(result, record, group.encounter, group.encounter.own, 'belongs to the encounter');
  for (const other of group.labelled) {
    if (other === record) continue;
    if (isNote(record.type)) inherit(result, record, other, other.own, 'note of the same encounter');
    else if (other.own & PART2) inherit(result, record, other, PART2, 'Part 2 record of the same encounter');
  }
  return result;
}

/** A class flows unless the record bears it by itself, or has it by another link. */
function inherit(result: Inherited, record: FlowRecord, from: FlowRecord, mask: number, rule: string): void {
  for (const name of classesOf(mask & ~record.own & ~result.inherited)) {
    result.inherited |= classBit(name);
    result.bases.push({ class: name, basis: 'LINKED', codeSet: null, rule, linked: from.key });
  }
}
