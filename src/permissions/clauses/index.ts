import { byState } from '../core/predicate';
import type { Clause } from '../core/clause';
import { coverMask } from '../../vocabulary/sensitivity';
import { DEFAULT_MINOR_CONSENT, type Jurisdiction } from '../jurisdictions/jurisdiction';
import { abuseVictims } from './abuse-victims';
import { access } from './access';
import { accounting } from './accounting';
import { amendment } from './amendment';
import { authorization } from './authorization';
import { breachNotification } from './breach-notification';
import { businessAssociates } from './business-associates';
import { complaints } from './complaints';
import { confidentialCommunications } from './confidential-communications';
import { coroners } from './coroners';
import { correctionalInstitutions } from './correctional-institutions';
import { coveredWorkforce } from './covered-workforce';
import { familyAbsent } from './family-absent';
import { familyPresent } from './family-present';
import { governmentFunctions } from './government-functions';
import { healthCareOperations } from './health-care-operations';
import { healthInformationExchange } from './health-information-exchange';
import { healthOversight } from './health-oversight';
import { judicialProceedings } from './judicial-proceedings';
import { lawEnforcement } from './law-enforcement';
import { marketing } from './marketing';
import { nonPhi } from './non-phi';
import { noticeChanges } from './notice-changes';
import { noticeCopy } from './notice-copy';
import { organDonation } from './organ-donation';
import { payment } from './payment';
import { planAdministration } from './plan-administration';
import { publicHealth } from './public-health';
import { requestAuthenticity } from './request-authenticity';
import { requiredByLaw } from './required-by-law';
import { research } from './research';
import { restrictions } from './restrictions';
import { sale } from './sale';
import { specialCategories } from './special-categories';
import { threatToSafety } from './threat-to-safety';
import { treatment } from './treatment';
import { workersCompensation } from './workers-compensation';

function deepFreeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) deepFreeze(each as object);
  return Object.freeze(value);
}

/** The clauses that allow disclosures case by case, in the Notice's order (policy section 7): the same law in every state. */
export const CASE_BY_CASE: readonly Clause[] = deepFreeze([
  familyPresent, familyAbsent, threatToSafety, publicHealth, abuseVictims, healthOversight, judicialProceedings, lawEnforcement, coroners, organDonation, research,
  governmentFunctions, correctionalInstitutions, workersCompensation, requiredByLaw,
]);

/** Every clause of the vocabulary, in the Notice's order, with the law of these states. */
export function clausesOf(jurisdictions: readonly Jurisdiction[]): readonly Clause[] {
  const minorConsent = byState(coverMask(DEFAULT_MINOR_CONSENT), Object.fromEntries(jurisdictions.map((each) => [each.state, coverMask(each.minorConsent.classes)])));
  return deepFreeze([
    coveredWorkforce, nonPhi, planAdministration, treatment, payment, healthCareOperations, businessAssociates,
    familyPresent, familyAbsent, threatToSafety, healthInformationExchange, publicHealth, abuseVictims, healthOversight, judicialProceedings, lawEnforcement, coroners,
    organDonation, research, governmentFunctions, correctionalInstitutions, workersCompensation, requiredByLaw,
    specialCategories(jurisdictions), authorization, marketing, sale, requestAuthenticity, restrictions, confidentialCommunications, access(minorConsent), amendment,
    accounting, noticeCopy, noticeChanges, complaints, breachNotification,
  ]);
}
