import type { EntityManager } from 'typeorm';
import { deleteRows, keyOf, putRows, selectRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { restriction, restriction_scope, type authorization_scope, type AuthorizationRow, type RestrictionRow } from '../entities/tables/privacy';
import { citation, claim } from '../entities/tables/records';
import { ALL_CATEGORIES, categoryMask, type Category } from '../vocabulary/categories';
import { GENDER_IDENTITY_FIELDS, RESTRICTABLE_TYPES, categoryOfField, fieldBit, fieldsOf, withWords } from '../vocabulary/fields';
import { canonicalPurpose, type Purpose } from '../vocabulary/purposes';
import { ANY_PURPOSE, ANY_RECIPIENT, PAYER_KEY, recipientKey, type Recipient } from '../vocabulary/recipients';
import { RECORD_TYPES, RECORD_TYPE_NAMES, isRecordType } from '../vocabulary/records';
import { classBit, coverMask, type SensitivityClass } from '../vocabulary/sensitivity';

type AuthorizationScope = Row<typeof authorization_scope>;
type RestrictionScope = Row<typeof restriction_scope>;

const list = <T>(json: string): T[] => JSON.parse(json) as T[];
const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];
const earlier = (one: string | null, other: string | null): string | null => (one === null || (other !== null && other < one) ? other : one);
const later = (one: string, other: string): string => (one < other ? other : one);

/** Psychotherapy notes need an authorization of their own (policy section 5), so beside another class that one opens nothing. */
const openedClasses = (classes: readonly SensitivityClass[]): SensitivityClass[] =>
  (classes.length > 1 ? classes.filter((each) => each !== 'PSYTHPN') : [...classes]);

/** What categories an authorization opens for a purpose: left out is all, but for marketing (policy section 3). */
export function authorizedCategories(categories: readonly Category[] | null, purpose: Purpose): number {
  if (categories) return categoryMask(categories);
  return purpose === 'HMARKT' ? categoryMask(['IDENTITY', 'CONTACT']) : ALL_CATEGORIES;
}

/** An authorization as rows for one index range: one for each recipient and purpose that it names (policy section 5). */
export function authorizationScopes(row: AuthorizationRow): AuthorizationScope[] {
  const categories = row.categories === null ? null : list<Category>(row.categories);
  const shared = {
    member_id: row.member_id, authorization_id: row.id, sale: row.sale, signed_by_member: row.signed_by_member,
    class_mask: coverMask(openedClasses(unique(list<SensitivityClass>(row.classes)))),
    start_at: later(row.start_at, row.signed_at), end_at: earlier(row.end_at, row.revoked_at),
  };
  const recipients = unique(list<Recipient>(row.recipients).map(recipientKey));
  const purposes = unique(list<Purpose>(row.purposes).map(canonicalPurpose));
  return recipients.flatMap((recipient) => purposes.map((purpose) => ({ ...shared, recipient, purpose, category_mask: authorizedCategories(categories, purpose) })));
}

/** True where the restriction binds: one that was only asked for does so when it is about what was paid in full (policy section 6). */
export const isBinding = (row: Pick<RestrictionRow, 'kind' | 'status'>): boolean =>
  row.status === 'ACCEPTED' || (row.kind === 'PAID_IN_FULL' && row.status === 'RECEIVED');

/**
 * A restriction as rows of what it forbids; none where it does not bind or hides nothing.
 * @param row with the encounter of the claim that it names, where that has one
 * @param citing ids of the records that cite the record it names
 */
export function restrictionScopes(row: RestrictionRow, citing: readonly string[]): RestrictionScope[] {
  if (!isBinding(row)) return [];
  const { recipients, purposes, start } = row.kind === 'PAID_IN_FULL'
    ? { recipients: [PAYER_KEY], purposes: [ANY_PURPOSE], start: row.requested_at }
    : { recipients: keysOf(row), purposes: purposesOf(row), start: row.decided_at ?? row.requested_at };
  const shared = { member_id: row.member_id, restriction_id: row.id, start_at: start, end_at: row.ended_at, recorded_before: row.ends_for_later_records_at };
  const hidden = row.kind === 'PAID_IN_FULL' ? paidInFullRows(row, citing) : agreedRows(row);
  return hidden.flatMap((rows) => recipients.flatMap((recipient) => purposes.map((purpose) => ({ ...shared, recipient, purpose, ...rows }))));
}

/** The restricted part of one GraphQL type; `part` tells apart the rows of one restriction about one type. */
type HiddenPart = Pick<RestrictionScope, 'type' | 'part' | 'field_mask' | 'class_mask' | 'encounter_id' | 'record_id'>;

function keysOf(row: RestrictionRow): string[] {
  const recipients = list<Recipient>(row.recipients);
  return recipients.length ? unique(recipients.map(recipientKey)) : [ANY_RECIPIENT];
}
function purposesOf(row: RestrictionRow): string[] {
  const purposes = list<Purpose>(row.purposes);
  return purposes.length ? unique(purposes.map(canonicalPurpose)) : [ANY_PURPOSE];
}

/** Where a restriction reaches within a record type: an encounter is both what its records name and a record itself. */
type Place = Pick<HiddenPart, 'encounter_id' | 'record_id'>;
const ofEncounter = (type: string, encounter: string): Place[] =>
  [{ encounter_id: encounter, record_id: null }, ...(type === 'Encounter' ? [{ encounter_id: null, record_id: encounter }] : [])];

function paidInFullRows(row: RestrictionRow, citing: readonly string[]): HiddenPart[] {
  const records = row.record_id === null ? [] : unique([row.record_id, ...(row.encounter_id === null ? citing : [])]);
  return RECORD_TYPE_NAMES.flatMap((type) => {
    const places = [...(row.encounter_id === null ? [] : ofEncounter(type, row.encounter_id)), ...records.map((each) => ({ encounter_id: null, record_id: each }))];
    return places.map((place, part) => ({ type, part, field_mask: fieldMask(type, fieldsOf(type)), class_mask: 0, ...place }));
  });
}

function agreedRows(row: RestrictionRow): HiddenPart[] {
  const classes = coverMask(list<SensitivityClass>(row.classes));
  const narrowsToRecords = row.encounter_id !== null || row.record_id !== null;
  return RESTRICTABLE_TYPES.flatMap((type): HiddenPart[] => {
    const hit = hitFields(type, list<Category>(row.categories), list<string>(row.coordinates));
    if (isRecordType(type)) {
      const field_mask = fieldMask(type, withWords(type, hit));
      return field_mask ? placesOf(row, type).map((place, part) => ({ type, part, field_mask, class_mask: classes, ...place })) : [];
    }
    const field_mask = narrowsToRecords ? 0 : fieldMask(type, withWords(type, hit.filter((field) => classes === 0 || bearsClass(type, field, classes))));
    return field_mask ? [{ type, part: 0, field_mask, class_mask: 0, encounter_id: null, record_id: null }] : [];
  });
}

function placesOf(row: RestrictionRow, type: string): Place[] {
  if (row.encounter_id !== null && row.record_id === null) return ofEncounter(type, row.encounter_id);
  return [{ encounter_id: row.encounter_id, record_id: row.record_id }];
}

const fieldMask = (type: string, fields: readonly string[]): number => fields.reduce((mask, field) => mask | fieldBit(type, field), 0);
const bearsClass = (type: string, field: string, classes: number): boolean =>
  GENDER_IDENTITY_FIELDS.includes(`${type}.${field}`) && (classes & classBit('GENDER_IDENTITY')) !== 0;

/** The fields that a restriction names, or whose category it names. */
function hitFields(type: string, categories: readonly Category[], coordinates: readonly string[]): string[] {
  const whole = isRecordType(type) && coordinates.includes(`Member.${RECORD_TYPES[type].connection}`);
  return fieldsOf(type).filter((field) => {
    const category = categoryOfField(type, field);
    return category !== null && (categories.length === 0 || categories.includes(category))
      && (coordinates.length === 0 || whole || coordinates.includes(`${type}.${field}`));
  });
}

/**
 * Writes the member's `restriction_scope` anew from `restriction`, the claims these name and what cites them. To be called in the
 * transaction that changed a restriction, a claim's encounter or a citation.
 */
export async function spreadRestrictions(manager: EntityManager, memberId: string): Promise<void> {
  const restrictions = (await selectRows(manager, restriction, { member_id: memberId }, { lock: true })).filter(isBinding);
  const named = unique(restrictions.flatMap((each) => (each.kind === 'PAID_IN_FULL' && each.record_id !== null ? [each.record_id] : [])));
  const claims = named.length ? await selectRows(manager, claim, { member_id: memberId, id: named }) : [];
  const citations = named.length ? await selectRows(manager, citation, { member_id: memberId, cited_id: named }) : [];
  const scopes = restrictions.flatMap((each) => {
    const encounter = each.kind === 'PAID_IN_FULL' ? claims.find((one) => one.id === each.record_id)?.encounter_id : null;
    const citing = citations.filter((one) => one.cited_id === each.record_id).map((one) => one.record_id);
    return restrictionScopes({ ...each, encounter_id: each.encounter_id ?? encounter ?? null }, citing);
  });
  await replaceScopes(manager, memberId, scopes);
}

/** What goes on binding binds at every moment: rows that stay are not touched, and what is new comes before what is over goes. */
async function replaceScopes(manager: EntityManager, memberId: string, scopes: readonly RestrictionScope[]): Promise<void> {
  const text = (row: unknown): string => JSON.stringify(row);
  const keys = new Set(scopes.map((each) => text(keyOf(restriction_scope, each))));
  const current = await selectRows(manager, restriction_scope, { member_id: memberId }, { lock: true });
  const unchanged = new Set(current.map((each) => text(Object.entries(each).sort())));
  await putRows(manager, restriction_scope, scopes.filter((each) => !unchanged.has(text(Object.entries(each).sort()))));
  for (const each of current) if (!keys.has(text(keyOf(restriction_scope, each)))) await deleteRows(manager, restriction_scope, keyOf(restriction_scope, each));
}
