/**
 * Objects that are shown whole or not at all (design law 9): the nullable field that leads to one is what a decision is made
 * on, and its own fields cannot be hidden one by one.
 */
export const DECIDED_AS_A_WHOLE: ReadonlySet<string> = new Set([
  'GovernmentId', 'Coverage', 'CareTeamMember',
  // What stands below MemberPrivacy, and amendments wherever a record shows them.
  'MemberPrivacy', 'HieOptOut', 'Authorization', 'Recipient', 'Restriction', 'ConfidentialCommunication', 'Amendment', 'Representation',
  'PrivacyRequest', 'Fee', 'Reliance',
  'Accounting', 'Disclosure',
  // An alert without one of its parts would tell what the part was meant to hide.
  'InteractionAlert',
  // Answers of the privacy office to whoever may call the mutation; they name members by id.
  'Grant', 'BreachAssessment', 'PreviewLine', 'BreakGlassUse',
]);
