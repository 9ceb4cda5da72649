import { byState } from '../core/predicate';
import type { Clause } from '../core/clause';
import { coverMask } from '../../vocabulary/sensitivity';
import { DEFAULT_MINOR_CONSENT, type Jurisdiction } from '../jurisdictions/jurisdiction';
import { access } from './access';
import { authorization } from './authorization';
import { businessAssociates } from './business-associates';
import { confidentialCommunications } from './confidential-communications';
import { coveredWorkforce } from './covered-workforce';
import { healthCareOperations } from './health-care-operations';
import { healthInformationExchange } from './health-information-exchange';
import { marketing } from './marketing';
import { nonPhi } from './non-phi';
import { payment } from './payment';
import { planAdministration } from './plan-administration';
import { restrictions } from './restrictions';
import { sale } from './sale';
import { specialCategories } from './special-categories';
import { treatment } from './treatment';

function deepFreeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) deepFreeze(each as object);
  return Object.freeze(value);
}

/** The clauses in the Notice's order, with the law of these states. */
export function clausesOf(jurisdictions: readonly Jurisdiction[]): readonly Clause[] {
  const minorConsent = byState(coverMask(DEFAULT_MINOR_CONSENT), Object.fromEntries(jurisdictions.map((each) => [each.state, coverMask(each.minorConsent.classes)])));
  return deepFreeze([
    coveredWorkforce, nonPhi, planAdministration, treatment, payment, healthCareOperations, businessAssociates, healthInformationExchange,
    specialCategories(jurisdictions), authorization, marketing, sale, restrictions, confidentialCommunications, access(minorConsent),
  ]);
}
