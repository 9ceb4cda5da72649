import { clause, permit } from '../core/clause';
import { always } from '../core/predicate';
import { rowsOfPlan } from './payment';
import { coveredNow } from './relationships';

/** Notice: Health Care Operations. */
export const healthCareOperations = clause({
  id: 'health-care-operations',
  title: 'Health Care Operations',
  citation: '45 CFR 164.506(c)(1), (c)(4)*; 164.501; minimum necessary 164.502(b)',
  summary: 'Staff run and improve the services, and the covering plan its case management and quality work; the privacy office oversees compliance.',
  purposes: ['HOPERAT', 'CAREMGT', 'HQUALIMP', 'HOUTCOMS', 'PERFMSR', 'PATSFTY', 'HACCRED', 'TRAIN', 'FRAUD', 'HCOMPL'],
  permits: [
    permit({ roles: ['WORKFORCE'], purposes: ['HOPERAT'], members: always }),
    permit({ roles: ['HEALTH_PLAN'], purposes: ['HOPERAT'], members: coveredNow, records: rowsOfPlan }),
    permit({ roles: ['PRIVACY_OFFICER'], purposes: ['HCOMPL'], members: always }),
  ],
  reading: 'For a plan, operations are the kinds that 164.506(c)(4) lets a covered entity disclose for, and no other; compliance (HCOMPL) is the privacy officer\'s alone.',
});
