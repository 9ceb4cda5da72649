import { SPARSE_POSTAL_PREFIXES, OLDEST_AGE_TOLD } from '../../permissions/de-identification';
import { AGE_CODES, YEAR_UNITS } from '../../permissions/told-words';
import { constants, number, sql, type Fragment } from './sql';

/** What is left of a text without its digits: both databases have REPLACE, and no pattern in common. */
const withoutDigits = (text: Fragment): Fragment =>
  sql`REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(${text}, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '')`;

/** Longer ones are numbers of people and things, not measures. */
const LONGEST_MEASURE = 10;
const MOST_WHOLE_DIGITS = 6;

const isNumber = (text: Fragment): Fragment => sql`${withoutDigits(text)} IN ('', '.') AND ${text} <> ${withoutDigits(text)}`;

/** A number, with a sign or a comparator before it and a fraction after it, as a measure has; never words, nor the digits of a telephone or a key. */
export const isMeasure = (text: Fragment): Fragment => sql`(LENGTH(${text}) <= ${number(LONGEST_MEASURE)} AND ${text} <> ${withoutDigits(text)}
  AND ABS(CAST(REPLACE(REPLACE(REPLACE(${text}, '<', ''), '>', ''), '=', '') AS DECIMAL(20, 6))) < ${number(10 ** MOST_WHOLE_DIGITS)}
  AND (${withoutDigits(text)} IN ('', '.') OR (${withoutDigits(text)} IN ('-', '-.', '<', '<.', '>', '>.', '<=', '<=.', '>=', '>=.') AND ${text} LIKE CONCAT(REPLACE(${withoutDigits(text)}, '.', ''), '%'))))`;

/** A measure of Safe Harbor: an age over 89 is 90 (164.514(b)(2)(i)(C)); one that is in no years, or no plain number, is told where it cannot be that old. */
export function withoutOldAge(value: Fragment, unit: Fragment, code: Fragment): Fragment {
  const isAge = sql`(COALESCE(${code}, '') IN (${constants(AGE_CODES)}) OR COALESCE(${unit}, '') IN (${constants(YEAR_UNITS)}))`;
  const isYoung = sql`(${isNumber(value)} AND CAST(${value} AS DECIMAL(20, 6)) <= ${number(OLDEST_AGE_TOLD - 1)})`;
  const inYears = sql`COALESCE(${unit}, '') IN (${constants(YEAR_UNITS)})`;
  return sql`CASE WHEN NOT ${isAge} OR ${isYoung} THEN ${value} WHEN ${inYears} AND ${isNumber(value)} THEN '${number(OLDEST_AGE_TOLD)}' END`;
}

/** Addresses of one member that have a coarse postal code: more are left out. */
const MOST_ADDRESSES = 16;
const PLACES: Fragment = { text: `(SELECT 0 AS n ${Array.from({ length: MOST_ADDRESSES - 1 }, (_, place) => `UNION ALL SELECT ${place + 1}`).join(' ')})`, parameters: [] };

/**
 * A JSON list of postal codes as a list of three digits each, or 000 where few live (164.514(b)(2)(i)(B)); what is no postal code of the country is
 * null. Cut in the database: more never leaves it. A place is one of the list where taking it out changes the list, nulls included.
 */
export function coarsePostalCodes(list: Fragment): Fragment {
  const at = sql`CONCAT('$[', p.n, ']')`;
  const code = sql`TRIM(REPLACE(COALESCE(JSON_EXTRACT(${list}, ${at}), ''), '"', ''))`;
  const prefix = sql`SUBSTR(${code}, 1, 3)`;
  const coarse = sql`CASE WHEN LENGTH(SUBSTR(${code}, 1, 5)) < 5 OR ${withoutDigits(sql`SUBSTR(${code}, 1, 5)`)} <> '' THEN 'null' WHEN ${prefix} IN (${constants(SPARSE_POSTAL_PREFIXES)}) THEN '"000"' ELSE CONCAT('"', ${prefix}, '"') END`;
  const isPlace = sql`JSON_REMOVE(${list}, ${at}) <> JSON_REMOVE(${list}, '$[9999]')`;
  return sql`CASE WHEN ${list} IS NOT NULL THEN CONCAT('[', COALESCE((SELECT GROUP_CONCAT(${coarse} ORDER BY p.n) FROM ${PLACES} p WHERE ${isPlace}), ''), ']') END`;
}
