import { clause } from '../core/clause';

/** Notice: "Our Commitment to Your Privacy" (breaches of unsecured PHI). */
export const breachNotification = clause({
  id: 'breach-notification',
  title: 'Notification of a breach of unsecured PHI',
  citation: '45 CFR 164.404 to 164.414',
  summary: 'Members whom an incident reached are told within sixty days; the media of a state, and HHS at once, where many are.',
  purposes: [],
  reading: 'Whom it reached is read from the audit trail. A plan whose agreement governs records among them is told too.',
});
