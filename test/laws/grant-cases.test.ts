/** Readable cases of section 7: the engine and the oracle say the same, and what the policy says. */
import { visible } from '../oracle/oracle';
import { agent, agreed, authorization, cell, grant, member, paid, record, worldOf, BEFORE, NOW } from '../oracle/story';
import type { World, WorldCaller } from '../oracle/world';
import { EngineWorld, grantFacts, isVisible } from './engine-world';
import { typeOf } from './world-rows';

function engineShows(world: World, who: WorldCaller, coordinate: string): boolean {
  if (grantFacts(world, who) === null) return false;
  const at = new EngineWorld(world).caller(who);
  const [type = '', field = ''] = coordinate.split('.');
  const own = world.records[0];
  return type === 'Member' || !own ? isVisible(at.member('ann'), 'Member', field) : isVisible(at.record(own), typeOf(own), field);
}
type Case = readonly [string, Partial<World>, WorldCaller, string, boolean];
const labelled = (type: string, label: string): World['records'] => [record(type, { labels: [label], authorId: 'dr' })];
const note = [record('Document', { labels: ['PSYTHPN'] })];
const optedOut = { optOuts: [{ memberId: 'ann', since: BEFORE, endedAt: null }] };
const toExchange = { recipient: { organizationId: 'hie' } };
const exchange = (purpose: string): WorldCaller => agent(purpose, { subject: 'whoever', organizationId: 'hie' });
const CASES: readonly Case[] = [
  // Found by the oracle: the cell of treatment, which a grant has not, kept such a note from it.
  ['a law that requires it opens a psychotherapy note that is named, for treatment too', { grants: [grant('required-by-law', { classes: ['PSYTHPN'], recordIds: ['r'] })], records: note }, agent('TREAT'), 'Document.text', true],
  ['a note that is not named stays closed', { grants: [grant('required-by-law', { classes: ['PSYTHPN'] })], records: note }, agent('TREAT'), 'Document.text', false],
  ['a class that is not named stays closed', { grants: [grant('coroners')], records: labelled('Condition', 'HIV') }, agent('HDECD'), 'Condition.code', false],
  ['Part 2 stays closed to disease control', { grants: [grant('public-health', { classes: ['PART2', 'STD'], elements: { activity: 'disease-control' } })], records: labelled('Condition', 'PART2') }, agent('PUBHLTH'), 'Condition.code', false],
  ['Part 2 is open to an order with its own order', { grants: [grant('judicial-proceedings', { classes: ['PART2'], elements: { basis: 'order', 'part2-order': 'yes' } })], records: labelled('Condition', 'PART2') }, agent('HLEGAL'), 'Condition.code', true],
  ['… also of a minor: an order asks for no signature', { members: [member({ birthDate: '2015-01-01' })], grants: [grant('judicial-proceedings', { classes: ['PART2'], elements: { basis: 'order', 'part2-order': 'yes' } })], records: labelled('Condition', 'PART2') }, agent('HLEGAL'), 'Condition.code', true],
  ['a subpoena opens no class', { grants: [grant('judicial-proceedings', { classes: ['HIV'], elements: { basis: 'subpoena' } })], records: labelled('Condition', 'HIV') }, agent('HLEGAL'), 'Condition.code', false],
  ['what the member signed opens it beside the grant', { grants: [grant('judicial-proceedings', { elements: { basis: 'subpoena' } })], records: labelled('Condition', 'HIV'), authorizations: [authorization({ classes: ['HIV'], purposes: ['HLEGAL'], recipients: [{ subject: 'agent' }] })] }, agent('HLEGAL'), 'Condition.code', true],
  ['oversight reads the notes of whom it oversees', { grants: [grant('health-oversight', { classes: ['PSYTHPN'], elements: { 'notes-author': 'dr' } })], records: labelled('Condition', 'PSYTHPN') }, agent('HCOMPL'), 'Condition.code', true],
  ['… and of nobody else', { grants: [grant('health-oversight', { classes: ['PSYTHPN'], elements: { 'notes-author': 'another' } })], records: labelled('Condition', 'PSYTHPN') }, agent('HCOMPL'), 'Condition.code', false],
  ['genetic information stays closed to a plan', { grants: [grant('required-by-law', { classes: ['GDIS'], recipient: { organizationId: 'plan' } })], records: labelled('Condition', 'GDIS') }, agent('HPAYMT', { organizationId: 'plan' }), 'Condition.code', false],
  ['an agreed restriction binds what is told to family', { grants: [grant('family-present')], restrictions: [agreed({ categories: ['IDENTITY'] })] }, agent('FAMRQT'), 'Member.name', false],
  ['… and not a coroner', { grants: [grant('coroners')], restrictions: [agreed({ categories: ['IDENTITY'] })] }, agent('HDECD'), 'Member.name', true],
  ['what was paid in full is kept from a plan', { grants: [grant('workers-compensation', { recipient: { organizationId: 'plan' } })], restrictions: [paid()], records: [record('Condition', { encounterId: 'visit' })] }, agent('HPAYMT', { organizationId: 'plan' }), 'Condition.code', false],
  ['… but for a law that requires it', { grants: [grant('required-by-law', { recipient: { organizationId: 'plan' } })], restrictions: [paid()], records: [record('Condition', { encounterId: 'visit' })] }, agent('HPAYMT', { organizationId: 'plan' }), 'Condition.code', true],
  ['who opted out is out of reach of an exchange', { grants: [grant('public-health', { ...toExchange, elements: { activity: 'fda' } })], ...optedOut }, exchange('PUBHLTH'), 'Member.name', false],
  ['… but for a law that requires it, again', { grants: [grant('required-by-law', toExchange)], ...optedOut }, exchange('PUBHLTH'), 'Member.name', true],
  ['a plan\'s record is the plan\'s', { grants: [grant('coroners')], records: [record('Condition', { governedBy: 'PLAN_AGREEMENT', governingPlanId: 'plan' })] }, agent('HDECD'), 'Condition.code', false],
  ['a notification tells of an encounter where it is', { grants: [grant('family-absent', { elements: { form: 'notification' } })], records: [record('Encounter')] }, agent('FAMRQT'), 'Encounter.status', true],
  ['… and not why', { grants: [grant('family-absent', { elements: { form: 'notification' } })], records: [record('Encounter')] }, agent('FAMRQT'), 'Encounter.reason', false],
  ['locating tells no gender identity', { grants: [grant('law-enforcement', { elements: { circumstance: 'locating' }, classes: ['SEX'] })] }, agent('HLEGAL'), 'Member.genderIdentity', false],
  ['a limited data set has no name', { grants: [grant('research', { elements: { basis: 'limited-data-set' } })] }, agent('HRESCH'), 'Member.name', false],
  ['… and the day of birth', { grants: [grant('research', { elements: { basis: 'limited-data-set' } })] }, agent('HRESCH'), 'Member.birthDate', true],
  ['research on the dead has no living', { grants: [grant('research', { elements: { basis: 'decedents' } })] }, agent('HRESCH'), 'Member.birthDate', false],
  ['what is read to prepare research does not leave', { grants: [grant('research', { elements: { basis: 'preparatory' } })] }, agent('HRESCH'), 'Member.birthDate', false],
  ['… and staff read it', { grants: [grant('research', { elements: { basis: 'preparatory' } })] }, agent('HRESCH', { role: 'WORKFORCE', subject: 'wendy' }), 'Member.birthDate', true],
  ['a sale asks the member', { grants: [grant('research', { elements: { basis: 'waiver' }, remunerated: true })] }, agent('HRESCH'), 'Member.birthDate', false],
  ['the claim of workers\' compensation limits the records', { grants: [grant('workers-compensation', { elements: { claim: 'bill' } })], records: [record('Condition'), record('Claim', { id: 'bill', encounterId: 'visit' })] }, agent('HPAYMT'), 'Condition.code', false],
  ['a grant that has ended opens nothing', { grants: [grant('coroners', { expires: NOW })] }, agent('HDECD'), 'Member.name', false],
  ['nor one that waits for approval', { grants: [grant('coroners', { status: 'RECEIVED', decidedAt: null })] }, agent('HDECD'), 'Member.name', false],
  ['nor another\'s', { grants: [grant('coroners')] }, agent('HDECD', { subject: 'somebody else' }), 'Member.name', false],
  ['nor for another purpose', { grants: [grant('coroners')] }, agent('HLEGAL'), 'Member.name', false],
  ['nor in the hands of a nurse', { grants: [grant('coroners')] }, agent('HDECD', { role: 'NURSE' }), 'Member.name', false],
];

test.each(CASES)('%s', (_, facts, who, coordinate, isSeen) => {
  const world = worldOf(facts);
  expect({ oracle: visible(world, who, cell(coordinate)), engine: engineShows(world, who, coordinate) }).toEqual({ oracle: isSeen, engine: isSeen });
});
