/** Section 6: records that a plan's agreement governs in place of the Notice. */
import { READINGS } from './readings';
import { allowsSale, naming } from './authorizations';
import { permitsAny } from './purposes';
import type { Asking } from './asking';
import type { Category } from './fields';
import type { WorldRecord } from './world';

/**
 * Whether the governing agreement lets a caller with a cell of section 3 see the category: the governing plan as HEALTH_PLAN
 * while its agreement lists both; anyone in an emergency. The member's own rules do not ask here.
 */
export function planAgreementAllows(who: Asking, record: WorldRecord, category: Category): boolean {
  if (record.governedBy === 'NOTICE' || who.emergency) return true;
  if (who.caller.role !== 'HEALTH_PLAN' || record.governingPlanId === null || record.governingPlanId !== who.caller.organizationId) return false;
  return who.agreements.some((one) =>
    one.kind === 'PLAN_SERVICES' && permitsAny(one.purposes, who.purpose) && one.categories.includes(category)
    && (!one.remunerated || !READINGS.governingPlanNeedsSale || allowsSale(naming(who, record.memberId))));
}
