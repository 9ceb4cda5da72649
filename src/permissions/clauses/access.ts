import { coverMask } from '../../vocabulary/sensitivity';
import { clause, permit, prohibition } from '../core/clause';
import {
  and, before, bits, bound, covered, during, eq, exists, isIn, known, member, missing, not, now, ofMember, or, overlaps, record, row, value, values, type Operand, type Predicate,
} from '../core/predicate';
import { authorizesCategory, living, revealed } from './relationships';

const bornAfterForMinor = bound('bornAfterForMinor');
const isMinor = before(bornAfterForMinor, member('birth_date'));
/** Known to be of age; an unknown birth date is a missing fact and does not say so. */
const ofAge = and(not(isMinor), not(missing(member('birth_date'))));
/** Twelve or more and not of age. */
const maturingMinor = and(isMinor, not(before(bound('bornByForTwelve'), member('birth_date'))));

/** Parents and guardians end on the 18th birthday; after the member's death only who settles the estate goes on (164.502(g)). */
const kindInForce = and(
  or(not(isIn(row('kind'), ...values('PARENT', 'GUARDIAN'))), isMinor),
  or(living, isIn(row('kind'), ...values('EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN'))),
);
const representationInForce = and(
  eq(row('subject'), bound('subject')), ofMember, during(row('start_at'), row('end_at')), or(missing(row('ended_at')), before(now, row('ended_at'))), kindInForce,
  overlaps(row('category_mask'), known('categoryBit')),
);

/** What a representation keeps back: its own list, else abuse, and for a minor of twelve or more what the minor may consent to alone. */
const withinScope = (minorConsent: Operand): Predicate => or(
  and(not(missing(row('excluded_mask'))), not(overlaps(revealed, row('excluded_mask')))),
  and(missing(row('excluded_mask')), not(overlaps(revealed, value(coverMask(['SDV'])))), or(not(maturingMinor), not(overlaps(revealed, minorConsent)))),
);
/** Part 2 records of a minor need the minor's own signature (42 CFR 2.14*). */
const part2 = value(coverMask(['PART2']));
const minorSigned = covered(revealed, part2, bits('authorization_scope', 'class_mask', and(authorizesCategory, eq(row('signed_by_member'), value(1)))));
const PSYTHPN = value(coverMask(['PSYTHPN']));

/** Notice: "Inspection and Copies". `minorConsent`: the classes that a minor may consent to alone, by state. */
export const access = (minorConsent: Operand) => clause({
  id: 'access',
  title: 'Inspection and Copies',
  citation: '45 CFR 164.524; representatives 164.502(g)',
  summary: 'Members, and those who represent them within their scope, see their whole record but psychotherapy notes and what was compiled for a proceeding.',
  purposes: ['PATRQT', 'FAMRQT', 'PWATRNY'],
  permits: [
    permit({ roles: ['MEMBER'], purposes: ['PATRQT'], members: and(eq(member('id'), bound('member')), living) }),
    permit({
      roles: ['PERSONAL_REPRESENTATIVE'], purposes: ['FAMRQT', 'PWATRNY'],
      members: exists('representation', representationInForce),
      records: and(exists('representation', and(representationInForce, withinScope(minorConsent))), or(ofAge, minorSigned)),
    }),
  ],
  prohibits: [
    prohibition({ level: 'CELL', reason: 'PSYCHOTHERAPY_NOTE', rule: 'psychotherapy-note', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: overlaps(revealed, PSYTHPN) }),
    prohibition({ level: 'CELL', reason: 'LEGAL_PROCEEDING', rule: 'legal-proceeding', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: eq(record('legal'), value(1)) }),
    prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'withheld-on-finding', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: eq(record('withheld'), value(1)) }),
  ],
  reading: 'A representative is told the two denials of (a)(1) alone; what their scope keeps from them is as if it did not exist.',
});
