/** The root field `policy` as a client meets it: who may call what, two readers of one question, and what the trail says. */
import 'reflect-metadata';
import { parse } from 'graphql';
import type { Caller } from '../../src/identity/caller';
import { callerOf } from '../laws/engine-world';
import { ENGINE } from '../laws/support/engine';
import { Laboratory, type Outcome, type Station } from '../laws/support/laboratory';
import { richRows } from '../laws/support/rich-rows';
import { caller, careTeam, record, worldOf } from '../oracle/story';
import { sqliteDatabase, type TestDatabase } from '../support/databases';

const WORLD = worldOf({ careTeam: [careTeam()], records: [record('Condition', { id: 'hiv', labels: ['HIV'] })] });
const as = (role: string, purpose: string): Caller => callerOf(WORLD, caller(role, purpose));
const [officer, auditor, ann, nurse] = [as('PRIVACY_OFFICER', 'HCOMPL'), as('AUDITOR', 'HCOMPL'), as('MEMBER', 'PATRQT'), as('NURSE', 'TREAT')];
const explainOf = (memberId: string): string => `{ policy { explain(input: { subject: "s", role: WORKFORCE, purpose: HOPERAT, organizationId: "company", memberId: "${memberId}", coordinate: "Condition.code" }) { effect steps { rule outcome because } } } }`;
const SIMULATE = '{ policy { simulate(input: { operation: "{ members { nodes { id } } }", subject: "s", role: WORKFORCE, purpose: HOPERAT, organizationId: "company" }) { permitted withheld { coordinate reason } records { key count suppressed } } } }';

let database: TestDatabase;
let laboratory: Laboratory;
let station: Station;
beforeAll(async () => {
  database = await sqliteDatabase();
  laboratory = await Laboratory.open(database.url);
  station = laboratory.station(ENGINE);
  await laboratory.load(richRows(WORLD));
});
afterAll(async () => { await laboratory.close(); await database.drop(); });

const ask = (who: Caller, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Outcome> => station.ask({ document: parse(query), variables, caller: who });
const errorsOf = ({ body }: Outcome): { code?: string; refused?: boolean; extensions?: { code: string } }[] => (JSON.parse(body) as { errors?: [] }).errors ?? [];
const codeOf = (outcome: Outcome): string | undefined => errorsOf(outcome).map((each) => each.code ?? each.extensions?.code)[0];

test.each([officer, auditor, ann, nurse, as('HEALTH_PLAN', 'HPAYMT'), as('DISCLOSURE_RECIPIENT', 'PUBHLTH')])('$role for $purpose reads catalogue, matrix and clauses', async (who) => {
  const { data } = await ask(who, `{ policy { __typename
    catalogue(sensitivity: SEX) { coordinate category sensitivity identifier confidentiality public }
    cells: matrix(roles: [AUDITOR], purposes: [HCOMPL]) { role coordinate effect reason }
    clause(id: "family-present") { clause { id citation summary } roles demands { name required requiredWhen format choices } }
    none: clause(id: "nothing") { roles } } }`);
  const { policy } = data as { policy: Record<string, never> & { catalogue: { coordinate: string }[]; cells: { effect: string; reason: string }[]; clause: { roles: string[]; demands: { name: string }[] } } };
  expect(policy.catalogue.map((each) => each.coordinate)).toEqual(['Member.genderIdentity', 'Member.pronouns']);
  expect(policy.cells.length).toBeGreaterThan(200);
  expect(policy.cells.every((each) => each.effect === 'DENY' && each.reason === 'PURPOSE_NOT_PERMITTED')).toBe(true);
  expect(policy.clause.demands.map((each) => each.name)).toEqual(expect.arrayContaining(['person', 'agreement']));
  expect(policy.clause.roles).toContain('DISCLOSURE_RECIPIENT');
  expect(policy['none']).toBeNull();
});

test.each([nurse, as('PERSONAL_REPRESENTATIVE', 'PWATRNY'), as('WORKFORCE', 'HOPERAT'), as('MEMBER', 'HRESCH')])('$role for $purpose is refused an explanation and a simulation as a whole', async (who) => {
  for (const query of [explainOf('ann'), SIMULATE, `{ viewer { role } ${explainOf('ann').slice(2)}`]) {
    const outcome = await ask(who, query);
    expect(errorsOf(outcome)).toMatchObject([{ refused: true, code: 'FORBIDDEN' }]);
  }
});

test('a member asks about their own record, and no other; a simulation is not for them', async () => {
  expect((await ask(ann, explainOf('ann'))).data).toMatchObject({ policy: { explain: { effect: 'CONDITIONAL' } } });
  expect(codeOf(await ask(ann, explainOf('ben')))).toBe('FORBIDDEN');
  expect(codeOf(await ask(ann, SIMULATE))).toBe('FORBIDDEN');
});

test('an auditor asks by pseudonym what the privacy office asks by id', async () => {
  const pseudonym = station.gateway.pseudonyms.of('member', 'ann');
  const [one, other] = [await ask(officer, explainOf('ann')), await ask(auditor, explainOf(pseudonym))];
  expect(one.data).toMatchObject({ policy: { explain: { effect: 'CONDITIONAL' } } });
  expect(other.data).toMatchObject({ policy: { explain: { effect: 'CONDITIONAL' } } });
  expect(codeOf(await ask(auditor, explainOf('ann')))).toBe('NOT_FOUND');
  expect(codeOf(await ask(officer, explainOf(pseudonym)))).toBe('NOT_FOUND');
});

test('the trail: work of the privacy office, with the member of an explanation, and no member for a simulation', async () => {
  const [explained] = (await ask(officer, explainOf('ann'))).entries;
  expect(explained).toMatchObject({ kind: 'ADMINISTRATION', members: ['ann'], outcome: 'PERMIT' });
  const simulated = await ask(officer, SIMULATE);
  expect(simulated.data).toMatchObject({ policy: { simulate: { records: [{ key: 'Member', count: 1, suppressed: false }] } } });
  expect(simulated.entries).toMatchObject([{ kind: 'ADMINISTRATION', members: [], labels: [], clause: null }]);
  expect((await ask(auditor, SIMULATE)).data).toMatchObject({ policy: { simulate: { records: [{ key: 'Member', count: null, suppressed: true }] } } });
});

test('each role is told in the introspection what it may ask of the policy; the auditor all of it, on the trail', async () => {
  const query = '{ __type(name: "Policy") { fields { name } } all: __schema { types { name } } }';
  const fieldsFor = async (who: Caller): Promise<{ fields: string[]; types: number; outcome: Outcome }> => {
    const outcome = await ask(who, query);
    const { __type, all } = outcome.data as { __type: { fields: { name: string }[] }; all: { types: unknown[] } };
    return { fields: __type.fields.map((each) => each.name), types: all.types.length, outcome };
  };
  const [forNurse, forAnn, forAuditor] = [await fieldsFor(nurse), await fieldsFor(ann), await fieldsFor(auditor)];
  expect(forNurse.fields).toEqual(['catalogue', 'matrix', 'clause']);
  expect(forAnn.fields).toEqual(['catalogue', 'matrix', 'clause', 'explain']);
  expect(forAuditor.fields).toEqual(['catalogue', 'matrix', 'clause', 'explain', 'simulate']);
  expect(forAuditor.types).toBeGreaterThan(forNurse.types);
  expect(forAuditor.outcome.entries).toMatchObject([{ kind: 'INTROSPECTION', role: 'AUDITOR' }]);
});
