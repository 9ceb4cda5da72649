import { clause, prohibition } from '../core/clause';
import { and, bound, eq, exists, known, not, or, overlaps, record, value } from '../core/predicate';
import { soldWithAuthorization } from './sale';

/** The governing plan itself, under its agreement in force that lists the purpose and the category. */
const governedByCallersAgreement = and(
  eq(known('role'), value('HEALTH_PLAN')), eq(record('governing_plan_id'), bound('organization')), or(
    overlaps(known('planAgreementCategories'), known('categoryBit')),
    and(overlaps(known('remuneratedPlanCategories'), known('categoryBit')), exists('authorization_scope', soldWithAuthorization)),
  ),
);

/** Notice: "Information Covered by this Notice" (services administered for a plan). */
export const planAdministration = clause({
  id: 'plan-administration',
  title: 'Information that a health plan\'s own notice governs',
  citation: '45 CFR 164.504(e), 164.506; the agreement with the plan',
  summary: 'Records made while administering a plan\'s services follow that plan\'s agreement in place of the Notice.',
  purposes: ['HPAYMT', 'HOPERAT'],
  prohibits: [prohibition({
    level: 'CELL', reason: 'PLAN_GOVERNED', rule: 'plan-governed',
    exceptRoles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], exceptPurposes: ['ETREAT'],
    hides: and(eq(record('governed_by'), value('PLAN_AGREEMENT')), not(governedByCallersAgreement)),
  })],
  reading: 'Outside the plan\'s agreement only an emergency and the member\'s own request open such a record (docs/adr/plan-governed-records.md).',
});
