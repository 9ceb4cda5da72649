import { choseAWay, namesCaller } from '../permissions/clauses/confidential-communications';
import { restrictedFieldsOf } from '../permissions/clauses/restrictions';
import type { Clause, Permit, Prohibition } from '../permissions/core/clause';
import { purposePermitted } from '../permissions/core/decide';
import { interpret, type Facts } from '../permissions/core/interpret';
import type { Predicate } from '../permissions/core/predicate';
import { withinGrant } from '../permissions/grant-terms';
import { minimumCell } from '../permissions/minimum-necessary';
import { memberCell } from '../query/plan/cells';
import type { Access } from '../query/plan/access';
import { clauseOfPurpose } from '../query/plan/verdicts';
import { categoryBit } from '../vocabulary/categories';
import type { ClauseId } from '../vocabulary/clauses';
import type { Reason } from '../vocabulary/reasons';
import { INSIDE } from '../vocabulary/roles';
import type { CellAt, CellsAt } from './cells-at';
import { nodesOf } from './conditions';
import type { Effect } from './matrix';
import { maybe, type Maybe } from './maybe';
import { askedBy, askedByGrant, classesMet, idsBehind, isHidden, leftBy, permitApplies } from './weigh';
import {
  A_SPECIAL_CATEGORY, ANY_MEMBER, CHOSEN_WAY, GRANTED, NAMES_A_CLASS, NO_AGREEMENT, OF_RELATION, OWN_RECORD, reasonForAuditor, RESTRICTED, wordsOfRule, type Words,
} from './words';

/** Who reads the explanation: ids and classes are for the privacy office and the member alone. */
export type View = 'PRIVACY_OFFICER' | 'AUDITOR' | 'MEMBER';
/** What a rule said: PERMIT or DENY decide; NOT_MET and PASS are a permit that asks in vain and a prohibition that does not bind; DEPENDS on the record. */
export type Outcome = 'PERMIT' | 'DENY' | 'NOT_MET' | 'PASS' | 'NOT_APPLICABLE' | 'DEPENDS';
export interface ExplanationStep { readonly rule: string; readonly clause: ClauseId | null; readonly citation: string | null; readonly outcome: Outcome; readonly because: string }
/** As `Explanation` of the schema. */
export interface Explanation { readonly effect: Effect; readonly clause: ClauseId | null; readonly reason: Reason | null; readonly steps: readonly ExplanationStep[] }
interface Weighed extends ExplanationStep { readonly reason: Reason | null }

const MINIMUM_CITATION = '45 CFR 164.502(b), 164.514(d)';
const told = (outcome: Outcome, words: Words, detail: string): string => {
  if (outcome === 'DEPENDS') return `it depends on the record: ${words.against}, or not`;
  const against = outcome === 'DENY' || outcome === 'NOT_MET';
  return against ? `${words.against}${detail}. Remedy: ${words.remedy}` : `${words.passes}${detail}`;
};
const asOutcome = (holds: Maybe, yes: Outcome, no: Outcome): Outcome => (holds === 'DEPENDS' ? 'DEPENDS' : holds ? yes : no);

/** The key of a member is weighed as the member's identity is, but for what hides cells alone. */
const KEY_CELL: CellAt = { cell: memberCell('name'), bits: 0 };

class Weighing {
  private readonly weighed: CellAt;
  constructor(private readonly access: Access, private readonly at: CellsAt, private readonly cell: CellAt | null, private readonly facts: Facts, private readonly view: View) {
    this.weighed = cell ?? KEY_CELL;
  }

  private ids(rule: Predicate, outcome: Outcome): string {
    if (this.view === 'AUDITOR' || !['PERMIT', 'DENY', 'PASS'].includes(outcome)) return '';
    const ids = idsBehind(rule, this.facts);
    return ids.length > 0 ? ` (${ids.join(', ')})` : '';
  }

  purpose(): Weighed {
    const { role, purpose } = this.access.profile;
    const holds = this.access.profile.grant !== null || purposePermitted(this.access.clauses, role, purpose);
    return {
      rule: 'purpose-of-use', clause: holds ? clauseOfPurpose(this.access) : null, citation: '45 CFR 164.502(a), 164.506', outcome: holds ? 'PERMIT' : 'DENY', reason: holds ? null : 'PURPOSE_NOT_PERMITTED',
      because: holds ? `a rule gives ${purpose} to ${role}` : `no rule gives ${purpose} to ${role}. Remedy: another purpose of the token, or a grant`,
    };
  }

  minimum(): Weighed {
    const { role, purpose } = this.access.profile;
    const cell = minimumCell(role, purpose);
    const shared = { rule: 'minimum-necessary', clause: clauseOfPurpose(this.access), citation: MINIMUM_CITATION };
    if (!this.cell) return { ...shared, outcome: 'PASS', reason: null, because: 'the key of a member goes wherever the member is reached' };
    const { category, noteKind } = this.cell.cell;
    const { grant } = this.access.profile;
    if (grant) {
      const granted = (grant.categories & categoryBit(category)) !== 0 && (this.cell.cell.coordinate === undefined || withinGrant(grant, this.cell.cell.coordinate));
      return { ...shared, outcome: granted ? 'PERMIT' : 'DENY', reason: granted ? null : 'MINIMUM_NECESSARY', because: granted ? `the grant lists ${category}` : `the grant does not list ${category}. Remedy: a grant whose clause allows it` };
    }
    const always = category === 'GOVERNMENT_ID' || category === 'PRIVACY';
    if (!cell && !always) return { ...shared, outcome: 'PASS', reason: null, because: `${role} has no cell for ${purpose}: the categories are those that the member's authorization lists` };
    const listed = cell?.categories.includes(category) ?? false;
    const isReview: Maybe = noteKind === 'MEDICATION_REVIEW' ? true : noteKind !== 'BY_RECORD' ? false : this.facts.r ? this.facts.r['medication_review'] === 1 : 'DEPENDS';
    const holds: Maybe = listed && category === 'NOTE' && cell?.notes === 'MEDICATION_REVIEW' ? isReview : listed;
    const outcome = asOutcome(holds, 'PERMIT', 'DENY');
    const because = outcome === 'PERMIT' ? `${role} sees ${category} for ${purpose}` : outcome === 'DEPENDS' ? `${role} sees of ${category} medication reviews alone`
      : `${role} does not need ${category} for ${purpose}. Remedy: ask one whose work needs it`;
    return { ...shared, outcome, reason: outcome === 'DENY' ? 'MINIMUM_NECESSARY' : null, because };
  }

  permit(clause: Clause, rule: Permit): Weighed {
    const shared = { rule: `permit:${rule.roles.length > 4 ? 'by authorization' : rule.roles.join('+')}:${rule.purposes.length > 4 ? 'any' : rule.purposes.join('+')}`, clause: clause.id, citation: clause.citation };
    if (!permitApplies(rule, this.access)) return { ...shared, outcome: 'NOT_APPLICABLE', reason: null, because: 'it is for another role or purpose' };
    const asked = askedBy(clause, rule, this.access, this.weighed.cell);
    const outcome = asOutcome(maybe(asked, this.facts), 'PERMIT', 'NOT_MET');
    return { ...shared, outcome, reason: null, because: told(outcome, this.permitWords(rule, asked), this.ids(asked, outcome)) };
  }
  /** The grant that the caller reads under, in place of any cell. */
  grant(clause: Clause): Weighed | null {
    const asked = askedByGrant(clause, this.access, this.weighed.cell);
    if (!asked) return null;
    const outcome = asOutcome(maybe(asked, this.facts), 'PERMIT', 'NOT_MET');
    return { rule: 'permit:grant', clause: clause.id, citation: clause.citation, outcome, reason: null, because: told(outcome, GRANTED, '') };
  }
  private permitWords(rule: Permit, asked: Predicate): Words {
    if (this.access.profile.role === 'BUSINESS_ASSOCIATE' && rule.categories === 'CELL') return NO_AGREEMENT;
    if (this.access.profile.role === 'MEMBER' && rule.categories === 'CELL') return OWN_RECORD;
    const relations = [...new Set([...nodesOf(asked)].flatMap((each) => (each.kind === 'exists' ? [each.relation] : [])))];
    // Of several, the one that holds says why; where none does, each is missing.
    const held = relations.filter((relation) => [...nodesOf(asked)].some((each) => each.kind === 'exists' && each.relation === relation && maybe(each, this.facts) === true));
    const spoken = (held.length > 0 ? held : relations).flatMap((each) => OF_RELATION[each] ?? []);
    if (spoken.length === 0) return ANY_MEMBER;
    return { against: spoken.map((each) => each.against).join(', and '), passes: spoken.map((each) => each.passes).join(', and '), remedy: spoken.map((each) => each.remedy).join(', or ') };
  }

  prohibition(clause: Clause, rule: Prohibition): Weighed {
    const shared = { rule: rule.rule, clause: clause.id, citation: clause.citation };
    if (!this.cell && rule.level === 'CELL') return { ...shared, outcome: 'NOT_APPLICABLE', reason: null, because: 'it is about cells, and this is the key of the member' };
    const left = leftBy(clause, rule, this.access, this.weighed.cell);
    if (left.kind === 'always') return { ...shared, outcome: 'NOT_APPLICABLE', reason: null, because: 'it does not bind this caller before this kind of field' };
    const outcome = asOutcome(maybe(left, this.facts), 'PASS', 'DENY');
    const classes = outcome === 'DENY' && this.view !== 'AUDITOR' ? classesMet(left, this.facts) : [];
    const detail = classes.length > 0 ? `: ${classes.join(', ')}` : outcome === 'DENY' ? this.ids(left, outcome) : '';
    return { ...shared, outcome, reason: outcome === 'DENY' ? rule.reason : null, because: told(outcome, wordsOfRule(rule.rule), detail) };
  }

  restriction(clause: Clause): Weighed {
    const shared = { rule: 'restriction', clause: clause.id, citation: clause.citation };
    const hiddenBy = this.cell && this.at.record ? [{ hidden: this.access.decide(this.cell.cell).hidden, bits: this.cell.bits }]
      : this.at.restrictedBy.map(({ type, bits }) => ({ hidden: restrictedFieldsOf(type, this.access.profile.absent), bits }));
    const whole = this.at.record !== null && this.at.cells.length > 1;
    const all = hiddenBy.map(({ hidden, bits }) => isHidden(hidden, bits, whole, this.facts));
    const outcome: Outcome = all.includes(true) ? 'DENY' : all.includes('DEPENDS') ? 'DEPENDS' : 'PASS';
    const ids = outcome === 'DENY' && this.view !== 'AUDITOR' ? [...new Set(hiddenBy.flatMap(({ hidden }) => idsBehind(hidden, this.facts)))] : [];
    return { ...shared, outcome, reason: outcome === 'DENY' ? 'RESTRICTED' : null, because: told(outcome, RESTRICTED, ids.length > 0 ? ` (${ids.join(', ')})` : '') };
  }

  chosenWay(clause: Clause): Weighed | null {
    if (this.cell?.cell.category !== 'CONTACT') return null;
    const { role } = this.access.profile;
    const seesAll = this.access.categories !== 'AUTHORIZED' && (role === 'MEMBER' || role === 'PRIVACY_OFFICER');
    const chose = !seesAll && interpret(choseAWay, this.facts);
    const isFor = INSIDE.includes(role) || role === 'BUSINESS_ASSOCIATE' || interpret(namesCaller, this.facts);
    const outcome: Outcome = chose && !isFor ? 'DENY' : 'PASS';
    const because = chose && isFor ? 'the caller sees the way that the member chose and no other' : told(outcome, CHOSEN_WAY, '');
    return { rule: 'chosen-way', clause: clause.id, citation: clause.citation, outcome, reason: outcome === 'DENY' ? 'RESTRICTED' : null, because };
  }

  /** Every rule, in the Notice's order. */
  steps(): Weighed[] {
    const first = [this.purpose(), this.minimum()];
    return [...first, ...this.access.clauses.flatMap((clause) => [
      ...[this.grant(clause)].filter((each) => each !== null),
      ...clause.permits.map((rule) => this.permit(clause, rule)),
      ...clause.prohibits.map((rule) => this.prohibition(clause, rule)),
      ...(clause.id === 'restrictions' ? [this.restriction(clause)] : []),
      ...(clause.id === 'confidential-communications' ? [this.chosenWay(clause)].filter((each) => each !== null) : []),
    ])];
  }
}

interface Verdict { readonly effect: Explanation['effect']; readonly clause: ClauseId | null; readonly reason: Reason | null; readonly steps: readonly Weighed[] }

/** The rules together: some permit holds and nothing forbids. The first rule that decided is the one that is named. */
function together(access: Access, steps: readonly Weighed[]): Verdict {
  const denied = steps.find((each) => each.outcome === 'DENY');
  const permits = steps.filter((each) => each.rule.startsWith('permit:'));
  const open = permits.find((each) => each.outcome === 'PERMIT');
  const [purpose, minimum] = steps;
  const early = [purpose, minimum].find((each) => each?.outcome === 'DENY');
  if (early) return { effect: 'DENY', clause: early.clause, reason: early.reason, steps };
  if (!open && !permits.some((each) => each.outcome === 'DEPENDS')) {
    const reason = access.profile.grant ? 'GRANT_REQUIRED' : access.categories === 'AUTHORIZED' ? 'AUTHORIZATION_REQUIRED' : access.profile.role === 'BUSINESS_ASSOCIATE' ? 'AGREEMENT_REQUIRED' : 'NO_RELATIONSHIP';
    return { effect: 'DENY', clause: clauseOfPurpose(access), reason, steps };
  }
  if (denied) return { effect: 'DENY', clause: denied.clause, reason: denied.reason, steps };
  return { effect: steps.some((each) => each.outcome === 'DEPENDS') ? 'CONDITIONAL' : 'PERMIT', clause: (open ?? permits.find((each) => each.outcome === 'DEPENDS'))?.clause ?? null, reason: null, steps };
}

/** To an auditor the rules that would name a class are one, which speaks of a special category (policy section 9). */
function forAuditor(verdict: Verdict): Verdict {
  const named = verdict.steps.filter((each) => NAMES_A_CLASS.includes(each.rule) || each.rule.startsWith(`${A_SPECIAL_CATEGORY}:`));
  const [first] = named;
  if (!first) return verdict;
  const deciding = named.find((each) => each.outcome === 'DENY') ?? named.find((each) => each.outcome === 'DEPENDS') ?? first;
  const one: Weighed = { ...first, rule: A_SPECIAL_CATEGORY, clause: 'special-categories', outcome: deciding.outcome, reason: reasonForAuditor(deciding.reason), because: told(deciding.outcome, wordsOfRule(A_SPECIAL_CATEGORY), '') };
  const steps = verdict.steps.flatMap((each) => (each === first ? [one] : named.includes(each) ? [] : [each]));
  const wasNamed = verdict.reason !== null && named.some((each) => each.outcome === 'DENY' && each.reason === verdict.reason && each.clause === verdict.clause);
  return { ...verdict, steps, reason: wasNamed ? reasonForAuditor(verdict.reason) : verdict.reason, clause: wasNamed ? 'special-categories' : verdict.clause };
}

/** The verdict on a coordinate with every rule in order. A field that goes with its record is there where any group of the record is. */
export function verdictOf(access: Access, at: CellsAt, facts: Facts, view: View): Explanation {
  const verdicts = (at.cells.length > 0 ? at.cells : [null]).map((cell) => {
    const verdict = together(access, new Weighing(access, at, cell, facts, view).steps());
    // A member who authorized any category at all is there.
    return cell === null && interpret(access.reach, facts) ? { ...verdict, effect: 'PERMIT' as const, clause: clauseOfPurpose(access), reason: null } : verdict;
  });
  const chosen = verdicts.find((each) => each.effect === 'PERMIT') ?? verdicts.find((each) => each.effect === 'CONDITIONAL') ?? (verdicts[0] as Verdict);
  const { effect, clause, reason, steps } = view === 'AUDITOR' ? forAuditor(chosen) : chosen;
  return { effect, clause, reason, steps: steps.map((each) => ({ rule: each.rule, clause: each.clause, citation: each.citation, outcome: each.outcome, because: each.because })) };
}
