import type { Row, Table } from '../../src/entities/table';
import { TABLES, type TableName } from '../../src/entities/tables';
import { authorizationScopes, isBinding, restrictionScopes } from '../../src/privacy-office/spread';
import { ALL_CATEGORIES, categoryMask, type Category } from '../../src/vocabulary/categories';
import { recipientKey, type Recipient } from '../../src/vocabulary/recipients';
import { RECORD_TYPES, type RecordType } from '../../src/vocabulary/records';
import { classMask, coverMask, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import type { World, WorldRecord } from '../oracle/world';
import { memberValues, recordValues } from './world-values';

export type AnyRow = Readonly<Record<string, string | number | null>>;
/** The rows of a world, by table: what an import and the privacy office would have written. */
export type WorldRows = Readonly<Partial<Record<TableName, readonly AnyRow[]>>>;

/** A row with NULL, or an empty value where NULL is not allowed, for what is not given. */
export function rowOf<T extends Table>(of: T, given: Readonly<Record<string, string | number | null>>): Row<T> {
  const empty = (kind: string): string | number | null => (kind.endsWith('?') ? null : /^(int|double|flag|mask)$/.test(kind) ? 0 : '');
  for (const name of Object.keys(given)) if (!(name in of.columns)) throw new Error(`${of.name} has no column ${name}`);
  return { ...Object.fromEntries(Object.entries(of.columns).map(([name, kind]) => [name, empty(kind)])), ...given } as Row<T>;
}
const flag = (holds: boolean): number => (holds ? 1 : 0);
const json = (list: readonly unknown[]): string => JSON.stringify(list);

function authorizationRow(one: World['authorizations'][number]): Row<typeof TABLES.authorization> {
  return rowOf(TABLES.authorization, {
    member_id: one.memberId, id: one.id, classes: json(one.classes), categories: one.categories === null ? null : json(one.categories), sale: flag(one.sale),
    purposes: json(one.purposes), recipients: json(one.recipients), start_at: one.start ?? one.signedAt, end_at: one.end, signed_at: one.signedAt,
    signed_by: one.signedByMember ? 'the member' : 'a representative', signed_by_member: flag(one.signedByMember), revoked_at: one.revokedAt, recorded_at: one.signedAt, source: 'API',
  });
}

function restrictionRow(one: World['restrictions'][number]): Row<typeof TABLES.restriction> {
  return rowOf(TABLES.restriction, {
    member_id: one.memberId, id: one.id, kind: one.kind, status: one.status, recipients: json(one.recipients), purposes: json(one.purposes), categories: json(one.categories),
    classes: json(one.classes), coordinates: json(one.coordinates), encounter_id: one.encounterId, record_id: one.recordId, requested_at: one.start,
    decided_at: one.status === 'RECEIVED' ? null : one.start, ended_at: one.endedAt, channel: 'PAPER', source: 'API',
  });
}

/** The scopes of a world's restrictions, as `spreadRestrictions` writes them: with the encounter of a named claim, and what cites it. */
function restrictionScopeRows(world: World, rows: readonly Row<typeof TABLES.restriction>[]): AnyRow[] {
  return rows.filter(isBinding).flatMap((each) => {
    const own = world.records.filter((one) => one.memberId === each.member_id);
    const claim = each.kind === 'PAID_IN_FULL' ? own.find((one) => one.id === each.record_id && one.type === 'Claim') : undefined;
    const citing = each.record_id === null ? [] : own.filter((one) => one.cites.includes(each.record_id as string)).map((one) => one.id);
    return restrictionScopes({ ...each, encounter_id: each.encounter_id ?? claim?.encounterId ?? null }, citing);
  });
}

const maskOfClasses = (classes: readonly string[]): number => coverMask(classes as SensitivityClass[]);
const maskOfCategories = (categories: readonly string[] | null): number => (categories === null ? ALL_CATEGORIES : categoryMask(categories as Category[]));

export const typeOf = (one: WorldRecord): RecordType => one.type as RecordType;
function recordRow(world: World, one: WorldRecord): AnyRow {
  const table = TABLES[RECORD_TYPES[typeOf(one)].table] as Table;
  const labels = classMask(one.labels as SensitivityClass[]);
  return rowOf(table, {
    member_id: one.memberId, id: one.id, encounter_id: one.encounterId, record_date: one.date, labels, own_labels: labels, labelled: flag(one.labelled),
    governed_by: one.governedBy, governing_plan_id: one.governingPlanId, program_id: one.programId, author_id: one.authorId, legal: flag(one.legal), withheld: flag(one.withheld),
    source_type: one.type, updated_at: world.now, ...recordValues(one), ...(one.type === 'Claim' ? { plan_id: one.payerId } : {}),
    ...(one.type === 'Document' ? { medication_review: flag(one.medicationReview) } : {}),
  });
}

/** Organizations that claims and encounters name, and those of coverages, as the import writes them; each once. */
function organizationRows(world: World): AnyRow[] {
  const all = [...world.namedBy, ...world.coverages.map((one) => ({ memberId: one.memberId, organizationId: one.planId, via: 'COVERAGE' }))]
    .map((one) => ({ organization_id: one.organizationId, member_id: one.memberId, via: one.via }));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function memberFacts(world: World): WorldRows {
  return {
    member: world.members.map((one) => rowOf(TABLES.member, { id: one.id, deceased_at: one.deceasedAt, home_state: one.state, updated_at: world.now, ...memberValues(one) })),
    coverage: world.coverages.map((one) => rowOf(TABLES.coverage, { member_id: one.memberId, id: one.id, plan_id: one.planId, start_at: one.start, end_at: one.end, basis: 'COVERAGE' })),
    care_team: world.careTeam.map((one) => rowOf(TABLES.care_team, { member_id: one.memberId, id: one.id, practitioner_id: one.practitionerId, start_at: one.start, end_at: one.end, origin: 'IMPORT' })),
    member_organization: organizationRows(world),
    representation: world.representations.map((one) => rowOf(TABLES.representation, {
      member_id: one.memberId, id: one.id, subject: one.subject, kind: one.kind, start_at: one.start, end_at: one.end, category_mask: maskOfCategories(one.categories),
      excluded_mask: one.excludedClasses === null ? null : maskOfClasses(one.excludedClasses),
    })),
    break_glass_opening: world.openings.map((one) => rowOf(TABLES.break_glass_opening, { subject: one.subject, member_id: one.memberId, opened_at: one.openedAt, expires_at: one.expiresAt, reason: 'seen unconscious' })),
    hie_opt_out: world.optOuts.map((one) => rowOf(TABLES.hie_opt_out, { member_id: one.memberId, since: one.since, ended_at: one.endedAt, channel: 'PAPER' })),
    confidential_communication: world.confidential.map((one) => rowOf(TABLES.confidential_communication, { member_id: one.memberId, id: one.id, telephone: '555-0100', since: one.since, ended_at: one.endedAt, channel: 'PAPER' })),
    confidential_recipient: world.confidential.flatMap((one) => [...new Set(one.recipients.map((each) => recipientKey(each as Recipient)))]
      .map((recipient) => rowOf(TABLES.confidential_recipient, { member_id: one.memberId, communication_id: one.id, recipient }))),
  };
}

/** Of a claim on record that workers' compensation states: the claim, its encounter and what is of it; memory-is-sql asks the office for the same. */
function claimScope(world: World, one: World['grants'][number]): AnyRow[] | null {
  const claim = one.clause === 'workers-compensation' ? world.records.find((each) => each.id === one.elements['claim'] && each.type === 'Claim' && one.memberIds.includes(each.memberId)) : undefined;
  if (!claim) return null;
  const around = world.records.filter((each) => each.id === claim.id || (claim.encounterId !== null && (each.encounterId === claim.encounterId || each.id === claim.encounterId)));
  const encounter = claim.encounterId === null ? [] : [{ id: claim.encounterId, memberId: claim.memberId }];
  return [...new Map([...around, ...encounter].map((each) => [each.id, rowOf(TABLES.grant_scope_record, { grant_id: one.id, member_id: each.memberId, record_id: each.id, named: 0 })])).values()];
}
/** The records that a grant is limited to; null where nothing limits it. */
export function grantScope(world: World, one: World['grants'][number]): AnyRow[] | null {
  const { recordIds } = one;
  if (recordIds === null) return claimScope(world, one);
  return world.records.filter((each) => recordIds.includes(each.id) && one.memberIds.includes(each.memberId)).map((each) => rowOf(TABLES.grant_scope_record, { grant_id: one.id, member_id: each.memberId, record_id: each.id, named: 1 }));
}
const grantRows = (world: World): WorldRows => ({
  disclosure_grant: world.grants.map((one) => rowOf(TABLES.disclosure_grant, {
    id: one.id, clause: one.clause, status: one.status, recipient: JSON.stringify(one.recipient), category_mask: maskOfCategories(one.categories), class_mask: classMask(one.classes as SensitivityClass[]),
    elements: JSON.stringify(one.elements), remunerated: flag(one.remunerated), narrowed: flag(grantScope(world, one) !== null), expires_at: one.expires, requested_by: 'wendy', requested_at: one.decidedAt ?? world.now,
    decided_by: one.status === 'RECEIVED' ? null : 'otis', decided_at: one.status === 'RECEIVED' ? null : one.decidedAt, reason: null, suspended_until: null,
  })),
  grant_member: world.grants.flatMap((one) => one.memberIds.map((member_id) => rowOf(TABLES.grant_member, { grant_id: one.id, member_id }))),
  grant_scope_record: world.grants.flatMap((one) => grantScope(world, one) ?? []),
});

/** A world as rows of the gateway's tables, scopes spread by the privacy office's own functions. */
export function worldRows(world: World): WorldRows {
  const authorization = world.authorizations.map(authorizationRow);
  const restriction = world.restrictions.map(restrictionRow);
  const records: Partial<Record<TableName, AnyRow[]>> = {};
  for (const one of world.records) (records[RECORD_TYPES[typeOf(one)].table] ??= []).push(recordRow(world, one));
  const types = new Map(world.records.map((one) => [one.id, one.type]));
  return {
    organization: world.organizations.map((one) => rowOf(TABLES.organization, { id: one.id, kind: one.kind, part2_program: flag(one.part2Program), updated_at: world.now })),
    agreement: world.agreements.map((one) => rowOf(TABLES.agreement, {
      organization_id: one.organizationId, id: one.id, kind: one.kind, purposes: json(one.purposes), category_mask: maskOfCategories(one.categories),
      remunerated: flag(one.remunerated), start_at: one.start, end_at: one.end, signed_at: one.start,
    })),
    ...memberFacts(world), ...grantRows(world), ...records,
    authorization, authorization_scope: authorization.flatMap(authorizationScopes), restriction, restriction_scope: restrictionScopeRows(world, restriction),
    citation: world.records.flatMap((one) => one.cites.map((cited) => rowOf(TABLES.citation, {
      member_id: one.memberId, record_type: one.type, record_id: one.id, cited_type: types.get(cited) ?? '', cited_id: cited,
    }))),
  };
}
