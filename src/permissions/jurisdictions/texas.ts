import type { Jurisdiction } from './jurisdiction';

export const texas: Jurisdiction = Object.freeze({
  state: 'TX', name: 'Texas',
  demands: [],
  permits: [],
  minorConsent: {
    // The law names fewer kinds of pregnancy care than the class SEX holds; the whole class is kept back, for the minor's protection.
    classes: ['STD', 'HIV', 'SUD', 'SEX', 'PSY'],
    citation: 'Family Code 32.003(a)(3) to (5)*, 32.004*',
  },
  protects: [
    { classes: ['HIV'], citation: 'Health and Safety Code 81.103*' },
    { classes: ['PSY', 'PSYTHPN', 'SUD'], citation: 'Health and Safety Code 611.002 to 611.0045*; 42 CFR Part 2' },
    { classes: ['GDIS'], citation: 'Occupations Code 58.102*; Insurance Code 546.102*' },
    { classes: ['STD', 'SEX', 'SDV'], citation: 'Health and Safety Code 181.154*; Family Code 261.201*' },
  ],
} satisfies Jurisdiction);
