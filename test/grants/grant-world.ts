/** Three members with records of every kind, and people who ask for grants, decide on them and read under them, over the real gateway. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { createDataSource } from '../../src/entities/data-source';
import { insertRows } from '../../src/entities/rows';
import type { Row, Table } from '../../src/entities/table';
import { organization } from '../../src/entities/tables/directory';
import { coverage, member } from '../../src/entities/tables/member';
import { authorization_scope, confidential_communication, hie_opt_out } from '../../src/entities/tables/privacy';
import { care_gap, claim, condition_record, diagnostic_report, document, encounter, medication, observation } from '../../src/entities/tables/records';
import type { Caller } from '../../src/identity/caller';
import { CASE_BY_CASE } from '../../src/permissions/clauses';
import { missingElements, type Elements } from '../../src/permissions/grant-terms';
import type { Recorder } from '../../src/query/run/database';
import { executeOperation } from '../../src/resolvers/execute';
import { assemble } from '../../src/server/assemble';
import { loadConfiguration } from '../../src/server/configuration';
import type { Category } from '../../src/vocabulary/categories';
import type { ClauseId } from '../../src/vocabulary/clauses';
import type { Purpose } from '../../src/vocabulary/purposes';
import type { Recipient } from '../../src/vocabulary/recipients';
import type { Role } from '../../src/vocabulary/roles';
import { classMask, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import type { TestDatabase } from '../support/databases';

export const NOW = '2026-11-24T12:00:00.000Z';
export const LATER = '2026-12-24T12:00:00.000Z';

export function rowOf<T extends Table>(table: T, given: Partial<Row<T>>): Row<T> {
  const columns = Object.entries(table.columns).map(([name, kind]) => [name, kind.endsWith('?') ? null : /^(int|double|flag|mask)$/.test(kind) ? 0 : '']);
  return { ...Object.fromEntries(columns), ...given } as Row<T>;
}
const person = (role: Role, purpose: Purpose, given: Partial<Caller> = {}): Caller => ({
  subject: role.toLowerCase(), role, organization: null, practitioner: null, member: null, purposes: [purpose], tokenId: null, purpose, breakGlassReason: null, grant: null, requestId: 'request', at: NOW, ...given,
});
export const wendy = person('WORKFORCE', 'HOPERAT', { subject: 'wendy' });
export const otis = person('PRIVACY_OFFICER', 'HCOMPL', { subject: 'otis' });
export const olga = person('PRIVACY_OFFICER', 'HCOMPL', { subject: 'olga' });
export const ann = person('MEMBER', 'PATRQT', { subject: 'ann-sub', member: 'ann' });
/** The agent to whom most grants of these tests go. */
export const agent = (purpose: Purpose, grant: string, given: Partial<Caller> = {}): Caller => person('DISCLOSURE_RECIPIENT', purpose, { subject: 'agent', grant, ...given });
export const staff = (purpose: Purpose, grant: string, given: Partial<Caller> = {}): Caller => ({ ...wendy, purpose, purposes: [purpose], grant, ...given });

/** Everything that a clause demands of these choices, in words that say nothing. */
export function everything(clause: ClauseId, chosen: Elements = {}): Record<string, string> {
  const rule = CASE_BY_CASE.find((each) => each.id === clause)?.grant;
  if (!rule) throw new Error(`no grants under ${clause}`);
  const stated: Record<string, string> = { ...chosen };
  for (let missing = missingElements(rule, stated); missing.length > 0; missing = missingElements(rule, stated))
    for (const name of missing) {
      const demand = rule.demands.find((each) => each.name === name);
      stated[name] = demand?.format === 'CHOICE' ? demand.choices[0] ?? '' : demand?.format === 'DATE' ? '2026-01-15' : demand?.format === 'BOOLEAN' ? 'true' : 'as stated';
    }
  return stated;
}
export interface Asked {
  clause: ClauseId; elements?: Elements; categories?: readonly Category[]; classes?: readonly SensitivityClass[]; memberIds?: readonly string[]; recordIds?: readonly string[];
  recipient?: Recipient; remunerated?: boolean; expires?: string; /** Exactly these elements. */ exactly?: Elements;
}
export interface Answered { data: Record<string, never>; code: string | null; extensions: Record<string, unknown>; text: string; withheld: { coordinate: string; reason: string; clause: string }[] }

const REQUEST = 'mutation M($input: GrantInput!) { requestGrant(input: $input) { id clause status recipient { subject organizationId } memberIds categories expires requestedBy decidedBy restrictionExists } }';
const DECIDE = 'mutation M($id: ID!, $approve: Boolean!) { decideGrant(id: $id, approve: $approve, reason: "looked at") { id status decidedBy restrictionExists } }';

export async function openGrantWorld(database: TestDatabase) {
  const made = await createDataSource(database.url).initialize();
  await made.runMigrations();
  await made.destroy();
  const configuration = loadConfiguration({ DATABASE_URL: database.url, KEYS_DIR: mkdtempSync(join(tmpdir(), 'grant-keys-')), AUDIT_CHECKPOINT_DIR: mkdtempSync(join(tmpdir(), 'grant-checkpoints-')), PORT: '0' });
  const reads: Parameters<Recorder>[0][] = [];
  const { decided, source, close } = await assemble(configuration, { recorder: (event) => { reads.push(event); }, clock: () => new Date(NOW) });
  const put = <T extends Table>(table: T, ...rows: Partial<Row<T>>[]): Promise<void> => insertRows(source.manager, table, rows.map((row) => rowOf(table, row)));

  async function ask(document: string, by: Caller, variables: Record<string, unknown> = {}): Promise<Answered> {
    try {
      const answer = await executeOperation(decided, { document: parse(document), operationName: null, variables, caller: by });
      const error = answer.errors?.[0];
      const privacy = answer.extensions?.['privacy'] as { withheld?: Answered['withheld'] } | undefined;
      return { data: answer.data as Record<string, never>, code: error ? String(error.extensions['code']) : null, extensions: error?.extensions ?? answer.extensions ?? {}, text: JSON.stringify(answer), withheld: privacy?.withheld ?? [] };
    } catch (error) {
      const { code, extensions } = error as { code?: string; extensions?: Record<string, unknown> };
      if (!code) throw error;
      return { data: {}, code, extensions: extensions ?? {}, text: JSON.stringify(extensions ?? {}), withheld: [] };
    }
  }
  function request({ clause, elements, exactly, ...given }: Asked, by: Caller = wendy): Promise<Answered> {
    const stated = Object.entries(exactly ?? everything(clause, elements)).map(([name, value]) => ({ name, value }));
    return ask(REQUEST, by, { input: { clause, recipient: { subject: 'agent' }, memberIds: ['ann'], categories: ['IDENTITY', 'CLINICAL'], expires: LATER, elements: stated, ...given } });
  }
  const decide = (id: string, approve = true, by: Caller = otis): Promise<Answered> => ask(DECIDE, by, { id, approve });
  /** Asked for by Wendy, approved by Otis; where it names records, of which she may see only some, asked for by Olga. */
  async function grant(asked: Asked): Promise<string> {
    const answer = await request(asked, asked.recordIds ? olga : wendy);
    if (answer.code) throw new Error(`${answer.code} ${answer.text}`);
    const { id } = (answer.data as unknown as { requestGrant: { id: string } }).requestGrant;
    const { code } = await decide(id);
    if (code) throw new Error(code);
    return id;
  }
  const trail = async (): Promise<{ kind: string; clause: string | null; grant_id: string | null; members: string; subject: string; outcome: string }[]> =>
    source.query('SELECT kind, clause, grant_id, members, subject, outcome FROM audit_event ORDER BY at, id') as Promise<never>;

  await put(organization,
    { id: 'precinct', name: 'Fifth Precinct', kind: 'AUTHORITY', address: JSON.stringify({ line: ['1 Main Street'], city: 'Austin', state: 'TX', postalCode: '73301' }), updated_at: NOW },
    { id: 'acme-plan', name: 'Acme Health Plan', kind: 'HEALTH_PLAN', updated_at: NOW }, { id: 'exchange', name: 'Exchange', kind: 'HIE', updated_at: NOW });
  await put(member,
    {
      id: 'ann', member_number: 'CANARY-MRN', name_family: 'Canaryfamily', name_given: '["Canarygiven"]', name_text: 'Canarygiven Canaryfamily', name_key: 'canarygiven canaryfamily', family_key: 'canaryfamily',
      preferred_name: 'Canarynick', birth_date: '1980-05-17', gender: 'female', gender_identity: 'Canaryidentity', telephones: '["555-CANARY"]', emails: '["canary@example.org"]', address_uses: '["home"]',
      address_lines: '[["1 Canary Lane"]]', address_cities: '["Austin"]', address_states: '["TX"]', address_postal_codes: '["73301"]', address_countries: '["US"]', home_state: 'TX', updated_at: NOW,
    },
    { id: 'bob', name_family: 'Bobson', birth_date: '1931-02-03', address_uses: '["home"]', address_lines: '[["2 Lane"]]', address_cities: '["Nome"]', address_states: '["AK"]', address_postal_codes: '["03601"]', address_countries: '["US"]', home_state: 'TX', updated_at: NOW },
    { id: 'otto', name_family: 'Dead', birth_date: '1940-01-01', deceased_at: '2026-01-01T00:00:00.000Z', home_state: 'CA', updated_at: NOW });
  const record = { member_id: 'ann', labelled: 1, governed_by: 'NOTICE', record_date: '2026-02-03T10:00:00.000Z', recorded_at: '2026-02-03T10:00:00.000Z', encounter_id: 'visit', updated_at: NOW } as const;
  const classes: SensitivityClass[] = ['PART2', 'SUD', 'HIV', 'STD', 'PSY', 'PSYTHPN', 'GDIS', 'SDV', 'SEX', 'ABORTION'];
  await put(condition_record, { ...record, id: 'plain', code_system: 'http://snomed.info/sct', code: '38341003', code_display: 'Hypertension of Canaryfamily', onset_at: '2026-02-03T10:00:00.000Z', status: 'active' },
    ...classes.map((each) => ({ ...record, id: `bears-${each}`, code: each, labels: classMask([each]), author_id: 'dr-notes' })),
    { ...record, id: 'plans', code: 'plans', governed_by: 'PLAN_AGREEMENT', governing_plan_id: 'acme-plan' }, { ...record, member_id: 'bob', id: 'bobs', code: 'bobs' }, { ...record, member_id: 'otto', id: 'ottos', code: 'ottos', encounter_id: null });
  await put(medication, { ...record, id: 'pill', code: '860975', dosage: 'one a day, says Canaryfamily' });
  await put(observation, { ...record, id: 'measured', code: '8480-6', value: '132', unit: 'mm[Hg]', effective_at: '2026-02-03T10:00:00.000Z' }, { ...record, id: 'said', code: '72133-2', value: 'Canarywords' });
  await put(document, { ...record, id: 'note', title: 'Canarytitle', text: 'Canarytext' }, { ...record, id: 'other-note', title: 'Another', text: 'Another' });
  await put(diagnostic_report, { ...record, id: 'report', code: 'report', conclusion: 'Canaryconclusion', result_ids: '["measured"]' });
  await put(encounter, { ...record, id: 'visit', encounter_id: null, class: 'EMER', status: 'finished', start_at: '2026-02-03T10:00:00.000Z', end_at: '2026-02-03T12:00:00.000Z', reason_display: 'Canaryreason', organization_id: 'company' });
  await put(care_gap, { ...record, id: 'gap', measure: 'Canarymeasure', status: 'open', due_at: '2027-01-01' });
  await put(claim, { ...record, id: 'bill', code: 'professional', billed_amount: 120, service_start: '2026-02-03', service_end: '2026-02-04', diagnoses: '[{"display":"Canarydiagnosis"}]' }, { ...record, id: 'another-bill', encounter_id: null, billed_amount: 7 });
  await put(coverage, { member_id: 'ann', id: 'cover', plan_id: 'acme-plan', subscriber_id: 'CANARY-SUBSCRIBER', start_at: '2020-03-04T00:00:00.000Z', basis: 'COVERAGE' });

  return {
    ask, request, decide, grant, trail, put, reads, source, decided,
    codesSeen: async (by: Caller, memberId = 'ann'): Promise<string[] | null> => {
      const { data } = await ask('query Q($id: ID!) { member(id: $id) { conditions { nodes { id } } } }', by, { id: memberId });
      const found = (data as unknown as { member: { conditions: { nodes: { id: string }[] } | null } | null }).member;
      return found ? (found.conditions?.nodes ?? []).map((each) => each.id) : null;
    },
    optOut: () => put(hie_opt_out, { member_id: 'ann', since: '2026-01-01T00:00:00.000Z', channel: 'PAPER' }),
    authorizes: (given: Partial<Row<typeof authorization_scope>>) => put(authorization_scope, { member_id: 'ann', authorization_id: 'a1', start_at: '2026-01-01T00:00:00.000Z', category_mask: 0xfff, signed_by_member: 1, ...given }),
    choosesContact: () => put(confidential_communication, { member_id: 'ann', id: 'c1', telephone: '555-CHOSEN', since: '2026-01-01T00:00:00.000Z', channel: 'PAPER' }),
    close: async () => { await close(); await database.drop(); },
  };
}
export type GrantWorld = Awaited<ReturnType<typeof openGrantWorld>>;
