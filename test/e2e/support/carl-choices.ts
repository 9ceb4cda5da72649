import { ACO, CARL, GREEN, MEDICARE, NEIGHBOURS, OHS, PHARMACY, RADS, SMC } from './carl-world';
import { dataOf, type Asker, type Served } from './gateway';

/** Carl's choices, as he would sign them: four authorizations and four agreed restrictions, a representation, an agreement, stated through the API by the privacy office. */

const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: SMC };
const workforce: Asker = { role: 'WORKFORCE', purposes: ['HOPERAT'], subject: 'desk-1', organization: SMC };
const AUTHENTIC = { channel: 'PAPER', identityConfirmed: true };
const subjects = (...ids: string[]) => ids.map((subject) => ({ subject }));
const organizations = (...ids: string[]) => ids.map((organizationId) => ({ organizationId }));

const AUTHORIZE = 'mutation ($member: ID!, $input: AuthorizationInput!) { recordAuthorization(memberId: $member, input: $input) { id active } }';
const REQUEST = 'mutation ($member: ID!, $input: RestrictionInput!, $authenticity: Authenticity!) { requestRestriction(memberId: $member, input: $input, authenticity: $authenticity) { id status } }';
const DECIDE = 'mutation ($id: ID!) { decideRestriction(id: $id, agree: true, response: "Agreed with the providers.") { status } }';

/** Who may read Part 2 records, and who outside the company behavioral health and substance use. */
const AUTHORIZATIONS = [
  { classes: ['PART2'], purposes: ['TREAT'], recipients: subjects('hibbert', 'funke', 'white') },
  { classes: ['PSY', 'SUD'], purposes: ['TREAT'], recipients: organizations(PHARMACY) },
  { classes: ['PSY', 'SUD'], purposes: ['HPAYMT', 'HOPERAT'], recipients: organizations(MEDICARE, GREEN) },
];
/** The personality disorder is for his psychiatrists and his therapist; nothing of behavioral health for OHS; nothing at all for RADS. */
const RESTRICTIONS = [
  { classes: ['PERSONALITY'], recipients: [...subjects('hibbert'), ...organizations(PHARMACY, MEDICARE, GREEN)] },
  { classes: ['PSY', 'SUD'], recipients: organizations(OHS) },
  { recipients: organizations(RADS) },
];
/** To the ACO: behavioral health and substance use, but neither the personality disorder nor what a Part 2 program recorded. */
const TO_THE_ACO = { classes: ['PSY', 'SUD'], purposes: ['TREAT', 'HOPERAT'], recipients: organizations(ACO) };
const KEPT_FROM_THE_ACO = { classes: ['PERSONALITY', 'PART2'], recipients: organizations(ACO) };

async function authorize(served: Served, member: string, input: object): Promise<void> {
  dataOf(await served.ask(officer, AUTHORIZE, { member, input: { signedAt: '2025-01-02T10:00:00.000Z', signedBy: 'The member', start: '2025-01-02T10:00:00.000Z', ...input } }), 'recordAuthorization');
}
async function restrict(served: Served, member: string, input: object): Promise<void> {
  const asked = await served.ask(officer, REQUEST, { member, input: { kind: 'AGREED', ...input }, authenticity: AUTHENTIC });
  const decided = await served.ask(officer, DECIDE, { id: dataOf(asked, 'requestRestriction.id') });
  if (dataOf(decided, 'decideRestriction.status') !== 'ACCEPTED') throw new Error('not accepted');
}

export async function stateCarlsChoices(served: Served): Promise<void> {
  for (const each of AUTHORIZATIONS) await authorize(served, CARL, each);
  for (const each of RESTRICTIONS) await restrict(served, CARL, each);
  for (const member of [CARL, ...NEIGHBOURS]) {
    await authorize(served, member, TO_THE_ACO);
    await restrict(served, member, KEPT_FROM_THE_ACO);
  }
  // The pharmacy is not in the bundle's care team, and dispenses what it prescribes.
  dataOf(await served.ask(workforce, 'mutation ($member: ID!) { assignCareTeam(memberId: $member, practitionerId: "Pharmacist", role: "Pharmacist", start: "2023-01-15") { id } }', { member: CARL }), 'assignCareTeam.id');
  dataOf(await served.ask(officer, 'mutation ($input: AgreementInput!) { recordAgreement(input: $input) { active } }', {
    input: { organizationId: ACO, kind: 'BUSINESS_ASSOCIATE', purposes: ['HOPERAT'], categories: ['CLINICAL', 'MEDICATION'], start: '2025-01-01T00:00:00.000Z', signedAt: '2025-01-01T00:00:00.000Z' },
  }), 'recordAgreement.active');
  dataOf(await served.ask(officer, 'mutation ($member: ID!, $input: RepresentationInput!) { recordRepresentation(memberId: $member, input: $input) { id } }', {
    member: CARL, input: { subject: 'EllieFrederickson', kind: 'HEALTH_CARE_POA', categories: ['IDENTITY', 'CLINICAL', 'MEDICATION', 'CARE_TEAM'], excludedClasses: ['PSY', 'SUD'] },
  }), 'recordRepresentation.id');
}
