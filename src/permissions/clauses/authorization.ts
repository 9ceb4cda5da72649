import { clause, permit } from '../core/clause';
import { exists } from '../core/predicate';
import { PURPOSES } from '../../vocabulary/purposes';
import { ROLES } from '../../vocabulary/roles';
import { authorizesCategory } from './relationships';

/** Notice: "Uses or Disclosures That Require Your Authorization". */
export const authorization = clause({
  id: 'authorization',
  title: 'Uses or disclosures that require your authorization',
  citation: '45 CFR 164.508(a)(1), (b)(5), (c)',
  summary: 'A purpose that no other clause gives is open for the members who authorized it, to whom they named, in the categories they listed, until they revoke.',
  purposes: PURPOSES.filter((each) => each !== 'HMARKT'),
  permits: [permit({
    roles: ROLES.filter((each) => each !== 'AUDITOR' && each !== 'PRIVACY_OFFICER'), purposes: PURPOSES.filter((each) => each !== 'HMARKT'), categories: 'AUTHORIZED',
    members: exists('authorization_scope', authorizesCategory),
  })],
  needsAuthorization: true,
  reading: 'For treatment, payment and operations an authorization lifts special categories alone: it makes no relationship and widens no cell. Revocation acts on the next request.',
});
