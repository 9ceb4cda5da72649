import type { Clause, Prohibition } from '../../permissions/core/clause';
import { permit, prohibition } from '../../permissions/core/clause';
import { opening, type GrantRule } from '../../permissions/core/grant';
import { always, exists, ofMember, type Predicate } from '../../permissions/core/predicate';
import { ANY_RECIPIENT, PAYER_KEY } from '../../vocabulary/recipients';
import { policyOf, type ProvenPolicy } from './space';

/** A policy that is broken on purpose, in the way that its statement is there to find: a proof that misses it proves nothing. */
export interface BrokenPolicy { readonly statement: string; readonly broken: string; /** Looked for under grants of these clauses, and not in cells. */ readonly under?: readonly string[]; readonly make: (clauses: readonly Clause[]) => ProvenPolicy }

const changed = (clauses: readonly Clause[], id: string, change: (clause: Clause) => Partial<Clause>): readonly Clause[] =>
  clauses.map((each) => (each.id === id ? { ...each, ...change(each) } : each));
const prohibits = (clauses: readonly Clause[], id: string, change: (rule: Prohibition) => Prohibition | null): ProvenPolicy =>
  policyOf(changed(clauses, id, (each) => ({ prohibits: each.prohibits.flatMap((rule) => change(rule) ?? []) })));

const rules = (clauses: readonly Clause[], id: string, change: (rule: GrantRule) => Partial<GrantRule>): ProvenPolicy =>
  policyOf(changed(clauses, id, ({ grant }) => ({ grant: grant && { ...grant, ...change(grant) } })));
/** Readers of grants are not asked for what `dropped` picks. */
function underGrants(clauses: readonly Clause[], dropped: (node: object) => boolean): ProvenPolicy {
  const whole = policyOf(clauses);
  const without = (rule: Predicate): Predicate => JSON.parse(JSON.stringify(rule, (_, node: unknown) => (node !== null && typeof node === 'object' && dropped(node) ? always : node))) as Predicate;
  return { clauses, access: (...given) => { const access = whole.access(...given); return { ...access, decide: (cell) => { const decision = access.decide(cell); return { ...decision, visible: without(decision.visible) }; } }; } };
}

export const BROKEN: readonly BrokenPolicy[] = Object.freeze([
  {
    statement: 'paid-in-full', broken: 'an exchange that works for payment is not told as one whom the restriction binds',
    make: (clauses) => {
      const whole = policyOf(clauses);
      return {
        clauses,
        access: (role, purpose, facts) => {
          const access = whole.access(role, purpose, facts);
          if (role !== 'HIE_PARTICIPANT' || purpose !== 'HPAYMT') return access;
          return { ...access, bound: { ...access.bound, restrictionKeys: (access.bound.restrictionKeys as string[]).filter((each) => each !== PAYER_KEY && each !== ANY_RECIPIENT) } };
        },
      };
    },
  },
  {
    statement: 'special-categories', broken: 'staff under another purpose than treatment are asked for no authorization',
    make: (clauses) => prohibits(clauses, 'special-categories', (rule) => (rule.rule === 'special-category:INSIDE_OTHER' ? null : rule)),
  },
  {
    statement: 'covering-authorization', broken: 'whatever anybody signed covers anybody',
    make: (clauses) => prohibits(clauses, 'special-categories', (rule) => JSON.parse(JSON.stringify(rule, (_, node: unknown) => (isNaming(node) ? always : node))) as Prohibition),
  },
  {
    statement: 'opted-out', broken: 'an emergency passes through the opt-out',
    make: (clauses) => prohibits(clauses, 'health-information-exchange', (rule) => prohibition({ ...rule, exceptPurposes: ['ETREAT'] })),
  },
  {
    statement: 'more-restrictions', broken: 'a restriction of the member opens the member to nurses',
    make: (clauses) => policyOf(changed(clauses, 'treatment', (each) => ({ permits: [...each.permits, permit({ roles: ['NURSE'], purposes: ['TREAT'], members: exists('restriction_scope', ofMember) })] }))),
  },
  {
    statement: 'more-authorizations', broken: 'who signed anything is hidden from staff',
    make: (clauses) => policyOf(changed(clauses, 'payment', (each) => ({
      prohibits: [...each.prohibits, prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'signed', roles: ['WORKFORCE'], hides: exists('authorization_scope', ofMember) })],
    }))),
  },
  {
    statement: 'business-associates', broken: 'an associate sees any member, whatever its agreement lists',
    make: (clauses) => policyOf(changed(clauses, 'business-associates', (each) => ({ permits: each.permits.map((rule) => permit({ ...rule, members: always })) }))),
  },
  {
    statement: 'special-categories', broken: 'disease control opens the records of a Part 2 program', under: ['public-health'],
    make: (clauses) => rules(clauses, 'public-health', (rule) => ({ opens: [...rule.opens, opening(['activity=disease-control'], ['PART2'])] })),
  },
  {
    statement: 'special-categories', broken: 'a subpoena opens what it names', under: ['judicial-proceedings'],
    make: (clauses) => rules(clauses, 'judicial-proceedings', (rule) => ({ opens: [...rule.opens, opening(['basis=subpoena'], ['HIV'])] })),
  },
  {
    statement: 'opted-out', broken: 'what public health asks for passes through the opt-out', under: ['public-health'],
    make: (clauses) => rules(clauses, 'public-health', () => ({ overridesPrivacyState: true })),
  },
  {
    statement: 'paid-in-full', broken: 'workers\' compensation tells a plan of what was paid in full', under: ['workers-compensation'],
    make: (clauses) => rules(clauses, 'workers-compensation', () => ({ overridesPrivacyState: true })),
  },
  {
    statement: 'grants', broken: 'a friend who helps with the care is told of the whole record', under: ['family-absent'],
    make: (clauses) => rules(clauses, 'family-absent', () => ({ ceilings: [] })),
  },
  {
    statement: 'grants', broken: 'a grant is read for any member', under: ['coroners'],
    make: (clauses) => underGrants(clauses, (node) => (node as { relation?: string }).relation === 'grant_member'),
  },
  {
    statement: 'grants', broken: 'every note of a grant with named records is told', under: ['coroners'],
    make: (clauses) => underGrants(clauses, (node) => (node as { relation?: string }).relation === 'grant_scope_record'),
  },
]);

/** The part of a rule by which an authorization names its recipient. */
function isNaming(node: unknown): boolean {
  const { kind, left } = (node ?? {}) as { kind?: string; left?: { kind?: string; name?: string } };
  return kind === 'in' && left?.kind === 'column' && left.name === 'recipient';
}
