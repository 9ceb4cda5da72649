import { drug, icd, lab, service, type VisitKind } from './visit-kinds';

/** Substance use, mental health, violence. */
const BEHAVIOURAL: VisitKind[] = [
  {
    key: 'part2-program', classes: ['PART2', 'OPIOIDUD'], reason: icd('F11.20', 'Opioid dependence, uncomplicated'), price: 310, performedAt: 'org-part2', performer: 'prac-counselor-1',
    note: 'Attends the opioid treatment program daily. Methadone dose steady. No cravings this week.',
    medications: [{ code: drug('864706', 'methadone hydrochloride 10 MG Oral Tablet'), dosage: '6 tablets daily under observation' }],
    procedure: service('H0020', 'Alcohol and/or drug services; methadone administration and/or service'), security: ['42CFRPart2'],
    activity: { text: 'Opioid use disorder counselling' },
  },
  {
    key: 'opioid', classes: ['OPIOIDUD'], reason: icd('F11.20', 'Opioid dependence, uncomplicated'), price: 205.5,
    note: 'Stable on buprenorphine since spring. Takes clonazepam for sleep now and then; told about the danger of both together.',
    medications: [
      { code: drug('351267', 'buprenorphine 8 MG / naloxone 2 MG Sublingual Tablet'), dosage: '1 tablet under the tongue each morning' },
      { code: drug('197527', 'clonazepam 0.5 MG Oral Tablet'), dosage: '1 tablet at night when needed' },
    ],
  },
  {
    key: 'alcohol', classes: ['ETHUD'], reason: icd('F10.20', 'Alcohol dependence, uncomplicated'), price: 176,
    note: 'Is an alcoholic, sober for four months. Goes to meetings twice a week.',
    medications: [{ code: drug('197623', 'disulfiram 250 MG Oral Tablet'), dosage: '1 tablet each morning' }],
    findings: [{ code: lab('5643-2', 'Ethanol [Mass/volume] in Serum or Plasma'), value: 0, unit: 'mg/dL' }], activity: { text: 'Alcohol rehabilitation' },
  },
  {
    key: 'cocaine', classes: ['SUD'], reason: icd('F14.20', 'Cocaine dependence, uncomplicated'), price: 190.2,
    note: 'Relapsed twice since the last visit. Drug screen agreed.',
    findings: [{ code: lab('3397-7', 'Cocaine [Presence] in Urine'), text: 'Positive' }], procedure: service('H0001', 'Alcohol and/or drug assessment'),
  },
  {
    key: 'depression', classes: ['PSY'], reason: icd('F33.1', 'Major depressive disorder, recurrent, moderate'), price: 165.8,
    note: 'Low mood since winter, sleeps badly, no thoughts of self-harm. Antidepressant continued.',
    medications: [{ code: drug('312941', 'sertraline 50 MG Oral Tablet'), dosage: '1 tablet each morning' }],
    findings: [{ code: lab('44261-6', 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]'), value: 14, unit: '{score}', category: 'survey' }],
  },
  {
    key: 'personality', classes: ['PERSONALITY'], reason: icd('F60.3', 'Borderline personality disorder'), price: 220, performer: 'prac-psychologist-1',
    note: 'Follows the skills group for borderline personality disorder. Quarrels at work are fewer.', activity: { text: 'Dialectical behaviour therapy' },
  },
  {
    key: 'violence', classes: ['SDV'], reason: icd('T74.11XA', 'Adult physical abuse, confirmed, initial encounter'), price: 412,
    note: 'Victim of intimate partner abuse. Bruises on both arms. Safe place arranged for tonight.',
    findings: [{ code: lab('76499-3', 'Humiliation, Afraid, Rape, and Kick questionnaire [HARK]'), value: 3, unit: '{score}', category: 'survey' }],
  },
];

/** Infection, genetics, sexual and reproductive health. */
const BODILY: VisitKind[] = [
  {
    key: 'hiv', classes: ['HIV'], reason: icd('B20', 'Human immunodeficiency virus [HIV] disease'), price: 640,
    note: 'HIV viral load undetectable for two years. Takes the antiretroviral tablet every day.',
    medications: [{ code: drug('1999667', 'bictegravir 50 MG / emtricitabine 200 MG / tenofovir alafenamide 25 MG Oral Tablet'), dosage: '1 tablet daily' }],
    findings: [{ code: lab('20447-9', 'HIV 1 RNA [#/volume] (viral load) in Serum or Plasma by NAA with probe detection'), value: 20, unit: '{copies}/mL' }],
  },
  {
    key: 'chlamydia', classes: ['STD'], reason: icd('A56.00', 'Chlamydial infection of lower genitourinary tract, unspecified'), price: 118,
    note: 'Chlamydia found at screening. Partner to be told by the member.',
    medications: [{ code: drug('308460', 'azithromycin 250 MG Oral Tablet'), dosage: '4 tablets once', ended: true }],
    findings: [{ code: lab('21613-5', 'Chlamydia trachomatis DNA [Presence] in Specimen by NAA with probe detection'), text: 'Detected' }],
  },
  {
    key: 'genetic', classes: ['GDIS'], reason: icd('Z15.01', 'Genetic susceptibility to malignant neoplasm of breast'), price: 890,
    note: 'BRCA1 variant found by genetic testing, as in the mother. Counselling for the family offered.',
    findings: [{ code: lab('21636-6', 'BRCA1 gene mutations found [Identifier] in Blood or Tissue by Molecular genetics method Nominal'), text: 'Pathogenic variant' }],
    procedure: service('S0265', 'Genetic counseling, under physician supervision, each 15 minutes'),
  },
  {
    key: 'contraception', classes: ['CONTRACEPTION'], reason: icd('Z30.011', 'Encounter for initial prescription of contraceptive pills'), price: 74.6,
    note: 'Wishes oral contraception. No migraine, no clots in the family.',
    medications: [{ code: drug(null, 'ethinyl estradiol 0.03 MG / levonorgestrel 0.15 MG Oral Tablet'), dosage: '1 tablet daily' }],
  },
  {
    key: 'pregnancy', classes: ['OBSTETRIC'], reason: icd('Z34.81', 'Encounter for supervision of other normal pregnancy, first trimester'), price: 230.3,
    note: 'Ten weeks pregnant. Nausea in the morning, otherwise well.',
    findings: [{ code: lab('2106-3', 'Choriogonadotropin (pregnancy test) [Presence] in Urine'), text: 'Positive' }],
  },
  {
    key: 'abortion', classes: ['ABORTION'], reason: icd('Z33.2', 'Encounter for elective termination of pregnancy'), price: 580,
    note: 'Medication abortion at eight weeks, complete. Asked that the plan is not told; paid at the desk.',
    medications: [{ code: drug(null, 'mifepristone 200 MG Oral Tablet'), dosage: '1 tablet once', ended: true }],
    procedure: service('S0199', 'Medically induced abortion by oral ingestion of medication'),
  },
  {
    key: 'infertility', classes: ['REPRODUCTIVE'], reason: icd('N97.9', 'Female infertility, unspecified'), price: 330,
    note: 'Two years without conception. Third cycle of fertility treatment.',
    medications: [{ code: drug('200064', 'letrozole 2.5 MG Oral Tablet'), dosage: '1 tablet on days 3 to 7' }], procedure: service('S4042', 'Management of ovulation induction'),
  },
  {
    key: 'orientation', classes: ['SEXUAL_ORIENTATION'], reason: icd('Z70.1', 'Counseling related to patient\'s sexual behavior and orientation'), price: 140,
    note: 'Came out as gay to the family this summer, wants to talk about it.',
    findings: [{ code: lab('76690-7', 'Sexual orientation'), text: 'Lesbian, gay or homosexual', category: 'social-history' }],
  },
  {
    key: 'gender', classes: ['GENDER_IDENTITY'], reason: icd('F64.0', 'Transsexualism'), price: 260,
    note: 'Gender-affirming hormone therapy for eight months, content with it.',
    medications: [{ code: drug('197659', 'estradiol 2 MG Oral Tablet'), dosage: '1 tablet daily' }],
    findings: [{ code: lab('76691-5', 'Gender identity'), text: 'Identifies as female gender', category: 'social-history' }],
  },
];

/** Visits whose every trace is specially protected. The classes PSYTHPN is not among them: a note, not a visit, bears it. */
export const SPECIAL_VISITS: readonly VisitKind[] = Object.freeze([...BEHAVIOURAL, ...BODILY]);
