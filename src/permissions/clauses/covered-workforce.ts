import { clause, prohibition } from '../core/clause';
import { eq, known, value } from '../core/predicate';

/** Notice: "Entities and Individuals Covered by this Notice". */
export const coveredWorkforce = clause({
  id: 'covered-workforce',
  title: 'Entities and individuals covered by this Notice',
  citation: '45 CFR 164.520(b), 164.105',
  summary: 'Healthcare professionals and staff of the company share under the Notice; everyone else is a recipient, of the kind that their organization is.',
  purposes: ['TREAT', 'HPAYMT', 'HOPERAT'],
  prohibits: [prohibition({
    level: 'MEMBER', reason: 'NO_RELATIONSHIP', rule: 'organization-of-another-kind', hides: eq(known('knownOrganizationFits'), value(0)),
  })],
  reading: 'A role that does not fit the kind of its organization has no relationship with any member.',
});
