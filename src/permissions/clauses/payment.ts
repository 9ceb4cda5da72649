import { clause, permit } from '../core/clause';
import { always, and, bound, eq, known, not, or, record, value, type Predicate } from '../core/predicate';
import { coveredLately, datedInCoverage, named, onCareTeam } from './relationships';

const isMember = eq(known('recordType'), value('Member'));
const isClaim = eq(known('recordType'), value('Claim'));
/** A claim that is not billed to this plan is not this plan's; one billed to nobody is the member's own affair. */
const billedToPlan = eq(record('plan_id'), bound('organization'));

/** A plan's rows: the member's own fields, and records dated inside a coverage period of the plan, no claim billed to another. */
export const rowsOfPlan: Predicate = or(isMember, and(datedInCoverage, or(not(isClaim), billedToPlan)));

/** Notice: Payment. */
export const payment = clause({
  id: 'payment',
  title: 'Payment',
  citation: '45 CFR 164.506(c)(1), (c)(3); minimum necessary 164.502(b)',
  summary: 'Billing staff, other providers for their own payment, and the plan that covers the member see what paying for care needs.',
  purposes: ['HPAYMT'],
  permits: [
    permit({ roles: ['WORKFORCE'], purposes: ['HPAYMT'], members: always }),
    permit({ roles: ['EXTERNAL_PROVIDER'], purposes: ['HPAYMT'], members: or(onCareTeam, named('CLAIM', 'ENCOUNTER')) }),
    permit({ roles: ['HEALTH_PLAN'], purposes: ['HPAYMT'], members: coveredLately, records: rowsOfPlan }),
  ],
  reading: 'A plan reaches whom it covers or covered within 24 months, and of them what is dated inside its coverage and billed to no other payer.',
});
