import { SYSTEM } from './fhir';
import { daysAgo, type SampleMember } from './member';
import { ORDINARY_VISITS } from './ordinary-visits';
import { SPECIAL_VISITS } from './special-visits';
import type { VisitKind } from './visit-kinds';

const KINDS = new Map([...ORDINARY_VISITS, ...SPECIAL_VISITS].map((kind) => [kind.key, kind]));
export function visitKind(key: string): VisitKind {
  const kind = KINDS.get(key);
  if (!kind) throw new Error(`no visit kind ${key}`);
  return kind;
}

/** One visit of one member: the facts that all of its resources share. */
export interface Visit {
  kind: VisitKind;
  number: number;
  period: { start: string; end: string };
  provider: string;
  performer: string;
  /** The plan that is billed; null where the member pays. */
  payer: string | null;
  coverageId: string;
  paidByMember: boolean;
  /** `meta` of every resource of the visit, where there is something to say. */
  meta: { meta?: { tag: { system: string; code: string }[] } };
  id(what: string, number?: number): string;
}

/** The member's visits, oldest first, some months apart; where a former plan was in force, it was billed. */
export function visitsOf(member: SampleMember): Visit[] {
  const { story, random } = member;
  return story.visits.map((key, index) => {
    const kind = visitKind(key);
    const days = 90 + (story.visits.length - index - 1) * 170 + random.integer(0, 40);
    const former = story.formerPlan !== undefined && daysAgo(days) < '2025-09-01';
    const paidByMember = story.paidByMember?.includes(key) ?? false;
    const governed = story.planGoverned?.includes(key) ?? false;
    return {
      kind, number: index + 1, period: { start: daysAgo(days), end: daysAgo(days, 30) },
      provider: kind.performedAt ?? 'org-phi', performer: kind.performer ?? 'prac-physician-1', paidByMember,
      // What the member pays for is not always hidden from the bill: every other one still names the plan.
      payer: paidByMember && index % 2 === 0 ? null : former ? story.formerPlan ?? null : story.plan,
      coverageId: member.idOf('cov', former ? 2 : 1),
      meta: governed ? { meta: { tag: [{ system: SYSTEM.governance, code: 'PLAN_AGREEMENT' }] } } : {},
      id: (what, number) => `${member.id}-${what}-${index + 1}${number === undefined ? '' : `-${number}`}`,
    };
  });
}
