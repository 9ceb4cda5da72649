import { clause } from '../core/clause';
import { allBut, choice, covering, grant, opening, optional, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

const WORKPLACE = { requiredWhen: 'activity=workplace' };

/** Notice: "Public Health Activities". */
export const publicHealth = clause({
  id: 'public-health',
  title: 'Public health activities',
  citation: '45 CFR 164.512(b)*; 42 CFR 2.12(c)(6)* for reports of child abuse',
  summary: 'The reportable elements, to the authority or person that a law names: disease control, child abuse, products under the FDA, exposure, the workplace.',
  purposes: ['PUBHLTH'],
  grant: grant({
    demands: [
      choice('activity', 'The activity.', ['disease-control', 'child-abuse', 'fda', 'exposure', 'workplace']),
      text('authority', 'The authority, or the person whom the law names.'),
      text('legal-basis', 'The law that authorizes the collection or the report.'),
      text('employer-request', 'The employer\'s request.', WORKPLACE),
      text('legal-duty', 'The employer\'s duty to record or to act (29 CFR 1904 to 1928, 30 CFR 50 to 90, or a state\'s law like them).', WORKPLACE),
      text('notice-to-member', 'How the member was told in writing that this is disclosed to the employer.', WORKPLACE),
      text('part2-report', 'For child abuse: the state\'s law whose report asks for records of a Part 2 program.', optional),
      choice('de-identification', 'Leaves identifiers out.', ['limited-data-set', 'safe-harbor'], optional),
      ...VERIFIED, ...NAMED,
    ],
    opens: [
      opening(['activity=disease-control'], covering('STD', 'HIV')), opening(['activity=exposure'], covering('STD', 'HIV')),
      opening(['activity=child-abuse'], allBut('PSYTHPN', 'PART2')), opening(['activity=child-abuse', 'part2-report'], ['PART2']),
      opening(['activity=fda'], allBut('PSYTHPN', 'PART2')),
    ],
    forms: [{ when: ['de-identification=safe-harbor'], form: 'SAFE_HARBOR' }, { when: ['de-identification=limited-data-set'], form: 'LIMITED_DATA_SET' }],
    keptFromRepresentatives: [['activity=child-abuse']],
  }),
  accounted: true,
  reading: 'An employer learns what its duty at the workplace asks for and no special category. Part 2 records go into a report of child abuse only where the state\'s law asks.',
});
