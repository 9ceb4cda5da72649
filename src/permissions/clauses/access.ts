import { coverMask } from '../../vocabulary/sensitivity';
import { clause, permit, prohibition } from '../core/clause';
import {
  and, before, bound, during, eq, exists, isIn, known, member, missing, not, now, ofMember, or, overlaps, record, row, value, values, type Operand, type Predicate,
} from '../core/predicate';
import { isMinor, living, ofAge, revealed } from './relationships';

/** Neither known to be of age nor known to be under twelve: what such a minor may consent to alone is kept back. */
const maturingMinor = and(not(ofAge), not(before(bound('bornByForTwelve'), member('birth_date'))));

/** Parents and guardians end on the 18th birthday; after the member's death only who settles the estate goes on (164.502(g)). */
const kindInForce = and(
  or(not(isIn(row('kind'), ...values('PARENT', 'GUARDIAN'))), isMinor),
  or(living, isIn(row('kind'), ...values('EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN'))),
);
const representationInForce = and(
  eq(row('subject'), bound('subject')), ofMember, during(row('start_at'), row('end_at')), or(missing(row('ended_at')), before(now, row('ended_at'))), kindInForce,
  overlaps(row('category_mask'), known('categoryBit')),
);

const PSYTHPN = value(coverMask(['PSYTHPN']));
const PSY = value(coverMask(['PSY']));
/** What is revealed is kept back with these classes. Notes of psychotherapy tell of mental health: they are kept back with it. */
const isKept = (classes: Operand): Predicate => or(overlaps(revealed, classes), and(overlaps(revealed, PSYTHPN), overlaps(classes, PSY)));
/** What a representation keeps back: its own list, else abuse, and for a minor of twelve or more what the minor may consent to alone. */
const withinScope = (minorConsent: Operand): Predicate => or(
  and(not(missing(row('excluded_mask'))), not(isKept(row('excluded_mask')))),
  and(missing(row('excluded_mask')), not(isKept(value(coverMask(['SDV'])))), or(not(maturingMinor), not(isKept(minorConsent)))),
);
/** The member that the token is for has died: it is out of force for whatever it could read, also what others authorized. */
const bearerDied = and(eq(row('id'), bound('member')), not(missing(row('deceased_at'))), not(before(now, row('deceased_at'))));

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
      records: exists('representation', and(representationInForce, withinScope(minorConsent))),
    }),
  ],
  prohibits: [
    // For their own record `living` says so already.
    prohibition({ level: 'MEMBER', reason: 'NO_RELATIONSHIP', rule: 'member-deceased', roles: ['MEMBER'], exceptPurposes: ['PATRQT'], hides: exists('member', bearerDied) }),
    prohibition({ level: 'CELL', reason: 'PSYCHOTHERAPY_NOTE', rule: 'psychotherapy-note', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: overlaps(revealed, PSYTHPN) }),
    prohibition({ level: 'CELL', reason: 'LEGAL_PROCEEDING', rule: 'legal-proceeding', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: eq(record('legal'), value(1)) }),
    prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'withheld-on-finding', roles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], hides: eq(record('withheld'), value(1)) }),
  ],
  reading: 'A representative is told the two denials of (a)(1) alone; what their scope keeps from them is as if it did not exist.',
});
