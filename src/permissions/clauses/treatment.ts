import { clause, permit, prohibition } from '../core/clause';
import { and, eq, isIn, known, not, or, value, values } from '../core/predicate';
import { familyOf, onCareTeam, opened } from './relationships';

/** Interaction alerts are for who prescribes, dispenses and gives, while treating (policy section 6). */
const alertsForOthers = and(
  eq(known('recordType'), value('InteractionAlert')),
  not(and(isIn(known('role'), ...values('PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL')), isIn(known('purpose'), ...values(...familyOf('TREAT', 'ETREAT'))))),
);

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Treatment. */
export const treatment = clause({
  id: 'treatment',
  title: 'Treatment',
  citation: '45 CFR 164.506(c)(1)-(2); 164.512(j)* and 164.312(a)(2)(ii) for emergency access',
  summary: 'Clinicians on the care team, ours and others, see what treating the member needs; in an emergency one member can be opened for an hour.',
  purposes: ['TREAT', 'ETREAT'],
  permits: [
    permit({ roles: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'], purposes: ['TREAT'], members: onCareTeam }),
    permit({ roles: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'], purposes: ['ETREAT'], members: or(onCareTeam, opened) }),
  ],
  prohibits: [prohibition({ level: 'CELL', reason: 'MINIMUM_NECESSARY', rule: 'interaction-alerts', hides: alertsForOthers })],
  reading: 'Treating needs a relationship: the care team, now. Breaking the glass replaces it for one member and one hour, never the rest of the policy.',
});
