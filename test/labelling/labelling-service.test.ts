import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabellingService, isMedicationReviewType } from '../../src/labelling/labelling-service';
import type { CodingInput, LabelInput } from '../../src/labelling/labels';
import { classesOf, type SensitivityClass } from '../../src/vocabulary/sensitivity';

const service = LabellingService.load({ codeSetsDir: null });
const record = (input: Partial<LabelInput>): LabelInput => ({ type: 'Condition', codings: [], texts: [], security: [], part2Program: false, date: null, ...input });
const label = (input: Partial<LabelInput>, by = service) => by.label(record(input));
const classes = (input: Partial<LabelInput>, by = service): SensitivityClass[] => classesOf(label(input, by).mask);
const coding = (system: string | null, code: string | null, display: string | null = null): CodingInput => ({ system, code, display });
const ofCode = (system: string | null, code: string, display: string | null = null): SensitivityClass[] => classes({ codings: [coding(system, code, display)] });

const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm', ICD9 = 'http://hl7.org/fhir/sid/icd-9-cm', SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org', RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm', ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', DRG = 'https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software';

describe('by code and code hierarchy', () => {
  it.each<[string, string, SensitivityClass[]]>([
    [ICD10, 'F10.20', ['ETHUD']], [ICD10, 'F1020', ['ETHUD']], [ICD10, 'F11.11', ['OPIOIDUD']], [ICD10, 'F14.10', ['SUD']], [ICD10, 'F19.921', ['SUD']],
    [ICD10, 'F60.5', ['PERSONALITY']], [ICD10, 'F33.1', ['PSY']], [ICD10, 'F64.0', ['GENDER_IDENTITY']], [ICD10, 'B20', ['HIV']], [ICD10, 'Z21', ['HIV']],
    [ICD10, 'A54.03', ['STD']], [ICD10, 'O09.90', ['OBSTETRIC']], [ICD10, 'O9A.311', ['SDV', 'OBSTETRIC']], [ICD10, 'O98.711', ['HIV', 'OBSTETRIC']], [ICD10, 'O04.80', ['ABORTION']],
    [ICD10, 'Z33.2', ['ABORTION']], [ICD10, 'Z30.011', ['CONTRACEPTION']], [ICD10, 'N97.9', ['REPRODUCTIVE']], [ICD10, 'T74.11XA', ['SDV']], [ICD10, 'Z15.01', ['GDIS']],
    [ICD10, 'T40.1X1A', ['OPIOIDUD']], [ICD10, 'T40.2X5A', []], [ICD10, 'F17.210', []], [ICD10, 'F03.90', []], [ICD10, 'I10', []], [ICD10, 'E11.9', []], [ICD10, 'H00.15', []], [ICD10, 'H0015', []],
    [ICD9, '304.00', ['OPIOIDUD']], [ICD9, '30400', ['OPIOIDUD']], [ICD9, '305.1', []], [ICD9, '042', ['HIV']], [ICD9, '301.83', ['PERSONALITY']], [ICD9, '946.1', []], [ICD9, '94.61', ['ETHUD']],
    [HCPCS, 'H0015', ['SUD']], [HCPCS, 'S2260', ['ABORTION']], [LOINC, '44249-1', ['PSY']], [LOINC, '76690-7', ['SEXUAL_ORIENTATION']], [LOINC, '72166-2', []], [LOINC, '2339-0', []],
    [RXNORM, '352364', ['OPIOIDUD']], [RXNORM, '5640', []], [RXNORM, '856987', []], ['http://www.cms.gov/Medicare/Coding/ICD10', 'HZ2ZZZZ', ['SUD']], [DRG, '897', ['SUD']],
  ])('%s %s', (system, code, expected) => expect(ofCode(system, code)).toEqual(expected));

  it('says by which code set and row', () => {
    expect(label({ codings: [coding(ICD10, 'F32.A')] }).bases).toEqual([{ class: 'PSY', basis: 'HIERARCHY', codeSet: 'ICD-10-CM ranges', rule: 'ICD10 F32.A under F30-F39', linked: null }]);
    expect(label({ codings: [coding(LOINC, '82667-7')] }).bases).toEqual([{ class: 'SUD', basis: 'CODE', codeSet: 'LOINC questionnaires and tests', rule: 'LOINC 82667-7', linked: null }]);
  });

  it('keeps to the dates of a row', () => {
    const at = (date: string | null) => label({ codings: [coding(DRG, '522')], date }).bases.filter((each) => each.codeSet === 'CMS BFD security labels').length;
    expect([at('2005-03-01'), at('2020-03-01T08:00:00Z'), at(null)]).toEqual([1, 0, 1]);
  });
});

describe('codes filed under the wrong system', () => {
  it.each<[string | null, string, string | null, SensitivityClass[]]>([
    [null, 'F11.20', null, ['OPIOIDUD']], [LOINC, 'F11.20', null, ['OPIOIDUD']], [SNOMED, 'b20.0', null, ['HIV']], ['urn:acme:problems', 'F33.1', null, ['PSY']], [SNOMED, '44249-1', null, ['PSY']],
    [LOINC, '856AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'HIV viral load', ['HIV']], [SNOMED, '86663AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Zidovudine', ['HIV']],
    [LOINC, '99999-5', 'Alcohol abuse', ['ETHUD']],
    // Numbers that mean HIV, a hepatitis or a pregnancy test elsewhere.
    [LOINC, '42', 'Glucose', []], [null, '42', 'Glucose', []], [ICD9, '42', null, []], ['urn:oid:2.16.840.1.113883.6.238', '2106-3', 'White', []], [null, '897', null, []],
  ])('%s %s %s', (system, code, display, expected) => expect(ofCode(system, code, display)).toEqual(expected));

  it('says so', () => {
    expect(label({ codings: [coding(LOINC, 'F11.20')] }).bases[0]).toMatchObject({ class: 'OPIOIDUD', basis: 'WRONG_SYSTEM' });
    expect(label({ codings: [coding(null, 'x1', 'CD4 panel')] }).bases[0]).toMatchObject({ class: 'HIV', basis: 'WRONG_SYSTEM' });
  });
});

describe('labels of the input', () => {
  const withLabels = (codes: string[], rest: Partial<LabelInput> = {}) => classes({ ...rest, security: codes.map((code) => ({ system: ACT, code })) });
  it.each<[string[], SensitivityClass[]]>([
    [['42CFRPart2'], ['PART2']], [['SUD', 'OPIOIDUD', '42CFRPart2', 'BH'], ['PART2', 'OPIOIDUD']], [['BH'], ['PSY']], [['MH'], ['PSY']], [['BH', 'ETHUD'], ['ETHUD']], [['PSYTHPN', 'BH'], ['PSY', 'PSYTHPN']],
    [['SICKVIS'], ['ABORTION']], [['VIO'], ['SDV']], [['ETH'], ['SUD']], [['HIV', 'STD', 'GDIS', 'SEX'], ['HIV', 'STD', 'GDIS', 'SEX']], [['HTEST', 'PHY'], []],
  ])('%s', (codes, expected) => expect(withLabels(codes)).toEqual(expected));

  it('are added to what the record says, and behavioural health gives way to substance use that the record says', () => {
    expect(withLabels(['HIV'], { codings: [coding(ICD10, 'F33.1')] })).toEqual(['HIV', 'PSY']);
    expect(withLabels(['BH'], { codings: [coding(ICD10, 'F11.20')] })).toEqual(['OPIOIDUD']);
    expect(withLabels(['BH'], { texts: ['cocaine dependence'] })).toEqual(['SUD']);
  });
  it('a confidentiality level is no class', () => {
    expect(classes({ security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] })).toEqual([]);
  });
  it('what a Part 2 program recorded bears PART2', () => {
    expect(label({ type: 'Observation', part2Program: true })).toMatchObject({ bases: [{ class: 'PART2', basis: 'PROGRAM' }] });
  });
});

it('a finer class replaces what is only named vaguely, not what stands for itself', () => {
  expect(classes({ texts: ['Substance abuse. Opioid dependence.'] })).toEqual(['OPIOIDUD']);
  expect(classes({ texts: ['Alcohol dependence and cocaine dependence'] })).toEqual(['SUD', 'ETHUD']);
});

describe('a deployer’s code sets', () => {
  const withFile = (text: string, use: (load: () => LabellingService) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'code-sets-'));
    try {
      writeFileSync(join(folder, 'ours.csv'), text);
      use(() => LabellingService.load({ codeSetsDir: folder }));
    } finally { rmSync(folder, { recursive: true }); }
  };
  const HEAD = 'code,system,display,category,source\n';

  it('adds rows, ranges, dates, own systems and document types, and changes the version', () => withFile(
    `${HEAD}R99,${ICD10},x,HIV,ours\nS00-S01,${ICD10},x,SDV,ours (valid 2020-01-01 to 2021-12-31)\nP-1,urn:acme:codes,x,OPIOIDUD,ours\n9-9,urn:acme:notes,x,PSYTHPN,ours\nM-1,urn:acme:notes,x,MEDICATION_REVIEW,ours\n`,
    (load) => {
      const own = load();
      expect(classes({ codings: [coding(ICD10, 'R99.1')] }, own)).toEqual(['HIV']);
      expect(classes({ codings: [coding(ICD10, 'S01.1')], date: '2021-01-01' }, own)).toEqual(['SDV']);
      expect(classes({ codings: [coding(ICD10, 'S01.1')], date: '2022-01-01' }, own)).toEqual([]);
      expect(classes({ codings: [coding('urn:acme:codes', 'P-1')] }, own)).toEqual(['OPIOIDUD']);
      expect(classes({ type: 'Document', codings: [coding('urn:acme:notes', '9-9')] }, own)).toEqual(['PSYTHPN']);
      expect(own.isMedicationReviewType([coding('urn:acme:notes', 'M-1')])).toBe(true);
      expect(own.version).not.toBe(service.version);
      expect(own.codeSets.at(-1)).toEqual({ name: 'ours', source: 'deployer', licence: 'deployer', rows: 5, dated: 1 });
    },
  ));
  it.each([['no code', `${HEAD},${ICD10},x,HIV,o\n`], ['an unknown category', `${HEAD}R99,${ICD10},x,SECRET,o\n`], ['no system', `${HEAD}R99,,x,HIV,o\n`]])('a row with %s stops the start, named by file and line', (_, text) => {
    withFile(text, (load) => expect(load).toThrow(/ours\.csv line 2/));
  });
  it('a folder that is not there stops the start', () => expect(() => LabellingService.load({ codeSetsDir: '/nowhere/at/all' })).toThrow('CODE_SETS_DIR'));
});

it('knows a medication review by its type', () => {
  expect(isMedicationReviewType([coding(LOINC, '56445-0')])).toBe(true);
  expect(isMedicationReviewType([coding(null, '56445-0')])).toBe(true);
  expect(isMedicationReviewType([coding(LOINC, '34117-2')])).toBe(false);
});

it('lists its code sets, and has a version that is the same on every node', () => {
  expect(service.codeSets.length).toBeGreaterThan(10);
  for (const set of service.codeSets) expect(set).toEqual({ name: expect.any(String), source: expect.any(String), licence: expect.any(String), rows: expect.any(Number), dated: expect.any(Number) });
  expect(LabellingService.load({ codeSetsDir: null }).version).toBe(service.version);
});
