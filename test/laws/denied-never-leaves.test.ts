/** Law 4: what is denied stays in the database. Each hidden cell holds a word of its own, looked for in everything that comes out. */
import type { DataSource } from 'typeorm';
import { TABLES } from '../../src/entities/tables';
import type { Table } from '../../src/entities/table';
import { recordField, type FieldSource } from '../../src/query/compile/columns';
import { ROW_KEYS } from '../../src/query/compile/record-read';
import { createAccess, type Access } from '../../src/query/plan/access';
import { coordinateDecision } from '../../src/query/plan/verdicts';
import { fieldsOf } from '../../src/vocabulary/fields';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from '../../src/vocabulary/records';
import { testDatabases } from '../support/databases';
import { callerFacts } from './engine-world';
import { ENGINE } from './support/engine';
import { hiddenColumns, withHidden, type Another } from './support/hidden-values';
import { Laboratory, type Outcome, type Recorded } from './support/laboratory';
import { JSON_VALUES, richRows } from './support/rich-rows';
import { richWorld } from './support/rich-world';
import { experiment } from './support/two-worlds';

const WORD = 'canary';
/** A canary in every hidden column of text, unlike any other. */
function canaries(): { another: Another; count: () => number } {
  let count = 0;
  const another: Another = (table, row, column, kind) => {
    const base = kind.replace('?', '');
    if (!['line', 'text', 'longtext', 'json', 'code', 'id'].includes(base)) return undefined;
    count += 1;
    const word = `${WORD}${count}`;
    const json = JSON_VALUES[column];
    return json ? json(word) : base === 'json' ? JSON.stringify({ line: [word] }) : word;
  };
  return { another, count: () => count };
}

const COLUMNS = new Set(Object.values(TABLES as unknown as Readonly<Record<string, Table>>).flatMap((each) => Object.keys(each.columns)));
/** Columns that a read returns beside those of fields: keys, labels, and what it works out itself. */
const WORKED_OUT = new Set([...ROW_KEYS, 'order_value', 'contact_there', 'contact_confidential', 'chosen_telephone', 'chosen_email', 'chosen_address', 'count', 'reached', 'chosen', 'system', 'key', 'display', 'place', 'note', 'legal', 'record_id', 'name', 'kind', 'relation', 'privacy_open', 'result_id', 'part']);
/** What is true of a member and decides: whole numbers, and no value of hers. */
const FACT = /^(fact|f)\d+$/;

const TYPE_OF_TABLE = new Map<string, RecordType>(RECORD_TYPE_NAMES.map((type) => [RECORD_TYPES[type].table, type]));
const columnsOf = (source: FieldSource | null): string[] => (source === null ? [] : source.kind === 'scalar' ? [source.column] : Object.values(source.parts));
const ADMINISTRATIVE = ['id', 'memberId', 'recordedAt', 'encounterId', 'labels', 'governedBy'];

/** A column of a record that no decision opens to this caller, in what a read selects; null where there is none. */
function undecided(read: Recorded, access: Access): string | null {
  const type = TYPE_OF_TABLE.get(/ (?:FROM|JOIN) (\w+) r\b/.exec(read.text)?.[1] ?? '');
  if (!type || read.columns[2] !== 'labels') return null;
  const open = fieldsOf(type).filter((field) => coordinateDecision(access, `${type}.${field}`)?.effect !== 'DENY');
  const decided = new Set<string>([...ROW_KEYS, ...[...open, ...ADMINISTRATIVE].flatMap((field) => columnsOf(recordField(type, field)))]);
  const strange = read.columns.find((each) => !decided.has(each));
  return strange ? `a column of ${type} that nobody decided: ${strange}` : null;
}

/** Where a canary came out; null where none did. */
function escaped(outcome: Outcome, access: Access): string | null {
  if (outcome.body.includes(WORD)) return `the answer: ${outcome.body.slice(Math.max(0, outcome.body.indexOf(WORD) - 200), outcome.body.indexOf(WORD) + 40)}`;
  if (JSON.stringify(outcome.entries).includes(WORD)) return 'the audit record';
  for (const read of outcome.reads) {
    if (JSON.stringify(read.rows).includes(WORD)) return `a row of: ${read.text}`;
    if (JSON.stringify(read.parameters).includes(WORD)) return `a parameter of: ${read.text}`;
    const strange = read.columns.find((each, place) => (FACT.test(each) ? !read.rows.every((row) => Number.isInteger(Number(row[place]))) : !WORKED_OUT.has(each) && !COLUMNS.has(each)));
    if (strange) return `a column that is none: ${strange}`;
    const loose = undecided(read, access);
    if (loose) return loose;
  }
  return JSON.stringify(outcome.statements).includes(WORD) ? 'a statement' : null;
}

/** The text of every audit row. */
async function trail(source: DataSource): Promise<string> {
  const tables = Object.values(TABLES).filter((each) => each.name.startsWith('audit'));
  return JSON.stringify(await Promise.all(tables.map((each) => source.query(`SELECT * FROM ${each.name}`) as Promise<unknown>)));
}

async function search(url: string, worlds: number, from: number): Promise<{ operations: number; cells: number; rows: number; found: string[] }> {
  const laboratory = await Laboratory.open(url);
  const ledger = laboratory.durableLedger();
  const result = { operations: 0, cells: 0, rows: 0, found: [] as string[] };
  try {
    const station = laboratory.station(ENGINE, ledger);
    for (let seed = from; seed < from + worlds; seed += 1) {
      const world = richWorld(seed, seed % 4 === 3 ? 3 : 1);
      const rows = richRows(world);
      for (let place = 0; place < 8; place += 1) {
        const made = experiment(world, rows, seed * 8 + place, 5);
        const access = createAccess(station.gateway.clauses, made.caller, callerFacts(world, made.who));
        const { another, count } = canaries();
        await laboratory.load(withHidden(rows, hiddenColumns(world, made.who, made.view), another));
        result.cells += count();
        if (made.opening) await station.ask({ document: made.opening, variables: {}, caller: made.caller });
        for (const { operation } of made.asked) {
          const outcome = await station.ask({ document: operation.document, variables: operation.variables, caller: made.caller });
          result.operations += 1;
          result.rows += outcome.reads.reduce((all, each) => all + each.rows.length, 0);
          const where = escaped(outcome, access);
          if (where) result.found.push(`${made.name}: ${JSON.stringify(made.who)}\n${where}\nasks ${operation.text}`);
        }
      }
    }
    if ((await trail(laboratory.source)).includes(WORD)) result.found.push('the audit rows');
  } finally {
    await ledger.close();
    await laboratory.close();
  }
  return result;
}

test('no canary leaves SQLite in memory', async () => {
  const started = Date.now();
  const { operations, cells, rows, found } = await search('sqlite::memory:', 12, 7_000);
  process.stdout.write(`denied never leaves: ${operations} operations, ${rows} rows, ${cells} canaries, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  expect(found.slice(0, 3)).toEqual([]);
  expect(rows).toBeGreaterThan(operations / 2);
}, 600_000);

test.each(testDatabases())('no canary leaves $name', async ({ create }) => {
  const database = await create();
  try {
    expect((await search(database.url, 2, 8_000)).found.slice(0, 3)).toEqual([]);
  } finally {
    await database.drop();
  }
}, 600_000);
