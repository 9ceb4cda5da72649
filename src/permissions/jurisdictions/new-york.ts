import type { Jurisdiction } from './jurisdiction';

export const newYork: Jurisdiction = Object.freeze({
  state: 'NY', name: 'New York',
  demands: [],
  permits: [],
  minorConsent: {
    classes: ['STD', 'HIV', 'SUD', 'SEX', 'PSY'],
    citation: 'Public Health Law 2305*, 2504*, 2780(5)*, 17*; Mental Hygiene Law 22.11*, 33.21*',
  },
  protects: [
    { classes: ['HIV'], citation: 'Public Health Law 2782*: as the table' },
    { classes: ['PSY', 'PSYTHPN'], citation: 'Mental Hygiene Law 33.13*' },
    { classes: ['SUD'], citation: 'Mental Hygiene Law 22.05*; 42 CFR Part 2' },
    { classes: ['GDIS'], citation: 'Civil Rights Law 79-l*' },
    { classes: ['STD', 'SEX', 'SDV'], citation: 'Public Health Law 17*, 18*' },
  ],
} satisfies Jurisdiction);
