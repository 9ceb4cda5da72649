import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { createDataSource } from '../../src/entities/data-source';
import { insertRows } from '../../src/entities/rows';
import type { Row, Table } from '../../src/entities/table';
import { audit_event } from '../../src/entities/tables/audit';
import { organization } from '../../src/entities/tables/directory';
import { break_glass_opening, care_team, member } from '../../src/entities/tables/member';
import { authorization, authorization_scope, restriction } from '../../src/entities/tables/privacy';
import { medication } from '../../src/entities/tables/records';
import type { Caller } from '../../src/identity/caller';
import { authorizationScopes, spreadRestrictions } from '../../src/privacy-office/spread';
import type { Recorder } from '../../src/query/run/database';
import { executeOperation } from '../../src/resolvers/execute';
import { assemble } from '../../src/server/assemble';
import { loadConfiguration } from '../../src/server/configuration';
import type { Purpose } from '../../src/vocabulary/purposes';
import type { Recipient } from '../../src/vocabulary/recipients';
import { classMask, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import type { TestDatabase } from '../support/databases';

export const NOW = '2026-11-24T12:00:00.000Z';
const START = '2020-01-01T00:00:00.000Z';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

function rowOf<T extends Table>(table: T, given: Partial<Row<T>>): Row<T> {
  const columns = Object.entries(table.columns).map(([name, kind]) => [name, kind.endsWith('?') ? null : /^(int|double|flag|mask)$/.test(kind) ? 0 : '']);
  return { ...Object.fromEntries(columns), ...given } as Row<T>;
}

export const caller = (given: Partial<Caller> = {}): Caller => ({
  subject: 'pat', role: 'PHARMACIST', organization: 'company', practitioner: 'pat', member: null, purposes: ['TREAT'], tokenId: null, purpose: 'TREAT', breakGlassReason: null,
  grant: null, requestId: 'request', at: NOW, ...given,
});

export interface Alert { severity: string; hidden: boolean; visibleMedicationId: string | null; otherMedicationId: string | null; advice: string; source: string }
export interface Answer { alerts: Alert[] | null | undefined; withheld: string[]; codes: string[]; text: string }
export interface InteractionWorld {
  member(id: string, given?: Partial<Row<typeof member>>): Promise<void>;
  takes(memberId: string, id: string, ingredients: string[], given?: Partial<Row<typeof medication>> & { classes?: SensitivityClass[] }): Promise<void>;
  forget(memberId: string, id: string): Promise<void>;
  restricts(memberId: string, given: { classes?: SensitivityClass[]; recipients?: Recipient[]; coordinates?: string[]; recordId?: string; purposes?: Purpose[]; categories?: string[]; kind?: string }): Promise<void>;
  authorizes(memberId: string, classes: SensitivityClass[], recipients: Recipient[], purposes?: Purpose[]): Promise<void>;
  breaksGlass(memberId: string, subject: string): Promise<void>;
  asks(memberId: string, by?: Caller): Promise<Answer>;
  run(document: string, by: Caller): Promise<string>;
  /** Statements run since the last look. */
  statements(): Parameters<Recorder>[0][];
  flagged(): Promise<number[]>;
  close(): Promise<void>;
}

const FIELDS = 'severity hidden visibleMedicationId otherMedicationId advice source';

export async function openInteractionWorld(database: TestDatabase): Promise<InteractionWorld> {
  const made = await createDataSource(database.url).initialize();
  await made.runMigrations();
  await made.destroy();
  const configuration = loadConfiguration({ DATABASE_URL: database.url, KEYS_DIR: mkdtempSync(join(tmpdir(), 'interaction-keys-')), PORT: '0', COVERED_ORGANIZATIONS: 'company,sister' });
  let seen: Parameters<Recorder>[0][] = [];
  const { decided, source, close } = await assemble(configuration, { recorder: (event) => { seen.push(event); }, clock: () => new Date(NOW) });
  const put = <T extends Table>(table: T, row: Partial<Row<T>>): Promise<void> => insertRows(source.manager, table, [rowOf(table, row)]);
  await put(organization, { id: 'plan', kind: 'HEALTH_PLAN', updated_at: NOW });
  let last = 0;
  const run = async (document: string, by: Caller): Promise<string> => {
    try {
      return JSON.stringify(await executeOperation(decided, { document: parse(document), operationName: null, variables: {}, caller: by }));
    } catch (error) {
      return JSON.stringify({ errors: [{ extensions: { code: (error as { code?: string }).code ?? String(error) } }] });
    }
  };
  return {
    run,
    async member(id, given = {}) {
      await put(member, { id, birth_date: '1980-01-01', home_state: 'TX', updated_at: NOW, ...given });
      await put(care_team, { member_id: id, id: `team-${id}`, practitioner_id: 'pat', start_at: START, origin: 'ASSIGNED' });
    },
    takes: (memberId, id, ingredients, { classes = [], ...given } = {}) => put(medication, {
      member_id: memberId, id, code_system: RXNORM, code: '1', code_display: ingredients.join(' / '), status: 'active', recorded_at: START, record_date: START, started_at: START,
      labels: classMask(classes), labelled: 1, governed_by: 'NOTICE', source_type: 'MedicationRequest', updated_at: NOW, ingredients: JSON.stringify(ingredients), ...given,
    }),
    async forget(memberId, id) { await source.manager.query('DELETE FROM medication WHERE member_id = ? AND id = ?', [memberId, id]); },
    async restricts(memberId, { classes = [], recipients = [], coordinates = [], purposes = [], categories = [], recordId, kind = 'AGREED' }) {
      await put(restriction, {
        member_id: memberId, id: `restriction-${last += 1}`, kind, status: 'ACCEPTED', recipients: JSON.stringify(recipients), purposes: JSON.stringify(purposes),
        categories: JSON.stringify(categories), classes: JSON.stringify(classes), coordinates: JSON.stringify(coordinates), record_id: recordId ?? null, requested_at: START, decided_at: START, channel: 'PAPER', source: 'API',
      });
      await source.transaction((manager) => spreadRestrictions(manager, memberId));
    },
    async authorizes(memberId, classes, recipients, purposes = ['TREAT']) {
      const row = rowOf(authorization, {
        member_id: memberId, id: `authorization-${last += 1}`, classes: JSON.stringify(classes), purposes: JSON.stringify(purposes), recipients: JSON.stringify(recipients), start_at: START, signed_at: START,
        signed_by: 'member', signed_by_member: 1, recorded_at: START, source: 'API',
      });
      await insertRows(source.manager, authorization, [row]);
      await insertRows(source.manager, authorization_scope, authorizationScopes(row));
    },
    breaksGlass: (memberId, subject) => put(break_glass_opening, { subject, member_id: memberId, opened_at: START, expires_at: '2027-01-01T00:00:00.000Z', reason: 'unconscious on arrival' }),
    async asks(memberId, by = caller()) {
      const text = await run(`{ member(id: "${memberId}") { id interactionAlerts { ${FIELDS} } } }`, by);
      const { data, errors = [], extensions } = JSON.parse(text) as {
        data?: { member: { interactionAlerts: Alert[] | null } | null }; errors?: { extensions: { code: string } }[]; extensions?: { privacy: { withheld: { coordinate: string }[] } };
      };
      // The audit id is this operation's own; everything else is what the caller learns.
      return {
        alerts: data?.member?.interactionAlerts, withheld: (extensions?.privacy.withheld ?? []).map((each) => each.coordinate), codes: errors.map((each) => each.extensions.code),
        text: text.replace(/"auditId":"[^"]*"/, ''),
      };
    },
    statements() { const found = seen; seen = []; return found; },
    async flagged() {
      const rows = await source.manager.query(`SELECT flagged FROM ${audit_event.name} ORDER BY seq`) as { flagged: number }[];
      return rows.map((each) => each.flagged);
    },
    async close() { await close(); await database.drop(); },
  };
}
