/** Why a cell is withheld (policy section 9): a closed list. */
export const REASONS = [
  'MINIMUM_NECESSARY', 'PURPOSE_NOT_PERMITTED', 'AUTHORIZATION_REQUIRED', 'RESTRICTED', 'NO_RELATIONSHIP', 'OPTED_OUT',
  'AGREEMENT_REQUIRED', 'PLAN_GOVERNED', 'GRANT_REQUIRED', 'PSYCHOTHERAPY_NOTE', 'LEGAL_PROCEEDING',
] as const;
export type Reason = (typeof REASONS)[number];
