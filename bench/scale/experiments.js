// What is compared. An experiment has arms that are measured in turns; each other arm is told as a multiple of the first one.
const { Q1, Q2, Q3 } = require('../operations');
const { PRACTICE, PRACTITIONERS, LARGE_PANEL } = require('./rows');
const { MANY } = require('./load');

const memberId = (n) => `m-${String(n).padStart(7, '0')}`;
const nurse = (practitioner) => ({ role: 'NURSE', purposes: ['TREAT'], subject: 'bench-nurse', organization: 'org-phi', practitioner });
const plan = Q3.token;
/** Members of a practice whom a practitioner of it has on the panel: every eightieth. */
const STEP = PRACTITIONERS / 5;
const PANEL = PRACTICE / STEP;
const onPanel = (turn) => ({ id: memberId((turn % PANEL) * STEP) });
const everywhere = (experiment) => ['small', 'crowded', 'large'].map((database) => ({ name: database, database, ...experiment }));
/** Numbers without a pattern, the same in every run. */
const scattered = (turn, count) => (Math.imul(turn + 1, 2654435761) >>> 0) % count;

const PAGE = 'query Page($after: String) { members(first: 50, after: $after) { nodes { id memberNumber name { given family } birthDate medications { nodes { id code { code display } status dosage startedAt } } conditions { nodes { id code { code display } status onsetAt } } } pageInfo { hasNextPage endCursor } } }';
const ONE_OF_PLAN = 'query One($id: ID!) { member(id: $id) { id memberNumber medications { nodes { id code { code display } status } } careGaps { nodes { id measure status dueAt } } } }';

/** `places`: of the large panel, cursors that begin after so many members; `count`: the members of the large database. */
function experiments({ places, count }) {
  const lastPractice = Math.floor(count / PRACTICE) - 1;
  const pages = ({ after, cursors }) => ({ name: `large, after ${after}`, database: 'large', token: nurse(LARGE_PANEL.practitioner), query: PAGE, variables: (turn) => ({ after: cursors[turn % cursors.length] }) });
  return [
    { name: 'Q1', title: 'Q1: one member of a panel of 250', arms: everywhere({ token: Q1.token, query: Q1.query, variables: onPanel }) },
    { name: 'Q2', title: 'Q2: a page of 50 of a panel of 250', arms: everywhere({ token: Q2.token, query: Q2.query, variables: () => ({}) }) },
    { name: 'Q3', title: "Q3: a plan's page of 200 (of all members)", arms: everywhere({ token: plan, query: Q3.query, variables: () => ({}) }) },
    { name: 'page', title: 'Eight pages of 50 of the large panel, by how many members stand before them', arms: places.map(pages) },
    { name: 'far', title: 'Q2 in the first practice and in the last', arms: [
      { name: 'large, first practice', database: 'large', token: Q2.token, query: Q2.query, variables: () => ({}) },
      { name: 'large, last practice', database: 'large', token: nurse(`prac-${lastPractice * PRACTITIONERS + 1}`), query: Q2.query, variables: () => ({}) }] },
    { name: 'many', title: `Q1 of a member with ${MANY.authorizations} authorizations that name the caller`, arms: ['small', 'large'].flatMap((database) => [[`${database}, another member of the panel`, MANY.member + STEP], [`${database}, that member`, MANY.member]].map(([name, n]) => (
      { name, database, token: nurse(`prac-${(MANY.member * 5) % PRACTITIONERS}`), query: Q1.query, variables: () => ({ id: memberId(n) }) }))) },
    { name: 'anyone', title: 'One member, each time another of all (most are not in memory in the large database)', arms: everywhere({ token: plan, query: ONE_OF_PLAN }).map((arm) => (
      { ...arm, variables: (turn) => ({ id: memberId(scattered(turn, arm.database === 'large' ? count : PRACTICE)) }) })) },
  ];
}

const officer = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'bench-officer', organization: 'org-phi' };
const careManager = { token: plan };
const listOf = (argument) => `{ members(first: 50${argument}) { nodes { id memberNumber name { family } } pageInfo { hasNextPage } } }`;
/** Other ways to ask, each asked a few times: which of them read more where there are more members. */
const OTHERS = [
  { name: "a plan's members by ids (10)", ...careManager, query: listOf(`, filter: { ids: [${Array.from({ length: 10 }, (_, place) => JSON.stringify(memberId(place * 1777))).join(', ')}] }`) },
  { name: "a plan's members with nameContains, 1 in 997", ...careManager, query: listOf(', filter: { nameContains: "Family7 " }') },
  { name: "a plan's members with nameContains, nobody", ...careManager, query: listOf(', filter: { nameContains: "nobody" }') },
  { name: "a plan's members with birthDate, 1 in 50", ...careManager, query: listOf(', filter: { birthDate: { from: "1975-01-01", to: "1976-01-01" } }') },
  { name: "a plan's members with conditionCode, 1 in 80", ...careManager, query: listOf(', filter: { conditionCode: "C7" }') },
  { name: "a plan's members with hasOpenCareGap", ...careManager, query: listOf(', filter: { hasOpenCareGap: true }') },
  { name: "a plan's members by FAMILY_NAME", ...careManager, query: listOf(', orderBy: { field: FAMILY_NAME, direction: ASC }') },
  { name: "a plan's members by MEMBER_NUMBER", ...careManager, query: listOf(', orderBy: { field: MEMBER_NUMBER, direction: ASC }') },
  { name: "a nurse's panel of 250 with nameContains", token: nurse('prac-1'), query: listOf(', filter: { nameContains: "Family7" }') },
  { name: "a nurse's panel of 250 with conditionCode", token: nurse('prac-1'), query: listOf(', filter: { conditionCode: "C7" }') },
  { name: "a nurse's panel of 250 by FAMILY_NAME", token: nurse('prac-1'), query: listOf(', orderBy: { field: FAMILY_NAME, direction: ASC }') },
  { name: "careGaps across a plan's members, the first 100", ...careManager, query: '{ careGaps(first: 100) { nodes { id measure status dueAt } pageInfo { hasNextPage } } }' },
  { name: "operations of a plan's members", ...careManager, query: '{ operations { members { count suppressed } openCareGapsByMeasure { key count } } }' },
  { name: 'audit events of a member, the first 50', token: officer, query: `{ auditEvents(filter: { memberId: "${memberId(81)}" }, first: 50) { nodes { id at subject } } }` },
  { name: 'audit events of a day, the first 50', token: officer, query: '{ auditEvents(filter: { from: "2022-01-01T00:00:00Z", to: "2022-01-02T00:00:00Z" }, first: 50) { nodes { id at subject } } }' },
  { name: 'audit events of a subject, the first 50', token: officer, query: '{ auditEvents(filter: { subject: "staff-7" }, first: 50) { nodes { id at subject } } }' },
  { name: 'accounting of disclosures of a member', token: officer, query: `{ accountingOfDisclosures(memberId: "${memberId(81)}") { disclosures { at recipient } } }` },
];
module.exports = { experiments, OTHERS, PAGE, nurse, LARGE_PANEL };
