import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { deleteRows, insertRows, updateRows } from '../entities/rows';
import { tableNamed } from '../entities/tables';
import { label_basis } from '../entities/tables/records';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';
import { classBit, classMask, classesOf, subtree, type SensitivityClass } from '../vocabulary/sensitivity';
import { findRecords, type FoundRecord } from './find-record';
import type { Office } from './office';
import { notFound } from './standing';
import { requireText } from './validate';
import { write } from './write';

/** A record as the resolver hands it on: it reads the rest itself. */
export interface RecordReference { type: RecordType; id: string; memberId: string }

/** The class column of the one basis row that says: by hand, the record bears no class of its own. */
export const NO_CLASS = 'NONE';
/** The rule and basis of labels set by hand: relabelling keeps them in place of what it would find. */
export const MANUAL = 'MANUAL';

/**
 * Replaces the labels that a record bears by itself; inherited ones stay until their source changes. Flagged when it lowers.
 * @throws BAD_USER_INPUT, NOT_FOUND
 */
export function relabelRecord(office: Office, caller: Caller, args: { recordId: string; classes: readonly SensitivityClass[]; reason: string }): Promise<RecordReference> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await findRecords(manager, args.recordId))[0]?.member_id ?? null;
  return write(office, caller, { mutation: 'relabelRecord', memberId, argument: 'recordId', clause: 'special-categories', reason: args.reason }, async ({ manager, standing }) => {
    requireText(args.reason, 'reason');
    const [record] = await findRecords(manager, args.recordId);
    if (!record || record.member_id !== standing.member.id) throw notFound('recordId');
    const labels = ownLabels(args.classes);
    await setOwnLabels(manager, record, labels);
    await office.relabelMember(manager, record.member_id);
    return { result: { type: record.type, id: record.id, memberId: record.member_id }, flagged: lowers(record.own_labels, labels) };
  });
}

async function setOwnLabels(manager: EntityManager, record: FoundRecord, labels: number): Promise<void> {
  const key = { member_id: record.member_id, record_type: record.type, record_id: record.id };
  await updateRows(manager, tableNamed(RECORD_TYPES[record.type].table), { member_id: record.member_id, id: record.id }, { own_labels: labels });
  await deleteRows(manager, label_basis, { ...key, own: 1 });
  await insertRows(manager, label_basis, (labels ? classesOf(labels) : [NO_CLASS]).map((each) =>
    ({ ...key, class: each, rule: MANUAL, basis: MANUAL, code_set: null, linked: null, own: 1 })));
}

/**
 * The classes as the officer names them: a parent stays beside its child, since each may be a fact of its own
 * (docs/adr/labelling-distinct-classes.md); but PART2 covers every substance.
 */
function ownLabels(classes: readonly SensitivityClass[]): number {
  const mask = classMask(classes);
  return mask & classBit('PART2') ? mask & ~classBit('SUD') : mask;
}

/** True where a class is gone, and no more specific one has come in its place. */
export const lowers = (before: number, after: number): boolean => classesOf(before).some((each) => (classMask(subtree(each)) & after) === 0);
