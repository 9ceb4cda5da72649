/**
 * Policy sections 2 and 3 written down once more, by hand, from their text: what a test of the whole compares with. Nothing of the
 * product is used here.
 */
export const FIELDS: Readonly<Record<string, string>> = {
  memberNumber: 'IDENTITY', name: 'IDENTITY', preferredName: 'IDENTITY', birthDate: 'IDENTITY', gender: 'IDENTITY', genderIdentity: 'IDENTITY', pronouns: 'IDENTITY', deceasedAt: 'IDENTITY',
  contact: 'CONTACT', governmentIds: 'GOVERNMENT_ID', coverages: 'COVERAGE', careTeam: 'CARE_TEAM', privacy: 'PRIVACY',
  conditions: 'CLINICAL', allergies: 'CLINICAL', observations: 'CLINICAL', immunizations: 'CLINICAL', procedures: 'CLINICAL', encounters: 'CLINICAL', diagnosticReports: 'CLINICAL',
  medications: 'MEDICATION', medicationReviews: 'MEDICATION', documents: 'NOTE', carePlans: 'CARE_MANAGEMENT', careGaps: 'CARE_MANAGEMENT', claims: 'FINANCIAL',
};
/** Null for a member that has no such value, whoever asks. */
export const MAY_BE_ABSENT = ['preferredName', 'genderIdentity', 'pronouns', 'deceasedAt', 'contact'];

const CLINICIAN = 'IDENTITY CONTACT COVERAGE CARE_TEAM CLINICAL MEDICATION CARE_MANAGEMENT NOTE';
const PAYING = 'IDENTITY COVERAGE FINANCIAL';
export const CELLS: Readonly<Record<string, string>> = {
  'PHARMACIST TREAT': CLINICIAN, 'PHARMACIST ETREAT': CLINICIAN, 'NURSE TREAT': CLINICIAN, 'NURSE ETREAT': CLINICIAN, 'HEALTHCARE_PROFESSIONAL TREAT': CLINICIAN,
  'WORKFORCE HPAYMT': 'IDENTITY CONTACT COVERAGE FINANCIAL', 'WORKFORCE HOPERAT': 'IDENTITY CARE_TEAM CLINICAL MEDICATION CARE_MANAGEMENT',
  'EXTERNAL_PROVIDER TREAT': CLINICIAN, 'EXTERNAL_PROVIDER HPAYMT': PAYING,
  'HEALTH_PLAN HPAYMT': PAYING, 'HEALTH_PLAN HOPERAT': 'IDENTITY CONTACT COVERAGE CLINICAL MEDICATION CARE_MANAGEMENT', 'HEALTH_PLAN CAREMGT': 'IDENTITY CONTACT COVERAGE CLINICAL MEDICATION CARE_MANAGEMENT',
  'HIE_PARTICIPANT TREAT': 'IDENTITY CLINICAL MEDICATION CARE_MANAGEMENT CARE_TEAM', 'HIE_PARTICIPANT HPAYMT': PAYING, 'HIE_PARTICIPANT HOPERAT': 'IDENTITY CLINICAL MEDICATION CARE_MANAGEMENT',
  'MEMBER PATRQT': `${CLINICIAN} GOVERNMENT_ID FINANCIAL PRIVACY`, 'PERSONAL_REPRESENTATIVE PWATRNY': `${CLINICIAN} GOVERNMENT_ID FINANCIAL PRIVACY`,
  'PRIVACY_OFFICER HCOMPL': 'IDENTITY CONTACT PRIVACY',
  // As the agreement of the test lists it.
  'BUSINESS_ASSOCIATE HPAYMT': 'IDENTITY FINANCIAL', 'BUSINESS_ASSOCIATE HOPERAT': 'IDENTITY CLINICAL',
};

/** Words of the sample members' records (and of records like them) that tell of a class. */
export const WORDS: Readonly<Record<string, RegExp>> = {
  HIV: /\bHIV\b|immunodeficiency virus|antiretroviral|bictegravir|emtricitabine|tenofovir|viral load|\bB20\b/i,
  SUD: /alcohol (dependence|abuse)|is an alcoholic|disulfiram|opioid|methadone|buprenorphine|naloxone|cocaine|\bF1[0-9]\.\d|\bH00(01|20)\b|drug screen|relapsed twice|\bsober\b/i,
  PSY: /depress|sertraline|low mood|borderline|personality disorder|dialectical|\bF33\.|\bF60\.|PHQ-9/i,
  STD: /chlamydia|\bA56\./i,
  GDIS: /BRCA|genetic|\bZ15\./i,
  SDV: /abuse by|physical abuse|partner abuse|violence|\bHARK\b|Rape|\bT74\./i,
  SEX: /contracepti|estradiol|pregnan|abortion|mifepristone|infertility|letrozole|fertility treatment|sexual|transsexual|gender-affirming|gender identity|\bZ3[034]\.|\bF64\./i,
  PSYTHPN: /flooded house/i,
};
