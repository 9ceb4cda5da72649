import { and, during, eq, ofMember, record, row, type Predicate } from '../../permissions/core/predicate';
import { minimumCell } from '../../permissions/minimum-necessary';
import { categoryBit } from '../../vocabulary/categories';
import { allFieldBits } from '../../vocabulary/fields';
import { inheritedFrom } from '../../vocabulary/purposes';
import { ANY_PURPOSE, PAYER_KEY } from '../../vocabulary/recipients';
import { isRecordType } from '../../vocabulary/records';
import { INSIDE, OUTSIDE } from '../../vocabulary/roles';
import { coverMask } from '../../vocabulary/sensitivity';
import { grants, openedBy, overseesAuthors } from './grant-statements';
import { Smt } from './smt';
import type { Case } from './space';
import type { Statement } from './statement';

const visibleOf = ({ access, cell }: Case): { visible: Predicate; hidden: ReturnType<Case['access']['decide']>['hidden'] } | null => {
  const decision = access.decide(cell);
  return decision.effect === 'DENY' ? null : decision;
};
const conj = (...parts: string[]): string => `(and true ${parts.join(' ')})`;
const none = '#x00000000';
/** The core denies it for every row: there is no world to look for, and the case is counted. */
const NOTHING_SEEN = 'false';

// --- a plan and what was paid in full ---------------------------------------------------------------------------------------

/** The one clause that what was paid in full, and the opt-out, yield to. */
const REQUIRED_BY_LAW = 'required-by-law';

/** To whom a paid-in-full restriction speaks, in the policy's own words (section 6), whatever the code makes of it. */
function isPayer({ access: { profile }, grant }: Case): boolean {
  if (grant) return profile.organizationKind === 'HEALTH_PLAN' && grant.clause !== REQUIRED_BY_LAW;
  if ((profile.role === 'MEMBER' || profile.role === 'PRIVACY_OFFICER') && minimumCell(profile.role, profile.purpose)) return false;
  const line = inheritedFrom(profile.purpose);
  return profile.role === 'HEALTH_PLAN' || profile.organizationKind === 'HEALTH_PLAN' || profile.planServicesAssociate
    || (profile.role === 'HIE_PARTICIPANT' && (line.includes('HPAYMT') || line.includes('HOPERAT')));
}
/** A row of a paid-in-full restriction in force on the encounter of the record, as the privacy office writes one. */
function paidInFull(smt: Smt, type: string): string {
  const at = (name: string): string => smt.column('x', name, 'w').value;
  const there = (...names: string[]): string[] => names.map((each) => `(not ${smt.column('x', each, 'w').missing})`);
  return conj(
    smt.formula(and(ofMember, during(row('start_at'), row('end_at')), eq(row('encounter_id'), record('encounter_id')))),
    ...there('recipient', 'purpose', 'type'), `(= ${at('recipient')} ${smt.text(PAYER_KEY)})`, `(= ${at('purpose')} ${smt.text(ANY_PURPOSE)})`, `(= ${at('type')} ${smt.text(type)})`,
    smt.column('x', 'record_id', 'w').missing, smt.column('x', 'recorded_before', 'w').missing, `(= ${smt.mask('w.class_mask')} ${none})`, `(= ${smt.mask('w.field_mask')} ${Smt.bits(allFieldBits(type))})`,
  );
}
const paidInFullItems: Statement = {
  id: 'paid-in-full', says: 'No health plan, nor who acts for one or pays through an exchange, ever sees an item that the member paid for in full, but for what a law requires.',
  against: (one, smt) => {
    if (!isPayer(one) || !isRecordType(one.cell.type)) return null;
    const seen = visibleOf(one);
    if (!seen) return NOTHING_SEEN;
    // Hidden are the bits of every row that the rule takes: the row of the restriction is one of them where the rule holds for it.
    const taken = seen.hidden.kind === 'bits' && seen.hidden.relation === 'restriction_scope' && seen.hidden.column === 'field_mask' ? smt.formula(seen.hidden.where) : 'false';
    return conj(smt.formula(seen.visible), paidInFull(smt, one.cell.type), `(not ${taken})`);
  },
};

// --- special categories ----------------------------------------------------------------------------------------------------

/** What needs the member's authorization, by the column of policy section 5, written here again and not read from the table. */
const EVERYWHERE = coverMask(['PART2', 'PSYTHPN']);
const PROTECTED = coverMask(['SUD', 'HIV', 'STD', 'PSY', 'PSYTHPN', 'GDIS', 'SDV']);
const EVERY_CLASS = PROTECTED | coverMask(['SEX']);
const [PART2, PSYTHPN] = [coverMask(['PART2']), coverMask(['PSYTHPN'])];
type Column = { readonly need: number; /** Notes by the caller's own hand, and whether only on the care team. */ readonly author: 'NO' | 'ON_TEAM' | 'YES' | /** Whose author the grant oversees. */ 'OVERSEEN'; readonly program: boolean };
function columnOf({ access: { profile }, grant }: Case): Column | null {
  const { role, purpose } = profile;
  const treating = inheritedFrom(purpose).includes('TREAT');
  if (grant) return { need: EVERY_CLASS & ~openedBy(grant), author: overseesAuthors(grant) ? 'OVERSEEN' : 'NO', program: treating };
  if (purpose === 'ETREAT') return { need: PSYTHPN, author: 'YES', program: false };
  const outside = OUTSIDE.includes(role) || (!INSIDE.includes(role) && minimumCell(role, purpose) === null);
  if (outside) return { need: EVERY_CLASS, author: 'NO', program: treating };
  if (!INSIDE.includes(role)) return null;
  return treating ? { need: EVERYWHERE, author: 'ON_TEAM', program: true } : { need: PROTECTED, author: 'NO', program: false };
}
/** Everything that authorizations cover, of the facts that the rule itself asked for. */
function coverOf(smt: Smt): string {
  return smt.facts.filter((each) => each.kind === 'bits' && each.relation === 'authorization_scope' && each.column === 'class_mask').reduce((all, each) => `(bvor ${all} ${each.atom})`, none);
}
const uncovered = (labels: string, need: number, cover: string): string => `(not (= (bvand ${labels} (bvand ${Smt.bits(need)} (bvnot ${cover}))) ${none}))`;

const specialCategories: Statement = {
  id: 'special-categories', says: 'No caller sees a special category without an authorization that covers it, but for the program\'s own callers, the author of a note, an emergency, and a grant whose clause opens it.',
  against: (one, smt) => {
    const column = columnOf(one);
    if (!column) return null;
    const seen = visibleOf(one);
    if (!seen) return NOTHING_SEEN;
    const visible = smt.formula(seen.visible);
    const isRecord = isRecordType(one.cell.type);
    const labels = isRecord ? `(bvor ${smt.mask('r.labels')} ${Smt.bits(one.cell.sensitivityMask)})` : Smt.bits(one.cell.sensitivityMask);
    const cover = coverOf(smt);
    const same = (name: string, bound: 'organization' | 'practitioner' | 'grantAuthor'): string => smt.formula(eq(record(name), { kind: 'bound', name: bound }));
    const onTeam = smt.facts.filter((each) => each.relation === 'care_team').map((each) => each.atom);
    const asAuthor = !isRecord || column.author === 'NO' ? 'false' : conj(same('author_id', column.author === 'OVERSEEN' ? 'grantAuthor' : 'practitioner'), column.author === 'ON_TEAM' ? `(or false ${onTeam.join(' ')})` : 'true');
    const inProgram = column.program && isRecord ? same('program_id', 'organization') : 'false';
    // Each exception lifts its own class and no other.
    const bare = (need: number): string => `(or ${uncovered(labels, need & ~PART2 & ~PSYTHPN, cover)} (and ${uncovered(labels, need & PART2, cover)} (not ${inProgram})) (and ${uncovered(labels, need & PSYTHPN, cover)} (not ${asAuthor})))`;
    return conj(visible, bare(column.need));
  },
};

/** What counts as covering: the row names the caller and the purpose, is in force, and holds for the category. */
const coveringRows: Statement = {
  id: 'covering-authorization', says: 'An authorization covers only whom it names, for the purpose it names, while it is in force, in its categories.',
  against: (one, smt) => {
    const seen = visibleOf(one);
    if (!seen) return NOTHING_SEEN;
    smt.formula(seen.visible);
    const asked = smt.facts.filter((each) => each.kind === 'bits' && each.relation === 'authorization_scope');
    const { bound } = one.access;
    const oneOf = (name: string, list: readonly string[]): Predicate => ({ kind: 'in', left: row(name), list: list.map((value) => ({ kind: 'value', value })) });
    const proper = and(ofMember, oneOf('recipient', bound.callerKeys as string[]), oneOf('purpose', bound.purposes as string[]), during(row('start_at'), row('end_at')));
    return `(or false ${asked.map((each) => conj(smt.formula(each.where), `(not ${smt.formula(proper)})`)).join(' ')})`;
  },
};

// --- exchange --------------------------------------------------------------------------------------------------------------

const optedOut: Statement = {
  id: 'opted-out', says: 'A member who opted out is never reached through exchange, emergencies included, but for what a law requires.',
  against: (one, smt) => {
    const { profile } = one.access;
    if (one.grant?.clause === REQUIRED_BY_LAW) return null;
    const through = profile.role === 'HIE_PARTICIPANT' || profile.organizationKind === 'HIE';
    if (!through || profile.role === 'MEMBER') return null;
    const seen = visibleOf(one);
    const reached = smt.formula(seen ? { kind: 'or', any: [one.access.reach, seen.visible] } : one.access.reach);
    const row_ = smt.formula(and(ofMember, during(row('since'), row('ended_at'))));
    // The row of the opt-out is a row: what asks for one finds it.
    const found = smt.facts.filter((each) => each.relation === 'hie_opt_out' && each.kind === 'exists').map((each) => `(=> ${smt.formula(each.where)} ${each.atom})`);
    return conj(reached, row_, ...found);
  },
};

// --- monotone --------------------------------------------------------------------------------------------------------------

/** Seen: the cell is open and its own bit is not hidden, whatever bit that is. */
function seenIn(one: Case, smt: Smt, relation: string, mark: string): string | null {
  const seen = visibleOf(one);
  if (!seen) return null;
  const state = { relation, mark };
  const hidden = smt.bits(seen.hidden, 'w', state);
  return conj(smt.formula(seen.visible, 'w', state), `(= (bvand ${hidden} ${smt.mask('bit')}) ${none})`);
}
/** With one more row: what some row satisfied before, some row satisfies still, and bits are only added. */
function grown(smt: Smt, relation: string): string[] {
  const before = smt.facts.filter((each) => each.relation === relation && each.mark === '');
  return before.map((each) => (each.kind === 'exists' ? `(=> ${each.atom} ${smt.bool(`${each.atom}+`)})` : `(= (bvand ${each.atom} (bvnot ${smt.mask(`${each.atom}+`)})) ${none})`));
}
const monotone = (id: string, says: string, relation: string, more: 'SHOWS_LESS' | 'SHOWS_MORE'): Statement => ({
  id, says,
  against: (one, smt) => {
    const before = seenIn(one, smt, relation, '');
    const after = seenIn(one, smt, relation, '+');
    if (before === null || after === null) return NOTHING_SEEN;
    return more === 'SHOWS_LESS' ? conj(...grown(smt, relation), after, `(not ${before})`) : conj(...grown(smt, relation), before, `(not ${after})`);
  },
});

// --- associates ------------------------------------------------------------------------------------------------------------

const associates: Statement = {
  id: 'business-associates', says: 'A business associate sees nothing outside its agreement; what is sold, only with an authorization of the member that says so.',
  against: (one, smt) => {
    const { profile } = one.access;
    if (profile.role !== 'BUSINESS_ASSOCIATE') return null;
    const seen = visibleOf(one);
    const isListed = (profile.agreementCategories & categoryBit(one.cell.category)) !== 0;
    const hasCell = minimumCell(profile.role, profile.purpose) !== null;
    const isSold = hasCell && (profile.remuneratedCategories & categoryBit(one.cell.category)) !== 0;
    if (isListed) return null;
    if (!seen) return NOTHING_SEEN;
    const visible = smt.formula(seen.visible);
    const asksSale = (where: Predicate): boolean => JSON.stringify(where).includes('"sale"');
    const opened = smt.facts.filter((each) => each.relation === 'authorization_scope' && each.kind === 'exists' && (!isSold || asksSale(each.where))).map((each) => each.atom);
    // Without a cell of its own it is a recipient like any other: the member's authorization alone opens anything.
    return conj(visible, hasCell && !isSold ? 'true' : `(not (or false ${opened.join(' ')}))`);
  },
};

/** The statements, in the order in which they are printed. */
export const STATEMENTS: readonly Statement[] = Object.freeze([
  paidInFullItems, specialCategories, coveringRows, optedOut,
  monotone('more-restrictions', 'Adding a restriction never shows more.', 'restriction_scope', 'SHOWS_LESS'),
  monotone('more-authorizations', 'Adding an authorization never shows less.', 'authorization_scope', 'SHOWS_MORE'),
  associates, grants,
]);
