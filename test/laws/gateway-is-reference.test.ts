/**
 * The executor with its hoisted rules, its plans and what it knows of members answers, byte for byte, as graphql-js does with the shield's rule
 * at every field (design, "Policy"). By chance, and so not compared: the audit id, the seal of a cursor (what it opens to is compared), and the
 * order of errors of roots that are read side by side. LAW_OPERATIONS: how many; LAW_SEED: the first world.
 */
import './support/unchecked-graphql';
import { testDatabases } from '../support/databases';
import { FLOORS, WHOLE } from './support/coverage';
import { compareWithReference } from './support/gateway-and-reference';

const OPERATIONS = Number(process.env.LAW_OPERATIONS ?? WHOLE);
const SEED = Number(process.env.LAW_SEED ?? 2_000);
const ON_DISK = 200;

test('random operations: the gateway answers as the reference does, SQLite in memory', async () => {
  const started = process.cpuUsage();
  const { compared, worlds, coverage, differences } = await compareWithReference('sqlite::memory:', OPERATIONS, SEED);
  const { user, system } = process.cpuUsage(started);
  process.stdout.write(`gateway and reference: ${compared} operations in ${worlds} worlds from seed ${SEED}, ${((user + system) / 1e6).toFixed(1)} s of CPU\n${coverage.table(FLOORS)}`);
  expect(differences.join('\n\n')).toBe('');
  expect(compared).toBeGreaterThanOrEqual(OPERATIONS);
  // Of a part of the run no floor is asked.
  expect(OPERATIONS < WHOLE ? [] : coverage.lacking(FLOORS, OPERATIONS / WHOLE)).toEqual([]);
}, 600_000);

test.each(testDatabases())('random operations: the gateway answers as the reference does, $name', async ({ create }) => {
  const database = await create();
  try {
    const { differences } = await compareWithReference(database.url, ON_DISK, 3_000);
    expect(differences.join('\n\n')).toBe('');
  } finally {
    await database.drop();
  }
}, 240_000);
