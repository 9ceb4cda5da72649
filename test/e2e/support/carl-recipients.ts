import { ACO, GREEN, MEDICARE, OHS, PHARMACY, RADS, SMC } from './carl-world';
import type { Asker } from './gateway';

/** SHIFT's 13 recipients, by the names of expected-decisions.csv, as callers of the gateway. */
export type Look = 'RECORDS' | 'COUNTS' | 'CLAIMS';
export interface Recipient { readonly askers: readonly Asker[]; readonly look: Look }

const clinician = (subject: string, practitioner: string): Recipient => ({
  askers: [{ role: 'HEALTHCARE_PROFESSIONAL', purposes: ['TREAT'], subject, practitioner, organization: SMC }], look: 'RECORDS',
});
const provider = (subject: string, practitioner: string, organization: string): Recipient => ({
  askers: [{ role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], subject, practitioner, organization }], look: 'RECORDS',
});

export const RECIPIENTS: Readonly<Record<string, Recipient>> = {
  'SMC PCP (Dr. Hibbert)': clinician('hibbert', 'DrHibbert'),
  'SMC Primary Psychiatrist (Dr. Funke)': clinician('funke', 'DrFunke'),
  'SMC Therapist (Lucy van Pelt)': clinician('lucy', 'LucyvanPelt'),
  'SMC 42 CFR II Psychiatrist (Dr. White)': clinician('white', 'DrWhite'),
  'Best Little Pharmacy (BLP)': provider('pharmacist', 'Pharmacist', PHARMACY),
  'OHS Podiatrist (Dr. Sasquatch)': provider('sasquatch', 'DrSasquatch', OHS),
  'OHS Anesthesiologist (Dr. Aurora)': provider('aurora', 'DrAurora', OHS),
  'RADS Radiologist (Dr. Banner)': provider('banner', 'DrBanner', RADS),
  'ACO Care Manager (Ann Perkins)': provider('perkins', 'AnnPerkins', ACO),
  'ACO De-Identified Metrics': { askers: [{ role: 'BUSINESS_ASSOCIATE', purposes: ['HOPERAT'], subject: 'metrics', organization: ACO }], look: 'COUNTS' },
  // An app of Carl's choice that he gave nothing to: it writes, and reads under an authorization that is not there.
  'Mapple (PGHD app)': { askers: [{ role: 'DISCLOSURE_RECIPIENT', purposes: ['HMARKT'], subject: 'mapple' }], look: 'RECORDS' },
  'Payers (Medicare and Green, Inc.)': {
    askers: [MEDICARE, GREEN].map((organization) => ({ role: 'HEALTH_PLAN', purposes: ['HPAYMT'], subject: `payer-${organization}`, organization }) as const), look: 'CLAIMS',
  },
  'Portal Proxy (Ellie)': { askers: [{ role: 'PERSONAL_REPRESENTATIVE', purposes: ['PWATRNY'], subject: 'EllieFrederickson' }], look: 'RECORDS' },
};
