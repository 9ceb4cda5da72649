import type { DataSource } from 'typeorm';
import { insertRows } from '../../../src/entities/rows';
import type { Row, Table } from '../../../src/entities/table';
import { tableNamed } from '../../../src/entities/tables';
import { organization } from '../../../src/entities/tables/directory';
import { care_team, coverage, government_id, member, member_organization } from '../../../src/entities/tables/member';
import { RECORD_TYPES } from '../../../src/vocabulary/records';
import { classMask } from '../../../src/vocabulary/sensitivity';
import { rowOf } from '../../privacy-office/office';
import { instantOf, type Names } from './names';
import type { Story } from './story';

/** Keys of a record in a story that are no columns of their own. */
const SAID = ['type', 'of', 'labels', 'labelled', 'date', 'encounter', 'code', 'coding', 'governed by plan', 'author', 'program', 'billed to', 'results'];
/** The column that a record's date stands in, by type (policy section 4). */
const DATED: Readonly<Record<string, string>> = {
  Claim: 'service_start', Encounter: 'start_at', Observation: 'effective_at', DiagnosticReport: 'effective_at', Medication: 'started_at', Immunization: 'occurred_at', Procedure: 'performed_at', Condition: 'onset_at',
};
const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/ /g, '_');

/** Puts what a story begins with into the database: organizations, members with whom they know, records with their labels. */
export async function tell(story: Story, names: Names, source: DataSource, now: Date): Promise<void> {
  const put = <T extends Table>(table: T, ...rows: Partial<Row<T>>[]): Promise<void> => insertRows(source.manager, table, rows.map((row) => rowOf(table, row)));
  const at = (text: string): string => instantOf(text, now);
  const updated_at = now.toISOString();

  for (const [name, each] of Object.entries(story.organizations)) {
    const address = each.city === undefined ? null : JSON.stringify({ line: ['1 High Street'], city: each.city, state: 'TX', postalCode: '73301' });
    await put(organization, { id: names.id(name), name, kind: each.kind, part2_program: each['part 2 program'] ? 1 : 0, address, updated_at });
  }
  for (const [name, each] of Object.entries(story.members)) {
    const id = names.id(name);
    const [given, family] = [each.given ?? name, each.family ?? 'Storyfolk'];
    await put(member, {
      id, member_number: `number-${id}`, name_given: JSON.stringify([given]), name_family: family, name_text: `${given} ${family}`, name_key: `${given} ${family}`.toLowerCase(), family_key: family.toLowerCase(),
      birth_date: each.age === undefined ? null : at(`${Math.round(each.age * 365.25 + 1)} days ago`).slice(0, 10), gender: each.gender, deceased_at: each.died === undefined ? null : at(each.died), home_state: each.state,
      telephones: each.telephone === undefined ? null : JSON.stringify([each.telephone]), updated_at,
      ...(each.street === undefined && each['postal code'] === undefined ? {} : { address_uses: '["home"]', address_lines: JSON.stringify([[each.street ?? '1 Road']]), address_cities: '["Townton"]', address_states: JSON.stringify([each.state]), address_postal_codes: JSON.stringify([each['postal code'] ?? null]), address_countries: '["US"]' }),
    });
    if (each['government id'] !== undefined) await put(government_id, { member_id: id, id: `${id}-number`, kind: 'SSN', value: each['government id'] });
    if (each['covered by'] !== undefined) {
      const until = each['coverage until'];
      await put(coverage, { member_id: id, id: `${id}-cover`, plan_id: names.id(each['covered by'], `${story.file}, members.${name}.covered by`), subscriber_id: `subscriber-${id}`, start_at: at(each['coverage since']), end_at: until === undefined ? null : at(until), basis: 'COVERAGE' });
      await put(member_organization, { organization_id: names.id(each['covered by']), member_id: id, via: 'COVERAGE' });
    }
    for (const known of each['also known to']) await put(member_organization, { organization_id: names.id(known, `${story.file}, members.${name}.also known to`), member_id: id, via: 'ENCOUNTER' });
  }
  for (const [name, each] of Object.entries(story.people))
    for (const treated of each.treats) await put(care_team, { member_id: names.id(treated, `${story.file}, people.${name}.treats`), id: `${names.id(name)}-care`, practitioner_id: names.id(name), name, role: 'care', start_at: at('1 year ago'), origin: 'IMPORT' });

  for (const [name, each] of Object.entries(story.records)) {
    const where = `${story.file}, records.${name}`;
    const table = tableNamed(RECORD_TYPES[each.type].table);
    const own = Object.entries(each).filter(([key]) => !SAID.includes(key)).map(([key, value]) => {
      const column = snake(key);
      const kind = table.columns[column];
      if (kind === undefined) throw new Error(`${where}.${key}: a ${each.type} has nothing of that name`);
      const known = typeof value === 'string' ? names.toIds(instantOf(value, now)) : value;
      return [column, kind.startsWith('json') ? JSON.stringify(known) : kind.startsWith('date') ? String(known).slice(0, 10) : typeof known === 'boolean' ? Number(known) : known];
    });
    const [system, code] = each.coding?.split('|') ?? [null, null];
    const dated = DATED[each.type];
    const labels = classMask(each.labels);
    const plan = each['governed by plan'];
    await put(table, {
      member_id: names.id(each.of, `${where}.of`), id: names.id(name), code_system: system, code, code_display: each.code ?? name, status: 'active', recorded_at: at(each.date), record_date: at(each.date), labels, own_labels: labels, labelled: each.labelled ? 1 : 0,
      governed_by: plan === undefined ? 'NOTICE' : 'PLAN_AGREEMENT', governing_plan_id: plan === undefined ? null : names.id(plan, `${where}.governed by plan`), encounter_id: each.encounter === undefined ? null : names.id(each.encounter, `${where}.encounter`),
      author_id: each.author === undefined ? null : names.id(each.author, `${where}.author`), program_id: each.program === undefined ? null : names.id(each.program, `${where}.program`), source_type: each.type, updated_at,
      ...(dated === undefined ? {} : { [dated]: dated === 'service_start' ? at(each.date).slice(0, 10) : at(each.date) }),
      ...(each['billed to'] === undefined ? {} : { plan_id: names.id(each['billed to'], `${where}.billed to`) }), ...(each.results === undefined ? {} : { result_ids: JSON.stringify(each.results.map((one) => names.id(one, `${where}.results`))) }),
      ...Object.fromEntries(own),
    } as never);
  }
}
