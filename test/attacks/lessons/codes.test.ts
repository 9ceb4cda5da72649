/** Lesson F28: a code is matched within its own code system and its dates, by what labels records and by what filters them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { lookupKey } from '../../../src/labelling/code-systems';
import { LabellingService } from '../../../src/labelling/labelling-service';
import type { LabelInput } from '../../../src/labelling/labels';
import { RECORD_TYPES, RECORD_TYPE_NAMES } from '../../../src/vocabulary/records';
import { testDatabases, type TestDatabase } from '../../support/databases';
import { Told } from './support/told';

const SET = 'CMS BFD security labels';
interface Row { readonly system: string; readonly code: string; readonly from: string; readonly to: string }
/** Every row of the one shipped set whose rows have dates. */
const ROWS: readonly Row[] = (parse(readFileSync(join(__dirname, '../../../code-sets/cms-bfd-security-labels-2026.csv'), 'utf8'), { columns: true }) as { system: string; code: string; source: string }[]).map(({ system, code, source }) => {
  const [, from = '', to = ''] = /valid (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)/.exec(source) ?? [];
  return { system, code, from, to };
});
const service = LabellingService.load({ codeSetsDir: null });
const input = (given: Partial<LabelInput>): LabelInput => ({ type: 'Condition', codings: [], texts: [], security: [], part2Program: false, date: null, ...given });
const isMatched = ({ system, code }: Pick<Row, 'system' | 'code'>, date: string | null): boolean =>
  service.label(input({ codings: [{ system, code, display: null }], date })).bases.some((each) => each.codeSet === SET && each.rule === `${lookupKey(system)} ${code}`);
const dayFrom = (date: string, days: number): string => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const holds = ({ system, code }: Row, date: string): boolean => ROWS.some((each) => each.system === system && each.code === code && each.from <= date && date <= each.to);

describe('F28 labels', () => {
  test('F28 a row counts from its first day to its last, and on no other', () => {
    const bounded = ROWS.flatMap((row) => [row.from, dayFrom(row.from, -1), ...(row.to.startsWith('9999') ? [] : [row.to, dayFrom(row.to, 1)])].map((date) => [row, date] as const));
    expect(ROWS.every((row) => row.from !== '')).toBe(true);
    const outside = bounded.filter(([row, date]) => !holds(row, date));
    expect(outside.length).toBeGreaterThan(300);
    expect(outside.filter(([row, date]) => isMatched(row, date)).map(([{ code }, date]) => `${code} on ${date}`)).toEqual([]);
    // Where several rows give one class, the set names one of them: nearly all are named by themselves.
    const inside = bounded.filter(([row, date]) => holds(row, date));
    expect(inside.filter(([row, date]) => isMatched(row, date)).length / inside.length).toBeGreaterThan(0.5);
  });
  test('F28 a record without a date is labelled by every row: what is not known protects', () => {
    const ended = ROWS.filter((row) => !row.to.startsWith('9999') && isMatched(row, row.to));
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.filter((row) => !isMatched(row, null))).toEqual([]);
  });
  test.each(['http://unitsofmeasure.org', 'urn:oid:2.16.840.1.113883.6.238', 'urn:ietf:bcp:47'])('F28 a code means nothing in %s, whatever it means elsewhere', (system) => {
    const labelled = ROWS.filter(({ code }) => service.label(input({ codings: [{ system, code, display: null }] })).bases.length > 0);
    expect(labelled.map(({ code }) => code)).toEqual([]);
  });
  test('F28 a number that is a code of two systems is read in the one that it stands in', () => {
    const classes = (system: string, code: string): string[] => service.label(input({ codings: [{ system, code, display: null }] })).bases.map((each) => each.class);
    const [drg, cvx, rxnorm] = ['https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software', 'http://hl7.org/fhir/sid/cvx', 'http://www.nlm.nih.gov/research/umls/rxnorm'] as const;
    expect(classes(drg, '897')).toEqual(['SUD']);
    expect([classes(cvx, '897'), classes(rxnorm, '897')]).toEqual([[], []]);
  });
});

describe.each(testDatabases())('F28 filters, $name', ({ create }) => {
  const TYPES = RECORD_TYPE_NAMES.filter((type) => type !== 'Claim');
  const WORLD = `
people: { nils: { role: NURSE, of: company, for: TREAT, treats: [rosa] } }
members: { rosa: { age: 41 } }
records:
${TYPES.flatMap((type) => ['one', 'two', 'none'].map((system) => `  ${type.toLowerCase()}-${system}: { type: ${type}, of: rosa${system === 'none' ? '' : `, coding: "urn:${system}|A41.9"`} }`)).join('\n')}
`;
  let database: TestDatabase;
  let told: Told;
  beforeAll(async () => { database = await create(); told = await Told.open(database.url, WORLD); });
  afterAll(async () => { await told.close(); await database.drop(); });

  test.each(TYPES)('F28 codes of %s', async (type) => {
    const found = async (codes: readonly string[]): Promise<string[]> => {
      const { data } = await told.ask('nils', `query Find($codes: [String!]) { member(id: <rosa>) { list: ${RECORD_TYPES[type].connection}(filter: { codes: $codes }) { nodes { id } } } }`, { codes });
      return (data as { member: { list: { nodes: { id: string }[] } } }).member.list.nodes.map((each) => each.id.replace(`attack-${type.toLowerCase()}-`, ''));
    };
    expect(await found(['urn:one|A41.9'])).toEqual(['one']);
    expect(await found(['urn:two|A41.9'])).toEqual(['two']);
    expect(await found(['A41.9'])).toEqual(['one', 'two']);
    for (const other of ['urn:three|A41.9', 'urn:one|A41', 'urn:one|A41.90', '|A41.9', 'urn:one|', 'URN:ONE|A41.9', 'urn:one|a41.9', 'urn:one']) expect([other, await found([other])]).toEqual([other, []]);
  });
});
