import type { Decision } from '../permissions/core/decide';
import type { Operand, Predicate } from '../permissions/core/predicate';

/** On what a cell depends (policy section 9). */
export const CONDITIONS = ['GRANT', 'AUTHORIZATION', 'RELATIONSHIP', 'LABELS', 'RESTRICTION', 'STATE'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** The condition that a fact stands for, by the table that holds it. */
const OF_RELATION: Readonly<Record<string, Condition>> = {
  authorization_scope: 'AUTHORIZATION', care_team: 'RELATIONSHIP', break_glass_opening: 'RELATIONSHIP', coverage: 'RELATIONSHIP', member_organization: 'RELATIONSHIP',
  representation: 'RELATIONSHIP', member: 'RELATIONSHIP', agreement: 'RELATIONSHIP', restriction_scope: 'RESTRICTION', hie_opt_out: 'RESTRICTION',
  confidential_communication: 'RESTRICTION', confidential_recipient: 'RESTRICTION',
};
/** … and by the column of the record or the member: what is not named here narrows a relationship (dates, periods, ids). */
const OF_RECORD_COLUMN: Readonly<Record<string, Condition>> = {
  labels: 'LABELS', labelled: 'LABELS', governed_by: 'LABELS', legal: 'LABELS', medication_review: 'LABELS', withheld: 'RESTRICTION', plan_id: 'RELATIONSHIP',
};

/** Every node of a rule, outermost first. */
export function* nodesOf(subject: unknown): Generator<Predicate | Operand> {
  if (Array.isArray(subject)) { for (const each of subject) yield* nodesOf(each); return; }
  if (subject === null || typeof subject !== 'object') return;
  if ('kind' in subject) yield subject as Predicate | Operand;
  for (const each of Object.values(subject)) if (typeof each === 'object') yield* nodesOf(each);
}

function conditionOf(node: Predicate | Operand): Condition | undefined {
  if (node.kind === 'exists' || node.kind === 'bits') return node.relation.startsWith('grant') ? 'GRANT' : OF_RELATION[node.relation];
  if (node.kind === 'byState') return 'STATE';
  if (node.kind !== 'column') return undefined;
  if (node.of === 'r') return OF_RECORD_COLUMN[node.name];
  return node.of === 'm' && node.name === 'id' ? 'RELATIONSHIP' : undefined;
}

/** What a rule asks for, in the order of CONDITIONS. The member's own key inside a fact (`x.member_id = m.id`) is no condition of its own. */
export function conditionsOf(...rules: readonly (Predicate | Operand)[]): Condition[] {
  const found = new Set<Condition>();
  const visit = (node: unknown, inside: boolean): void => {
    if (Array.isArray(node)) { node.forEach((each) => visit(each, inside)); return; }
    if (node === null || typeof node !== 'object') return;
    const isNode = 'kind' in node;
    const condition = isNode ? conditionOf(node as Predicate | Operand) : undefined;
    if (condition && !(inside && condition === 'RELATIONSHIP' && (node as { kind: string }).kind === 'column')) found.add(condition);
    const below = inside || (isNode && ['exists', 'bits'].includes((node as { kind: string }).kind));
    Object.values(node).forEach((each) => visit(each, below));
  };
  rules.forEach((each) => visit(each, false));
  return CONDITIONS.filter((each) => found.has(each));
}

export const conditionsOfDecision = (decision: Decision): Condition[] =>
  (decision.effect === 'CONDITIONAL' ? conditionsOf(decision.visible, decision.hidden) : []);
