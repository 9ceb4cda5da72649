/** Lint finds nothing in the policy that ships, and each mistake in one that has it. */
import { clausesOf } from '../../src/permissions/clauses';
import { permit, prohibition, type Clause } from '../../src/permissions/core/clause';
import { always, eq, known, never, record, value } from '../../src/permissions/core/predicate';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { lint } from '../../src/policy/lint';

const CLAUSES = clausesOf(JURISDICTIONS);
const withRules = (id: string, rules: (clause: Clause) => Partial<Clause>): readonly Clause[] => CLAUSES.map((each) => (each.id === id ? { ...each, ...rules(each) } : each));

test('the policy that ships', () => { expect(lint(CLAUSES)).toEqual([]); });

test.each<[string, readonly Clause[], object]>([
  ['a permit of a role that has no cell for the purpose', withRules('payment', (each) => ({ permits: [...each.permits, permit({ roles: ['PHARMACIST'], purposes: ['HPAYMT'], members: always })] })), { kind: 'UNREACHABLE', clause: 'payment', rule: 'permit:PHARMACIST:HPAYMT' }],
  ['a permit of nobody', withRules('treatment', (each) => ({ permits: [...each.permits, permit({ roles: ['NURSE'], purposes: ['TREAT'], members: never })] })), { kind: 'UNREACHABLE', clause: 'treatment' }],
  ['a permit whose cells are all forbidden', withRules('payment', (each) => ({ prohibits: [prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'shut', roles: ['WORKFORCE'], hides: always }), ...each.prohibits] })), { kind: 'CONTRADICTORY', clause: 'payment', rule: 'permit:WORKFORCE:HPAYMT' }],
  ['a prohibition of nothing', withRules('restrictions', () => ({ prohibits: [prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'nothing', hides: eq(known('recordType'), value('Horoscope')) })] })), { kind: 'UNREACHABLE', rule: 'nothing' }],
  ['a permit beside a wider one', withRules('health-care-operations', (each) => ({ permits: [...each.permits, permit({ roles: ['WORKFORCE'], purposes: ['CAREMGT'], members: eq(record('id'), value('x')) })] })), { kind: 'SHADOWED', rule: 'permit:WORKFORCE:CAREMGT' }],
  ['a prohibition that is said twice', withRules('access', (each) => ({ prohibits: [...each.prohibits, ...each.prohibits.filter((rule) => rule.rule === 'legal-proceeding')] })), { kind: 'SHADOWED', rule: 'legal-proceeding' }],
  ['a cell that no permit opens', withRules('business-associates', () => ({ permits: [] })), { kind: 'UNREACHABLE', clause: 'minimum-necessary', rule: 'BUSINESS_ASSOCIATE:HPAYMT' }],
])('%s', (_, clauses, finding) => { expect(lint(clauses)).toEqual(expect.arrayContaining([expect.objectContaining(finding)])); });
