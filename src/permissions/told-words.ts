/**
 * Columns that hold a code where the sender gave one, and the sender's own words where not (an amendment puts words there too). In the forms
 * without identifiers only these values are told: the codes of the HL7 value sets that the elements are bound to, and the usual units (UCUM,
 * with the spellings that senders use). Anything else may be words, and words may name somebody (164.514(b)(2)(i)(R)).
 */
export const TOLD_WORDS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  gender: ['male', 'female', 'other', 'unknown'],
  status: [
    'active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved', 'unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error', 'on-hold', 'cancelled', 'completed',
    'stopped', 'suspended', 'aborted', 'draft', 'unknown', 'intended', 'not-taken', 'ended', 'registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'not-done', 'preparation',
    'in-progress', 'planned', 'arrived', 'triaged', 'onleave', 'onhold', 'finished', 'discharged', 'discontinued', 'current', 'superseded', 'revoked', 'rejected', 'proposed', 'open', 'closed',
  ],
  criticality: ['low', 'high', 'unable-to-assess', 'CRITL', 'CRITH', 'CRITU'],
  class: [
    'AMB', 'EMER', 'FLD', 'HH', 'IMP', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'VR', 'inpatient', 'outpatient', 'ambulatory', 'emergency', 'home', 'field', 'daytime', 'virtual', 'other',
  ],
  category: [
    'social-history', 'vital-signs', 'imaging', 'laboratory', 'procedure', 'survey', 'exam', 'therapy', 'activity', 'sdoh', 'functional-status', 'disability-status', 'cognitive-status', 'clinical-test',
    'AU', 'BG', 'BLB', 'CG', 'CUS', 'CTH', 'CT', 'CH', 'CP', 'EC', 'EN', 'GE', 'HM', 'ICU', 'IMM', 'LAB', 'MB', 'MCB', 'MYC', 'NMS', 'NMR', 'NRS', 'OUS', 'OT', 'OTH', 'OSL', 'PAR', 'PHR', 'PT', 'PHY', 'PF',
    'RAD', 'RX', 'RUS', 'RC', 'RT', 'SR', 'SP', 'TX', 'VUS', 'VR', 'XRC', '34117-2', '51847-2', '11506-3', 'LP29684-5', 'LP29693-6', 'LP29708-2', 'LP7839-6',
  ],
  currency: Intl.supportedValuesOf('currency'),
  unit: [
    '1', '%', '{score}', '{count}', '{#}', '{nominal}', '{copies}/mL', '{logmar}', '{T-score}', '{INR}', '{ratio}', '[pH]', 'pH', 'mm[Hg]', 'mmHg', 'mm', 'cm', 'm', '[in_i]', 'in', 'ft', 'g', 'kg', 'mg', 'ug', 'ng', 'pg', '[lb_av]', 'lb',
    'lbs', 'kg/m2', 'Cel', 'C', '[degF]', 'F', 'degF', '/min', 'beats/min', 'beats/minute', 'breaths/min', 'breaths/minute', '/[HPF]', '/[LPF]', '/a', '/d', '/wk', 'mg/dL', 'g/dL', 'g/L', 'mg/L', 'ug/L', 'ug/dL', 'ug/mL', 'ng/mL', 'ng/dL',
    'ng/L', 'pg/mL', 'mmol/L', 'umol/L', 'nmol/L', 'pmol/L', 'mol/L', 'meq/L', 'mEq/L', 'U/L', 'kU/L', 'IU/L', 'IU/mL', 'U/mL', '[IU]/L', '[IU]/mL', 'm[IU]/L', 'm[IU]/mL', 'u[IU]/mL', 'mIU/L', 'uIU/mL', '10*3/uL', '10*6/uL', '10*9/L', '10*12/L',
    'K/uL', 'M/uL', 'cells/uL', '{cells}/uL', '/uL', '/mm3', 'fL', 'mg/g', 'mg/mmol', 'mg/d', 'mg/(24.h)', 'g/(24.h)', 'mL', 'L', 'dL', 'mL/min', 'mL/min/1.73m2', 'mL/min/{1.73_m2}', 'mL/min/1.73.m2', 'L/min', 's', 'sec', 'min', 'h', 'd', 'wk',
    'mo', 'a', 'ms', 'mm/h', 'mm/hr', 'kPa', 'Pa', 'cm[H2O]', 'kcal', 'mV', 'yr', 'yrs', 'year', 'years', 'month', 'months', 'week', 'weeks', 'day', 'days', 'hour', 'hours', '{drinks}/d', '{drinks}/wk', '{pack-years}', '{cigarettes}/d',
  ],
});

/** Observations that tell an age in years: LOINC, as HL7's LOINCObservationActContextAgeType lists them with their relatives, and SNOMED CT. */
export const AGE_CODES: readonly string[] = Object.freeze([
  '30525-0', '21612-7', '21611-9', '29553-5', '30972-4', '63900-5', '35659-2', '39016-1', '46251-5', '42797-1', '397669002', '424144002', '445518008', '397659008',
]);
/** How years are written as a unit: what is counted in years is taken for an age, whatever its code. */
export const YEAR_UNITS: readonly string[] = Object.freeze(['a', 'yr', 'yrs', 'year', 'years']);
