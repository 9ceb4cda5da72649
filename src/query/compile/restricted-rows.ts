import { before, conjuncts, eq, isOfMember, missing, or, overlaps, record, row, value, type Operand, type Predicate } from '../../permissions/core/predicate';
import type { ToldLevel } from './told-level';
import { all, name, sql, type Fragment } from './sql';

type Bits = Extract<Operand, { kind: 'bits' }>;
const text = (subject: unknown): string => JSON.stringify(subject);

/** How a restriction can narrow within a record type (src/permissions/clauses/restrictions.ts); of the member's own objects, that it does not. */
const OF_RECORDS = [
  or(eq(row('class_mask'), value(0)), overlaps(row('class_mask'), record('labels'))),
  or(missing(row('encounter_id')), eq(row('encounter_id'), record('encounter_id'))),
  or(missing(row('record_id')), eq(row('record_id'), record('id'))),
  or(missing(row('recorded_before')), missing(record('recorded_at')), before(record('recorded_at'), row('recorded_before'))),
].map(text);
const OF_MEMBERS = [eq(row('class_mask'), value(0)), missing(row('encounter_id')), missing(row('record_id'))].map(text);

/**
 * Which restrictions bind this caller, whatever they hide: what the operand asks beside the type and the narrowing. Null where it asks
 * anything that is not known here: then what is told of restrictions could not stand for it.
 */
export function bindingConditions({ relation, column, where }: Bits, type: string, of: 'RECORDS' | 'MEMBERS'): readonly Predicate[] | null {
  const narrowing = of === 'RECORDS' ? OF_RECORDS : OF_MEMBERS;
  const parts = conjuncts(where).filter((each) => !isOfMember(each));
  const isType = text(eq(row('type'), value(type)));
  const rest = parts.filter((each) => !narrowing.includes(text(each)) && text(each) !== isType);
  const known = relation === 'restriction_scope' && column === 'field_mask' && parts.length - rest.length === narrowing.length + 1;
  return known && !rest.some((each) => /"of":"[mr]"|"byState"/.test(text(each))) ? rest : null;
}

/** A restriction in force for the caller, as the standing of its member tells of it. */
export interface RestrictionRow { readonly type: string; readonly fieldMask: number; readonly classMask: number; readonly encounterId: string | null; readonly recordId: string | null; readonly forEarlierRecords: boolean }

/** What the restrictions of one type hide of a member, as facts that stand for them; `asks`: they say more, and the rows are to be asked one by one. */
export interface Restricted { readonly hidden: number; readonly classes: number; readonly places: string; readonly asks: boolean }
export const UNRESTRICTED: Restricted = Object.freeze({ hidden: 0, classes: 0, places: '', asks: false });

/** Ids that can stand between quotes as they are. */
const PLAIN_ID = /^[A-Za-z0-9._:-]+$/;
const record_ = (id: string): string => `r"${id}"`;
const encounter_ = (id: string): string => `e"${id}"`;

/** One restriction more. @param whole all fields of the type that restrictions can hide, as bits */
export function withRestriction(known: Restricted, each: RestrictionRow, whole: number, longest: number): Restricted {
  const { fieldMask, classMask, encounterId, recordId } = each;
  if (each.forEarlierRecords || (encounterId !== null && recordId !== null)) return { ...known, asks: true };
  const place = recordId ?? encounterId;
  if (place === null && classMask === 0) return { ...known, hidden: known.hidden | fieldMask };
  if ((fieldMask & whole) !== whole) return { ...known, asks: true };
  if (place === null) return { ...known, classes: known.classes | classMask };
  const places = known.places + (recordId === null ? encounter_(place) : record_(place));
  return classMask === 0 && PLAIN_ID.test(place) && places.length <= longest ? { ...known, places } : { ...known, asks: true };
}

export const hiddenFact = (type: string): string => `hidden ${type}`;
export const classesFact = (type: string): string => `classes ${type}`;
export const placesFact = (type: string): string => `places ${type}`;

/** True for a row that no restriction of a class, an encounter or a record hides as a whole. */
export function notHiddenAsWhole(type: string, told: ToldLevel): Fragment {
  const places = told.fact(placesFact(type));
  return all([
    sql`(r.labels & ${told.fact(classesFact(type))}) = 0`,
    sql`INSTR(${places}, CONCAT('r"', ${name('r.id')}, '"')) = 0`,
    sql`INSTR(${places}, CONCAT('e"', COALESCE(${name('r.encounter_id')}, ''), '"')) = 0`,
  ]);
}
