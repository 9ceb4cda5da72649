import { clause } from '../core/clause';
import { and, bound, during, eq, isIn, ofMember, row, value } from '../core/predicate';

/** An authorization in force that says "sale" and names this caller. */
export const soldWithAuthorization = and(ofMember, isIn(row('recipient'), bound('callerKeys')), eq(row('sale'), value(1)), during(row('start_at'), row('end_at')));

/** Notice: Sale of PHI. */
export const sale = clause({
  id: 'sale',
  title: 'Sale of PHI',
  citation: '45 CFR 164.502(a)(5)(ii)*, 164.508(a)(4)*',
  summary: 'What is disclosed for pay needs, member by member, an authorization that says so and names the buyer.',
  purposes: [],
  needsAuthorization: true,
  reading: 'A remunerated agreement opens nobody by itself: business-associates asks this clause for each member.',
});
