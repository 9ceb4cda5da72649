import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The world around SHIFT's bundle of Carl: who works where (the bundle refers to PractitionerRoles that it does not hold), who pays,
 * one record of substance use outside a program (the bundle has none), a claim of each category to each payer, and eleven neighbours
 * with records like Carl's, because a count of one is suppressed whatever he allows.
 */
export const BUNDLE = join(__dirname, '../../../acceptance/shift-carl/bundle.json');
export const CARL = 'CarlFrederickson';
export const NEIGHBOURS = Array.from({ length: 11 }, (_, index) => `Neighbour${String(index + 1).padStart(2, '0')}`);
export const SMC = 'SpringfieldMedicalCenter';
export const [OHS, RADS, PHARMACY, ACO, MEDICARE, GREEN] = ['OHS', 'RADS', 'BLP', 'ACO', 'Medicare', 'GreenInc'] as const;

type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };
const reference = (type: string, id: string) => ({ reference: `${type}/${id}` });

const organization = (id: string, name: string, kind: string): Resource => ({
  resourceType: 'Organization', id, name, type: [{ coding: [{ system: 'urn:phi-gateway:organization-kind', code: kind }] }],
});
const practitioner = (id: string, role: string, place: string): Resource[] => [
  { resourceType: 'Practitioner', id, name: [{ text: id }] },
  { resourceType: 'PractitionerRole', id: role, active: true, practitioner: reference('Practitioner', id), organization: reference('Organization', place) },
];

const PEOPLE: readonly Resource[] = [
  organization(SMC, 'Springfield Medical Center', 'COVERED_ENTITY'), organization(OHS, 'OHS', 'PROVIDER'), organization(RADS, 'RADS', 'PROVIDER'),
  organization(PHARMACY, 'Best Little Pharmacy', 'PROVIDER'), organization(ACO, 'ACO', 'PROVIDER'), organization(MEDICARE, 'Medicare', 'HEALTH_PLAN'), organization(GREEN, 'Green, Inc.', 'HEALTH_PLAN'),
  ...practitioner('DrHibbert', 'DrHibbert-pcp', SMC), ...practitioner('DrFunke', 'DrFunke-psychiatrist', SMC), ...practitioner('LucyvanPelt', 'LucyvanPelt-therapist', SMC),
  ...practitioner('DrWhite', 'DrWhite-psychiatrist', SMC), ...practitioner('DrSasquatch', 'DrSasquatch-podiatrist', OHS), ...practitioner('DrAurora', 'DrAurora-anesthesiologist', OHS),
  ...practitioner('DrBanner', 'DrBanner-radiologist', RADS), ...practitioner('AnnPerkins', 'ACOCareManager-practitionerrole', ACO), ...practitioner('Pharmacist', 'Pharmacist-role', PHARMACY),
];

/** Alcohol use disorder, found by the primary care physician: substance use, and of no program. */
const alcoholUse = (member: string): Resource => ({
  resourceType: 'Condition', id: `${member}AUD`, subject: reference('Patient', member), recordedDate: '2024-02-01',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F10.10', display: 'Alcohol abuse, uncomplicated' }] },
});

/** What each category is in the bundle and beside it; claims are named by the diagnosis that they cite. */
export const DIAGNOSES = { Medical: 'HTN', BH: 'MDD', 'BH-Personality': 'OCPD', 'BH-SUD (non-Part II)': 'AUD', 'BH-SUD (Part II)': 'OUD' } as const;
export type CarlCategory = keyof typeof DIAGNOSES;

const claim = (payer: string, diagnosis: string): Resource => ({
  resourceType: 'Claim', id: `${CARL}Claim${diagnosis}${payer}`, status: 'active', use: 'claim', patient: reference('Patient', CARL), created: '2025-03-02', provider: reference('Organization', SMC),
  billablePeriod: { start: '2025-03-01', end: '2025-03-01' }, type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] }, priority: { coding: [{ code: 'normal' }] },
  insurance: [{ sequence: 1, focal: true, coverage: reference('Coverage', `${CARL}Coverage${payer}`) }],
  diagnosis: [{ sequence: 1, diagnosisReference: reference('Condition', `${CARL}${diagnosis}`) }],
  item: [{ sequence: 1, productOrService: { text: 'Office visit' }, servicedDate: '2025-03-01' }], total: { value: 120, currency: 'USD' },
});
const coverage = (payer: string): Resource => ({
  resourceType: 'Coverage', id: `${CARL}Coverage${payer}`, status: 'active', beneficiary: reference('Patient', CARL), payor: [reference('Organization', payer)], period: { start: '2015-05-01' },
});

const bundleOf = (resources: readonly Resource[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ fullUrl: `http://example.org/fhir/${resource.resourceType}/${resource.id}`, resource })) });

/** Writes the files of this world beside the bundle's own, and returns the paths to import. */
export function writeCarlsWorld(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'carl-'));
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const carl = readFileSync(BUNDLE, 'utf8');
  const payers = [MEDICARE, GREEN].flatMap((payer) => [coverage(payer), ...Object.values(DIAGNOSES).map((each) => claim(payer, each))]);
  return [
    file('people.json', bundleOf(PEOPLE)), BUNDLE, file('around-carl.json', bundleOf([alcoholUse(CARL), ...payers])),
    ...NEIGHBOURS.flatMap((each) => [file(`${each}.json`, carl.replaceAll(CARL, each)), file(`${each}-more.json`, bundleOf([alcoholUse(each)]))]),
  ];
}
