import { BEFORE_ALL, endOf, startOf } from '../dates';
import { object, text, type Json } from '../json';
import type { Mapping } from '../mapping';
import { payersOf } from '../payers';

const NO_COVERAGE = new Set(['cancelled', 'draft', 'entered-in-error']);

/** The rows of a Coverage: one for each payer, from the start of its period up to the day after its (inclusive) end. */
export function coverageRows(mapping: Mapping, coverage: Json, id: string, memberId: string, path: string): void {
  if (NO_COVERAGE.has(text(coverage.status) ?? 'active')) return;
  const period = object(coverage.period);
  const start = startOf(period?.start) ?? BEFORE_ALL;
  const end = endOf(period?.end);
  if (end && end <= start) return;
  payersOf(mapping, coverage, path).forEach((plan, index) => mapping.rows.push({ table: 'coverage', row: {
    member_id: memberId, id: index === 0 ? id : `${id}.${index}`, plan_id: plan, subscriber_id: text(coverage.subscriberId), start_at: start, end_at: end, basis: 'COVERAGE',
  } }));
}

export function mapCoverage(mapping: Mapping): void {
  const memberId = mapping.member(mapping.resource.beneficiary, 'beneficiary');
  if (memberId) coverageRows(mapping, mapping.resource, mapping.id, memberId, 'payor');
}
