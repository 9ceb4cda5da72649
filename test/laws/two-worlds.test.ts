/** Law 5, two worlds: what a caller may not see changes nothing that the caller is told, nor how it is asked for. */
import { testDatabases } from '../support/databases';
import { ENGINE } from './support/engine';
import { Laboratory } from './support/laboratory';
import { richRows } from './support/rich-rows';
import { richWorld } from './support/rich-world';
import { experiment, run, type Findings } from './support/two-worlds';

const CALLERS_OF_A_WORLD = 12;
const OPERATIONS_OF_A_CALLER = 6;
/** Every fifth world is large enough for counts above the smallest cell. */
const partsOf = (seed: number): number => (seed % 5 === 4 ? 6 : 1);

async function compare(urls: readonly [string, string], pairs: number, from: number): Promise<Findings & { worlds: number; changed: number; underGrants: number }> {
  const [here, there] = await Promise.all([Laboratory.open(urls[0]), Laboratory.open(urls[1])]);
  const findings = { pairs: 0, answered: 0, rows: 0, differences: [] as string[], worlds: 0, changed: 0, underGrants: 0 };
  try {
    const stations = [here.station(ENGINE), there.station(ENGINE)] as const;
    for (let seed = from; findings.pairs < pairs && findings.differences.length < 5; seed += 1) {
      const world = richWorld(seed, partsOf(seed));
      const rows = richRows(world);
      await here.load(rows);
      findings.worlds += 1;
      for (let place = 0; place < CALLERS_OF_A_WORLD && findings.pairs < pairs; place += 1) {
        const made = experiment(world, rows, seed * CALLERS_OF_A_WORLD + place, OPERATIONS_OF_A_CALLER);
        findings.changed += made.changed;
        await there.load(made.there);
        const answered = findings.answered;
        await run(made, ...stations, findings);
        if (made.who.grantId !== undefined) findings.underGrants += findings.answered - answered;
      }
    }
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
  return findings;
}

const PAIRS = { memory: Number(process.env.TWO_WORLDS_PAIRS ?? 2_000), onDisk: 160 };
function report(name: string, started: number, findings: Findings & { worlds: number; changed: number; underGrants: number }): void {
  process.stdout.write(`two worlds on ${name}: ${findings.pairs} pairs (${findings.answered} with rows, ${findings.underGrants} of them under grants, ${findings.rows} rows) in ${findings.worlds} worlds, ${findings.changed} members changed, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

test('two worlds, one answer: SQLite in memory', async () => {
  const started = Date.now();
  const findings = await compare(['sqlite::memory:', 'sqlite::memory:'], PAIRS.memory, Number(process.env.TWO_WORLDS_SEED ?? 0));
  report('SQLite in memory', started, findings);
  expect(findings.differences).toEqual([]);
  expect(findings.answered).toBeGreaterThan(findings.pairs / 3);
  expect(findings.underGrants).toBeGreaterThan(findings.pairs / 20);
}, 600_000);

test.each(testDatabases())('two worlds, one answer: $name on disk', async ({ name, create }) => {
  const databases = [await create(), await create()] as const;
  const started = Date.now();
  try {
    const findings = await compare([databases[0].url, databases[1].url], PAIRS.onDisk, 1_000);
    report(name, started, findings);
    expect(findings.differences).toEqual([]);
  } finally {
    await Promise.all(databases.map((each) => each.drop()));
  }
}, 600_000);
