import { LabellingService } from '../../src/labelling/labelling-service';
import { classesOf, type SensitivityClass } from '../../src/vocabulary/sensitivity';

const service = LabellingService.load({ codeSetsDir: null });
const read = (text: string): SensitivityClass[] =>
  classesOf(service.label({ type: 'Document', codings: [], texts: [text], security: [], part2Program: false, date: null }).mask);

describe('words of notes', () => {
  it.each<[string, SensitivityClass[]]>([
    ['Patient has never smoked and is an alcoholic.', ['ETHUD']],
    ['Patient has a documented history of opioid addiction.', ['OPIOIDUD']],
    ['Patient has a history of victim of intimate partner abuse (finding), stress (finding).', ['PSY', 'SDV']],
    ['Patient is presenting with misuses drugs (finding).', ['SUD']],
    ['zidovudine 300 mg oral tablet', ['HIV']],
    ['camila 28 day pack', ['CONTRACEPTION']],
    ['Induced termination of pregnancy (procedure)', ['ABORTION']],
    ['spontaneous abortion', ['OBSTETRIC']],
    ['Obsessive-compulsive personality disorder', ['PERSONALITY']],
    ['Patient identifies as bisexual.', ['SEXUAL_ORIENTATION']],
    ['ALCO­HOL dépendence, al​coholism', ['ETHUD']],
    ['an opioid\nuse disorder', ['OPIOIDUD']],
    ['drinks heavily', ['ETHUD']], ['family history of depression', ['PSY']],
    ['Self-help thought record', ['PSYTHPN']],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));
});

describe('near misses', () => {
  it.each([
    'Peanut (substance)', 'Alcohol-free diet (finding)', 'Tobacco smoking status NHIS: Former smoker', 'Smokes tobacco daily', 'alcohol swab', 'Non-alcoholic fatty liver disease',
    'Cardiac stress test', 'stress fracture of foot', 'ST segment depression', 'respiratory depression', 'Bipolar hip prosthesis', 'Mini-mental state examination', 'Dementia management',
    'HPV, quadrivalent', 'hearing aids', 'first aid', 'nirmatrelvir 150 MG / ritonavir 100 MG', 'Lithium heparin tube', 'Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet',
    'Not in labor force (finding)', 'Laboratory', 'ectopic beats', 'sterilization of instruments', 'Glucose [Mass/volume] in Blood', 'Steroid dependence', 'Drug allergy', 'Allergy to substance',
    'Misoprostol 0.2 MG / diclofenac 50 MG', 'Amphetamines [Presence] in Urine by Screen method', 'nicotine transdermal patch', 'Audit of records', 'RIB CAGE', 'Seropositive rheumatoid arthritis', 'Carrier of hepatitis B', 'use of alcohol based hand rub', 'panic value', 'Enhanced recovery program', 'Cough', 'Female',
  ])('%s', (text) => expect(read(text)).toEqual([]));
});

describe('denied mentions', () => {
  it.each<[string, SensitivityClass[]]>([
    ['Patient denies alcohol abuse, drug use and suicidal ideation.', []],
    ['No history of depression or substance abuse.', []],
    ['no drug use', []], ['Without evidence of psychosis.', []], ['Alcohol abuse was denied.', []],
    ['Denies depression but reports panic attacks.', ['PSY']],
    ['Denies pain. Alcohol abuse.', ['ETHUD']], ['no longer abuses alcohol', ['ETHUD']], ['No change in depression.', ['PSY']],
    ['History of alcohol abuse, no smoking', ['ETHUD']], ['No fever; opioid use disorder', ['OPIOIDUD']],
    // A test or an identity is told even when it is negative.
    ['not HIV positive', ['HIV']], ['negative for chlamydia', ['STD']], ['No BRCA1 mutation', ['GDIS']], ['Negative for depression screening', ['PSY']],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));
});

it('a rule of conditions does not speak of other records', () => {
  const stress = (type: 'Condition' | 'Document') => service.label({ type, codings: [], texts: ['Stress'], security: [], part2Program: false, date: null }).mask;
  expect(classesOf(stress('Condition'))).toEqual(['PSY']);
  expect(stress('Document')).toBe(0);
});
