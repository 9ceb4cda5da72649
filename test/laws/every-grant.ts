/** Every grant that section 7 tells apart: clause x circumstance x form x purpose x reader, before a member for each class. */
import { CLASSES } from '../oracle/classes';
import { isForPurpose } from '../oracle/grant-clauses';
import { PURPOSES } from '../oracle/purposes';
import { agreed, authorization, caller, grant, member, paid, record, worldOf, BEFORE } from '../oracle/story';
import type { World, WorldCaller, WorldGrant } from '../oracle/world';

type Stated = Readonly<Record<string, string>>;
const each = (name: string, ...values: string[]): Stated[] => values.map((value) => ({ [name]: value }));
/** Each with and without what `more` states. */
const withAndWithout = (all: readonly Stated[], ...more: Stated[]): Stated[] => all.flatMap((one) => [one, ...more.map((other) => ({ ...one, ...other }))]);
const FORMS = each('de-identification', 'limited-data-set', 'safe-harbor');
const PART2_ORDER = { 'part2-order': 'order and subpoena' };

/** What is stated under a clause, in every combination that the tables of section 7 decide by. */
export const CIRCUMSTANCES: Readonly<Record<string, readonly Stated[]>> = {
  'family-absent': [{ form: 'notification' }, ...each('involvement', 'care', 'payment').map((one) => ({ form: 'involvement', ...one }))],
  'public-health': [...withAndWithout(each('activity', 'disease-control', 'child-abuse', 'fda', 'exposure', 'workplace'), { 'part2-report': 'the law' }), ...FORMS.map((one) => ({ activity: 'fda', ...one }))],
  'health-oversight': [{}, { 'notes-author': 'author' }, { 'notes-author': 'another' }],
  'judicial-proceedings': withAndWithout(each('basis', 'order', 'subpoena', 'discovery', 'own-dispute'), PART2_ORDER),
  'law-enforcement': [
    ...withAndWithout(each('process', 'order', 'warrant', 'administrative-request').map((one) => ({ circumstance: 'process', ...one })), PART2_ORDER), ...each('circumstance', 'locating', 'victim', 'death-by-crime', 'crime-on-premises', 'emergency'),
  ],
  research: [...each('basis', 'waiver', 'preparatory', 'decedents', 'limited-data-set'), ...FORMS.map((one) => ({ basis: 'waiver', ...one }))],
  'workers-compensation': [{ claim: 'of the state' }, { claim: 'plain-claim' }],
  'required-by-law': [{}, { hhs: 'true' }],
};

/** One label for each row of the table of section 5, and of each row's children one. */
const LABELS = ['PART2', 'SUD', 'OPIOIDUD', 'HIV', 'STD', 'PSY', 'PERSONALITY', 'PSYTHPN', 'GDIS', 'SDV', 'SEX', 'ABORTION'];

/** A member for each label and for each privacy state, with records of each kind that the table tells apart. */
function membersAndRecords(): Pick<World, 'members' | 'records' | 'optOuts' | 'restrictions' | 'authorizations'> {
  const made: Pick<World, 'members' | 'records' | 'optOuts' | 'restrictions' | 'authorizations'> = { members: [], records: [], optOuts: [], restrictions: [], authorizations: [] };
  for (const label of ['plain', 'restricted', 'paid', 'opted-out', 'dead', 'planned', 'sold', 'child', ...LABELS]) {
    const labels = CLASSES.includes(label) ? [label] : label === 'child' ? ['PART2'] : [];
    const of = { memberId: label, labels, authorId: 'author', programId: label === 'PART2' ? 'program' : null, encounterId: label === 'paid' ? 'paid-Encounter' : null };
    made.members.push(member({ id: label, birthDate: label === 'child' ? '2015-01-01' : '1980-05-05', deceasedAt: label === 'dead' ? BEFORE : null }));
    const governed = label === 'planned' ? { governedBy: 'PLAN_AGREEMENT' as const, governingPlanId: 'plan' } : {};
    for (const type of ['Condition', 'Medication', 'Document', 'MedicationReview', 'Encounter'])
      made.records.push(record(type, { ...of, ...governed, id: `${label}-${type}`, ...(type === 'Encounter' ? { encounterId: null } : {}) }));
    made.records.push(record('Claim', { ...of, ...governed, id: `${label}-claim` }));
  }
  made.optOuts.push({ memberId: 'opted-out', since: BEFORE, endedAt: null });
  made.restrictions.push(agreed({ id: 'all', memberId: 'restricted', categories: ['MEDICATION', 'IDENTITY'] }), paid({ id: 'bill', memberId: 'paid', encounterId: 'paid-Encounter' }));
  made.authorizations.push(authorization({ memberId: 'sold', sale: true, purposes: ['HMARKT'], recipients: [{ role: 'DISCLOSURE_RECIPIENT' }] }));
  made.authorizations.push(authorization({ id: 'lifts', memberId: 'HIV', classes: ['HIV'], purposes: PURPOSES.filter((one) => one !== 'ETREAT'), recipients: [{ subject: 'agent' }] }));
  return made;
}

/** A world for each circumstance of a clause, with few grants: some name the records that notes are disclosed by. */
export function worldsOfGrants(clause: string): World[] {
  const facts = membersAndRecords();
  const memberIds = facts.members.map((one) => one.id);
  const notes = facts.records.filter((one) => one.type !== 'Medication' && one.type !== 'Claim').map((one) => one.id);
  const asked: Partial<WorldGrant>[] = [{ classes: [...CLASSES] }, { classes: [...CLASSES], recordIds: notes }, { classes: ['SUD'], remunerated: true }];
  return (CIRCUMSTANCES[clause] ?? [{}]).map((elements) => worldOf({
    ...facts, coverages: [], careTeam: [], grants: asked.map((one, place) => grant(clause, { id: `${clause} ${place}`, memberIds, elements: { ...elements }, ...one })),
  }));
}

/** Readers: the agent of no organization, and of each kind of organization that a rule names; staff in the agent's place. */
export function readersOf(one: WorldGrant): WorldCaller[] {
  const purposes = PURPOSES.filter((purpose) => isForPurpose(one.clause, purpose));
  // Of "any" purpose two that rules tell apart: treatment, and a named child that is not underwriting; random grants ask the others.
  const told = purposes.length < 10 ? purposes.slice(0, 1) : ['TREAT', 'CAREMGT'];
  const by = (purpose: string, role: string, organizationId: string | null): WorldCaller => caller(role, purpose, { subject: role === 'WORKFORCE' ? 'wendy' : 'agent', organizationId, practitionerId: null, grantId: one.id });
  return told.flatMap((purpose) => [...[null, 'plan', purpose === 'TREAT' ? 'program' : 'hie'].map((organizationId) => by(purpose, 'DISCLOSURE_RECIPIENT', organizationId)), by(purpose, 'WORKFORCE', 'company')].slice(one.remunerated ? 3 : 0));
}
