import { drug, icd, lab, type VisitKind } from './visit-kinds';

const pressure = (systolic: number, diastolic: number): NonNullable<VisitKind['findings']>[number] => ({
  code: lab('85354-9', 'Blood pressure panel with all children optional'), category: 'vital-signs',
  parts: [
    { code: lab('8480-6', 'Systolic blood pressure'), value: systolic, unit: 'mm[Hg]' },
    { code: lab('8462-4', 'Diastolic blood pressure'), value: diastolic, unit: 'mm[Hg]' },
  ],
});

/** Visits that reveal nothing special, near misses among them: tobacco, peanuts, an alcohol-free mouth rinse. */
export const ORDINARY_VISITS: readonly VisitKind[] = Object.freeze([
  {
    key: 'diabetes', classes: [], reason: icd('E11.9', 'Type 2 diabetes mellitus without complications'), price: 182.4,
    note: 'Home readings a little high before breakfast. Feet looked at, sensation intact. Eye examination is due.',
    medications: [{ code: drug('861007', 'metformin hydrochloride 500 MG Oral Tablet'), dosage: '1 tablet twice daily with meals' }],
    findings: [{ code: lab('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'), value: 7.4, unit: '%' }, { code: lab('2339-0', 'Glucose [Mass/volume] in Blood'), value: 148, unit: 'mg/dL' }],
    activity: { text: 'Diabetic diet' },
  },
  {
    key: 'hypertension', classes: [], reason: icd('I10', 'Essential (primary) hypertension'), price: 121.1,
    note: 'Pressure measured three times at home each week. No headache, no swelling.',
    medications: [{ code: drug('314076', 'lisinopril 10 MG Oral Tablet'), dosage: '1 tablet each morning' }],
    findings: [pressure(138, 86)], activity: { text: 'Low salt diet' },
  },
  {
    key: 'cholesterol', classes: [], reason: icd('E78.5', 'Hyperlipidemia, unspecified'), price: 96.5,
    note: 'Asked about muscle aches: none. Walks to work.',
    medications: [{ code: drug('314231', 'simvastatin 10 MG Oral Tablet'), dosage: '1 tablet at night' }],
  },
  {
    key: 'asthma', classes: [], reason: icd('J45.20', 'Mild intermittent asthma, uncomplicated'), price: 133,
    note: 'Wheezes in cold air. Uses an alcohol-free mouth rinse after the inhaler. Never smoked.',
    findings: [{ code: lab('72166-2', 'Tobacco smoking status'), text: 'Never smoker', category: 'social-history' }],
  },
  {
    key: 'knee', classes: [], reason: icd('M17.11', 'Unilateral primary osteoarthritis, right knee'), price: 154.9,
    note: 'Stairs are hard in the morning. Swelling gone since last month.',
    medications: [{ code: drug('310965', 'ibuprofen 200 MG Oral Tablet'), dosage: '2 tablets when needed, at most three times a day' }],
    activity: { text: 'Joint mobility exercises' },
  },
  {
    key: 'sinusitis', classes: [], reason: icd('J01.90', 'Acute sinusitis, unspecified'), price: 88.2,
    note: 'Blocked nose for two weeks. Reacts to peanuts, carries an injector.',
    medications: [{ code: drug('308192', 'amoxicillin 500 MG Oral Tablet'), dosage: '1 tablet three times a day for 7 days', ended: true }],
  },
  {
    key: 'check-up', classes: [], reason: icd('Z00.00', 'Encounter for general adult medical examination without abnormal findings'), price: 210,
    note: 'Feels well. Sleeps seven hours. Vaccinations discussed.',
    findings: [pressure(121, 78), { code: lab('29463-7', 'Body weight'), value: 74.2, unit: 'kg', category: 'vital-signs' }],
  },
  {
    key: 'ankle', classes: [], reason: icd('S93.401A', 'Sprain of unspecified ligament of right ankle, initial encounter'), price: 240.75,
    note: 'Turned the ankle on a kerb. No fracture on the film.',
    medications: [{ code: drug('313782', 'acetaminophen 325 MG Oral Tablet'), dosage: '2 tablets every 6 hours when needed', ended: true }],
  },
] satisfies VisitKind[]);
