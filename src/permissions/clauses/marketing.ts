import { clause, permit } from '../core/clause';
import { exists } from '../core/predicate';
import { ROLES } from '../../vocabulary/roles';
import { authorizesCategory } from './relationships';

/** Notice: Marketing. */
export const marketing = clause({
  id: 'marketing',
  title: 'Marketing',
  citation: '45 CFR 164.501, 164.508(a)(3)',
  summary: 'Marketing reaches only members who authorized it by name; without a list of categories it sees identity and contact.',
  purposes: ['HMARKT'],
  permits: [permit({
    roles: ROLES.filter((each) => each !== 'AUDITOR' && each !== 'PRIVACY_OFFICER'), purposes: ['HMARKT'], categories: 'AUTHORIZED', members: exists('authorization_scope', authorizesCategory),
  })],
  needsAuthorization: true,
  reading: 'A reminder about a medication that the member takes is treatment, not marketing. No grant opens this purpose.',
});
