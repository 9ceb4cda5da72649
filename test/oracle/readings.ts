/**
 * Where policy.md leaves a choice that neither its text nor a decision settles, the oracle's reading stands here by name, so
 * that a difference from the engine can be traced to one line. Each takes the side that protects the member.
 */
export const READINGS = {
  /**
   * Section 3: "a purpose without a column above is permitted ... under an authorization". ETREAT has the TREAT cell as its
   * column; an emergency in which consent cannot be had is not opened by a consent. So only the five roles have ETREAT.
   */
  emergencyByAuthorization: false,
  /** Section 3: "PRIVACY_OFFICER acts with HCOMPL alone" wins over "to any role but AUDITOR". */
  officerByAuthorization: false,
  /** Section 3: HOPERAT is a list for HEALTH_PLAN and HIE_PARTICIPANT; its other children are a dash, not "without a column". */
  unlistedOperationsByAuthorization: false,
  /** Section 3: GOVERNMENT_ID, "nobody else has it": no authorization opens it either. */
  governmentIdByAuthorization: false,
  /** Section 3: what the member asked for and signed is the member's and the office's; no authorization and no grant opens PRIVACY. */
  privacyByAuthorization: false,
  /**
   * Section 3: PATRQT, FAMRQT and PWATRNY stand in no column but have a rule of their own. Who has it reads by it alone: "what their
   * scope ... keeps from them is as if it did not exist" would not hold if an authorization opened it to the same caller.
   */
  ownRuleBesidesAuthorization: false,
  /** Design, law 2: a missing fact denies. A coverage or care-team entry whose start is unknown is not in force. */
  missingStartIsOpen: false,
  /** Section 4: a plan sees "no claim billed to another payer"; a claim of unknown payer is not known to be its own. */
  planSeesClaimOfUnknownPayer: false,
  /** Section 4 (42 CFR 2.14): "Part 2 records of a minor need the minor's signature": from every caller, not representatives alone. */
  minorSignsPart2ForEveryCaller: true,
  /** Section 4: an agreement of whose categories the purpose's cell leaves none reaches nobody: an id alone would serve nothing. */
  emptyAgreementReaches: false,
  /** Section 5, GDIS: "a named child that is not underwriting" of payment or operations is one that inherits from them; HCOMPL and its like do not. */
  namedOnlyIsNamedChild: false,
  /** Section 6: an associate is one "whose agreement is PLAN_SERVICES" when any agreement in force is, whichever it reads under. */
  anyPlanServicesAgreementBinds: true,
  /** Section 3: what a governing plan reads under a remunerated PLAN_SERVICES agreement needs the sale authorization too. */
  governingPlanNeedsSale: true,
  /** Section 7: "then reads those members, categories and records": records that are named limit every record of the grant, not its notes alone. */
  namedRecordsLimitAll: true,
  /** Section 7, "any": breaking the glass is not disclosure case by case, and "HMARKT and sale have no grant" (section 3). */
  anyPurposeIsEmergencyOrMarketing: false,
  /** Section 5: "what names a class covers its children": SUD in an order covers PART2 too, where the order for PART2 is stated. */
  grantOfParentCoversPart2: true,
  /** 42 CFR 2.14 asks for the minor's signature on a consent; what an order or a report opens rests on no consent. */
  grantAsksMinorsSignature: false,
} as const;
