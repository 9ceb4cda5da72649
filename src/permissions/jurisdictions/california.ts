import type { Jurisdiction } from './jurisdiction';

export const california: Jurisdiction = Object.freeze({
  state: 'CA', name: 'California',
  demands: [{
    classes: ['ABORTION', 'CONTRACEPTION', 'GENDER_IDENTITY'], columns: ['INSIDE_OTHER'],
    citation: 'AB 352 (2023), Civil Code 56.101 and 56.108*: kept apart from everyone but for treatment',
  }],
  permits: [],
  minorConsent: {
    classes: ['STD', 'HIV', 'SUD', 'SEX', 'PSY'],
    citation: 'Family Code 6924 to 6929*; Health and Safety Code 124260*, 121020*; Civil Code 56.11(c)*',
  },
  protects: [
    { classes: ['HIV'], citation: 'Health and Safety Code 120980*, 121025*' },
    { classes: ['PSY', 'PSYTHPN'], citation: 'Welfare and Institutions Code 5328*; Civil Code 56.104*' },
    { classes: ['SUD'], citation: 'Health and Safety Code 11845.5*; 42 CFR Part 2' },
    { classes: ['GDIS'], citation: 'Civil Code 56.17*; Insurance Code 10149.1*' },
    { classes: ['SEX', 'STD', 'SDV'], citation: 'Civil Code 56.05(s), 56.107*' },
  ],
} satisfies Jurisdiction);
