/** The clause ids of the Notice (policy section 10), in the Notice's order. */
export const CLAUSE_IDS = [
  'covered-workforce', 'non-phi', 'plan-administration', 'treatment', 'payment', 'health-care-operations', 'business-associates',
  'family-present', 'family-absent', 'threat-to-safety', 'health-information-exchange', 'public-health', 'abuse-victims',
  'health-oversight', 'judicial-proceedings', 'law-enforcement', 'coroners', 'organ-donation', 'research', 'government-functions',
  'correctional-institutions', 'workers-compensation', 'required-by-law', 'special-categories', 'authorization', 'marketing', 'sale',
  'request-authenticity', 'restrictions', 'confidential-communications', 'access', 'amendment', 'accounting', 'notice-copy',
  'notice-changes', 'complaints', 'breach-notification',
] as const;
export type ClauseId = (typeof CLAUSE_IDS)[number];
