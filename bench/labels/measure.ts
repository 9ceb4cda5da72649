import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { classMask, classesOf, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import { isRecordType } from '../../src/vocabulary/records';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { LabellingService } from '../../src/labelling/labelling-service';
import type { CodingInput, LabelInput } from '../../src/labelling/labels';
import { classesOfCell } from '../../src/labelling/word-rules';
import { Score } from './score';

/** Prints recall and precision by class: `npm run labels:measure`. The sets are described in docs/labelling.md. */
export interface Case { readonly name: string; readonly input: LabelInput; readonly expected: number }

const TEST = join(PACKAGE_ROOT, 'test', 'labelling');
const DEVELOPMENT = join(PACKAGE_ROOT, '..', 'shared', 'data', 'synthea-dev');
const SNOMED = 'http://snomed.info/sct';

const inputOf = (type: LabelInput['type'], codings: CodingInput[], texts: string[] = [], security: LabelInput['security'] = []): LabelInput =>
  ({ type, codings, texts, security, part2Program: false, date: null });

interface CarlRecord { id: string; type: string; codings: CodingInput[]; texts: string[]; security: LabelInput['security']; expected: SensitivityClass[] }

/** SHIFT's Carl; without the labels of the input, PART2 cannot be expected: nothing else says that the recorder is a program. */
export function carlCases(withInputLabels: boolean): Case[] {
  const { records } = JSON.parse(readFileSync(join(TEST, 'carl.json'), 'utf8')) as { records: CarlRecord[] };
  return records.map(({ id, type, codings, texts, security, expected }) => {
    if (!isRecordType(type)) throw new Error('carl.json: not a record type');
    const classes = withInputLabels ? expected : expected.filter((name) => name !== 'PART2');
    return { name: id, input: inputOf(type, codings, texts, withInputLabels ? security : []), expected: classMask(classes) };
  });
}

interface HandRow { system: string; code: string; text: string; classes: string; set: string }
function handRows(): HandRow[] { return parse(readFileSync(join(TEST, 'hand-labelled.csv'), 'utf8'), { columns: true }) as HandRow[]; }
const expectedOf = (row: HandRow): number => classMask(classesOfCell(row.classes, 'hand-labelled.csv'));

/** `synthea`: distinct codings of the development patients; `words`: displays written down before the rules were run on them. */
export function handCases(set: string): Case[] {
  return handRows().filter((row) => row.set === set).map((row) => {
    const coding = { system: row.system || SNOMED, code: row.code || null, display: row.text || null };
    return { name: row.text || `${row.system}|${row.code}`, input: inputOf('Condition', [coding]), expected: expectedOf(row) };
  });
}

/** The displays in the development bundles, without their codes: what words alone find of what was labelled by hand. */
export function developmentCases(): Case[] {
  const byCode = new Map<string, number>();
  for (const row of handRows()) if (row.set === 'synthea') byCode.set(`${row.system}|${row.code}`, expectedOf(row));
  const displays = new Map<string, number>();
  for (const file of readdirSync(DEVELOPMENT).filter((each) => each.endsWith('.json.gz'))) {
    const bundle: unknown = JSON.parse(gunzipSync(readFileSync(join(DEVELOPMENT, file))).toString('utf8'));
    visitCodings(bundle, (system, code, display) => {
      const expected = byCode.get(`${system}|${code}`);
      if (expected !== undefined && !system.includes('cvx')) displays.set(display, expected);
    });
  }
  return [...displays].map(([display, expected]) => ({ name: display, input: inputOf('Condition', [{ system: null, code: null, display }]), expected }));
}

function visitCodings(value: unknown, visit: (system: string, code: string, display: string) => void): void {
  if (Array.isArray(value)) { for (const each of value) visitCodings(each, visit); return; }
  if (typeof value !== 'object' || value === null) return;
  const { system, code, display } = value as Record<string, unknown>;
  if (typeof system === 'string' && typeof code === 'string' && typeof display === 'string') visit(system, code, display);
  for (const each of Object.values(value)) visitCodings(each, visit);
}

export function measure(service: LabellingService, cases: readonly Case[]): Score {
  const score = new Score();
  for (const { name, input, expected } of cases) score.add(name, expected, service.label(input).mask);
  return score;
}

function print(title: string, score: Score): void {
  process.stdout.write(`\n${title}\n${score.table()}\n`);
  for (const { name, expected, found } of score.wrong.slice(0, 20)) {
    process.stdout.write(`  expected ${classesOf(expected).join('+') || 'none'}, found ${classesOf(found).join('+') || 'none'}: ${name}\n`);
  }
}

function main(): void {
  const service = LabellingService.load({ codeSetsDir: null });
  process.stdout.write(`labelling ${service.version}: ${service.codeSets.length} code sets, ${service.codeSets.reduce((sum, each) => sum + each.rows, 0)} rows\n`);
  print('Carl (SHIFT), with the labels of the input', measure(service, carlCases(true)));
  print('Carl (SHIFT), without them', measure(service, carlCases(false)));
  print('Codings of the development patients, labelled by hand', measure(service, handCases('synthea')));
  print('Displays not taken from the development patients', measure(service, handCases('words')));
  if (existsSync(DEVELOPMENT)) print('Displays of the development bundles, by words alone (no code)', measure(service, developmentCases()));
  else process.stdout.write('\nThe development bundles do not lie beside this checkout (../shared/data/synthea-dev): the measurement by words alone is left out.\n');
}

if (require.main === module) main();
