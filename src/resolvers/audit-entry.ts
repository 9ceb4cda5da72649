import type { AuditEntry, AuditKind } from '../audit/entry';
import type { Caller } from '../identity/caller';
import { clauseOfPurpose } from '../query/plan/verdicts';
import { canonicalPurpose } from '../vocabulary/purposes';
import { classesOf } from '../vocabulary/sensitivity';
import type { Operation } from './operation';

/** The record of a call that was refused before it was decided: who, why, what was asked; nothing of a member. */
export const refusalEntry = (caller: Caller, noticeVersion: string, operation: string | null): AuditEntry => Object.freeze({
  at: caller.at, kind: 'READ', subject: caller.subject, role: caller.role, organization: caller.organization, purpose: caller.purpose, clause: null, operation,
  coordinates: [], members: [], labels: [], noticeVersion, outcome: 'DENY', flagged: canonicalPurpose(caller.purpose) === 'ETREAT', reason: caller.breakGlassReason,
  grant: caller.grant, requestId: caller.requestId, tokenId: caller.tokenId,
});

/** The record of an auditor's reading of the schema as a document: the same as of the query for it. */
export const schemaReadEntry = (caller: Caller, noticeVersion: string): AuditEntry => Object.freeze({
  ...refusalEntry(caller, noticeVersion, '__schema'), kind: 'INTROSPECTION', coordinates: ['Query.__schema'], outcome: 'PERMIT', flagged: false,
});

function kindOf({ caller, plan }: Operation): AuditKind {
  if (canonicalPurpose(caller.purpose) === 'ETREAT') return 'BREAK_GLASS';
  if (plan.roots.some((each) => each.name === '__schema' || each.name === '__type')) return 'INTROSPECTION';
  // Who asks how the policy decides about others does the work of the privacy office; no value of a member is read for it.
  if (plan.roots.some((root) => root.name === 'policy' && root.selections.some((each) => each.name === 'explain' || each.name === 'simulate'))) return 'ADMINISTRATION';
  return plan.kind === 'mutation' ? 'WRITE' : 'READ';
}

/** The record of an operation as far as it was read: whose data it touched, which fields, which labels were released. */
export function entryOf(operation: Operation, outcome: string): AuditEntry {
  const { caller, notice, plan, reading, verdicts, access } = operation;
  const { touched } = reading;
  // Sorted: statements of a level finish in any order, and the trail should not tell which came first.
  const coordinates = [...new Set([...verdicts.coordinates, ...touched.used])].sort();
  return Object.freeze({
    ...refusalEntry(caller, notice.version, plan.name ?? plan.roots.map((each) => each.name).join(' ')), kind: kindOf(operation),
    clause: touched.members.size > 0 ? clauseOfPurpose(access) : null, coordinates, members: [...touched.members].sort(), labels: classesOf(touched.labels), outcome,
    flagged: canonicalPurpose(caller.purpose) === 'ETREAT' || touched.alerted.size > 0,
  });
}
