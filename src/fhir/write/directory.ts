import type { EntityManager } from 'typeorm';
import type { OrganizationKind } from '../../vocabulary/roles';
import type { Cells, Mapping } from '../mapping';
import type { Programs } from '../programs';
import { identifiersOf, fits } from '../references';
import { marks, slices, upsert } from './upsert';

/** Types whose identifiers other files may use to name them. */
const NAMED_BY_IDENTIFIER = new Set(['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'RelatedPerson', 'Encounter', 'Condition', 'Coverage', 'Claim']);

/** Identifiers and other names of the resources: an identifier that two resources share names neither (target ''). */
export async function writeAliases(manager: EntityManager, mappings: readonly { mapping: Mapping; fullUrl: string | null }[]): Promise<void> {
  const exact: Cells[] = [];
  const shared: Cells[] = [];
  for (const { mapping, fullUrl } of mappings) {
    const own = mapping.aliases.filter((each) => each.type !== 'PractitionerOrganization');
    for (const each of own) exact.push({ type: each.type, alias: fits(each.alias), target_id: each.target });
    if (!NAMED_BY_IDENTIFIER.has(mapping.type)) continue;
    const target = mapping.type === 'PractitionerRole' ? own.find((each) => each.type === 'PractitionerRole')?.target : mapping.id;
    if (!target) continue;
    for (const alias of identifiersOf(mapping.resource)) if (alias !== `urn:ietf:rfc:3986|urn:uuid:${mapping.id}`) shared.push({ type: mapping.type, alias: fits(alias), target_id: target });
    if (fullUrl && fullUrl !== `urn:uuid:${mapping.id}` && fullUrl.startsWith('urn:')) exact.push({ type: mapping.type, alias: fits(fullUrl), target_id: target });
  }
  await upsert(manager, 'reference_alias', exact);
  await upsert(manager, 'reference_alias', shared, { ambiguous: 'target_id' });
}

/** Organizations, with the kind that their file, the deployer or their paying makes them; practitioners with where they work. */
export async function writeDirectory(manager: EntityManager, mappings: readonly Mapping[], programs: Programs, covered: ReadonlySet<string>): Promise<void> {
  const rows = mappings.flatMap((each) => each.rows);
  await writeOrganizations(manager, rows.flatMap((each) => (each.table === 'organization' ? [each.row] : [])), mappings, programs, covered);
  await upsert(manager, 'practitioner', rows.flatMap((each) => (each.table === 'practitioner' ? [each.row] : [])), { keep: ['organization_id'] });
  await writeWorkplaces(manager, mappings, programs);
}

async function writeOrganizations(manager: EntityManager, organizations: Cells[], mappings: readonly Mapping[], programs: Programs, covered: ReadonlySet<string>): Promise<void> {
  const stated = new Set(mappings.flatMap((each) => each.aliases.filter((alias) => alias.type === 'OrganizationKind').map((alias) => alias.alias)));
  const payers = new Set<string>();
  for (const slice of slices(organizations.map((each) => each.id as string))) {
    const found = await manager.query(`SELECT DISTINCT plan_id FROM coverage WHERE plan_id IN (${marks(slice)})`, slice) as { plan_id: string }[];
    for (const each of found) payers.add(each.plan_id);
  }
  for (const row of organizations) {
    const id = row.id as string;
    if (!stated.has(id)) row.kind = ((covered.has(id) && 'COVERED_ENTITY') || (payers.has(id) && 'HEALTH_PLAN') || row.kind) as OrganizationKind;
    row.part2_program = programs.setOrganization(id, row.part2_program === 1) ? 1 : 0;
  }
  await upsert(manager, 'organization', organizations);
  await setStaff(manager, organizations.flatMap((each) => (each.part2_program === 1 ? [each.id as string] : [])), programs);
}

/** Who works for an organization that has become a program. */
async function setStaff(manager: EntityManager, ids: readonly string[], programs: Programs): Promise<void> {
  for (const slice of slices(ids)) {
    const rows = await manager.query(`SELECT id, organization_id FROM practitioner WHERE organization_id IN (${marks(slice)})`, slice) as { id: string; organization_id: string }[];
    for (const each of rows) programs.setStaff(each.id, each.organization_id);
  }
}

/** A practitioner of several organizations is told by one of them: a Part 2 program first, else the first by id, whatever the order of files. */
async function writeWorkplaces(manager: EntityManager, mappings: readonly Mapping[], programs: Programs): Promise<void> {
  const roles = mappings.flatMap((each) => each.aliases.filter((alias) => alias.type === 'PractitionerOrganization'));
  if (!roles.length) return;
  const current = new Map<string, string | null>();
  for (const slice of slices([...new Set(roles.map((each) => each.alias))])) {
    const rows = await manager.query(`SELECT id, organization_id FROM practitioner WHERE id IN (${marks(slice)})`, slice) as { id: string; organization_id: string | null }[];
    for (const each of rows) current.set(each.id, each.organization_id);
  }
  for (const { alias: practitioner, target: organization } of roles) {
    if (!current.has(practitioner)) continue;
    const before = current.get(practitioner) ?? null;
    const rank = (id: string): string => `${programs.has(id) ? 0 : 1}${id}`;
    if (before !== null && rank(before) <= rank(organization)) continue;
    current.set(practitioner, organization);
    await manager.query('UPDATE practitioner SET organization_id = ? WHERE id = ?', [organization, practitioner]);
    programs.setStaff(practitioner, organization);
  }
}

/** What pays a claim or a coverage is a plan: one known by name gets a row, one known otherwise becomes a plan unless its kind was stated. */
export async function writePlans(manager: EntityManager, mappings: readonly Mapping[], covered: ReadonlySet<string>, now: string, known: Set<string>): Promise<void> {
  const plans = new Map(mappings.flatMap((each) => [...each.plans]).sort(([, one], [, other]) => ((one ?? '') > (other ?? '') ? -1 : 1)).filter(([id, name]) => !known.has(`${id} ${name}`)));
  if (!plans.size) return;
  const named = [...plans].filter(([, name]) => name !== null).map(([id, name]) => ({ id, name, kind: 'HEALTH_PLAN', part2_program: 0, address: null, updated_at: now }));
  await upsert(manager, 'organization', named, { leave: true });
  // Of several spellings of one name the first by its letters stays, whatever the order of files.
  for (const { id, name } of named) await manager.query('UPDATE organization SET name = ? WHERE id = ? AND name > ?', [name, id, name]);
  for (const slice of slices([...plans.keys()].filter((id) => !covered.has(id)))) {
    const stated = await manager.query(`SELECT alias FROM reference_alias WHERE type = 'OrganizationKind' AND alias IN (${marks(slice)})`, slice) as { alias: string }[];
    const open = slice.filter((id) => !stated.some((each) => each.alias === id));
    if (open.length) await manager.query(`UPDATE organization SET kind = 'HEALTH_PLAN' WHERE id IN (${marks(open)}) AND kind <> 'HEALTH_PLAN'`, open);
  }
  for (const [id, name] of plans) if (name !== null) known.add(`${id} ${name}`);
}
