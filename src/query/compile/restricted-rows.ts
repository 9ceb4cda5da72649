import { before, conjuncts, eq, isOfMember, missing, or, overlaps, record, row, value, type Operand, type Predicate } from '../../permissions/core/predicate';
import type { ToldLevel } from './told-level';
import { name, sql, type Fragment } from './sql';

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

/** A restriction in force for the caller, as the standing of its member tells of it: numbers alone. Which encounter or record it names stays in the database. */
export interface RestrictionRow { readonly fieldMask: number; readonly classMask: number; /** It names an encounter or a record. */ readonly isOfPlace: boolean; /** It binds for what was recorded before a day. */ readonly isOfTime: boolean }

/** What the restrictions of one type hide of a member, as facts that stand for them; `asks`: they say more, and the rows are to be asked one by one. */
export interface Restricted { readonly hidden: number; readonly classes: number; readonly asks: boolean }
export const UNRESTRICTED: Restricted = Object.freeze({ hidden: 0, classes: 0, asks: false });

/** One restriction more on records. @param whole all fields of the type that restrictions can hide, as bits */
export function withRestriction(known: Restricted, { fieldMask, classMask, isOfPlace, isOfTime }: RestrictionRow, whole: number): Restricted {
  if (isOfPlace || isOfTime) return { ...known, asks: true };
  if (classMask === 0) return { ...known, hidden: known.hidden | fieldMask };
  return (fieldMask & whole) === whole ? { ...known, classes: known.classes | classMask } : { ...known, asks: true };
}
/** One more on an object of the member's own, which only what names no class and no place hides, whenever that was recorded. */
export const withOwnRestriction = (known: Restricted, { fieldMask, classMask, isOfPlace }: RestrictionRow): Restricted =>
  (isOfPlace || classMask !== 0 ? known : { ...known, hidden: known.hidden | fieldMask });

export const hiddenFact = (type: string): string => `hidden ${type}`;
export const classesFact = (type: string): string => `classes ${type}`;

/** True for a row that no restriction of a class hides as a whole. */
export const notHiddenAsWhole = (type: string, told: ToldLevel): Fragment => sql`(${name('r.labels')} & ${told.fact(classesFact(type))}) = 0`;
