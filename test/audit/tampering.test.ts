import type { DataSource } from 'typeorm';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { createDataSource } from '../../src/entities/data-source';
import { testDatabases, type TestDatabase } from '../support/databases';
import { openMigrated, withoutTriggers } from './entries';
import { findBreak } from './independent-verifier';
import { mutate, MUTATION_KINDS, seeded } from './mutate-ledger';
import { sealedLedger, store, storeFiles, type SealedLedger } from './sealed-ledger';

/** 2,000 in every run; `npm run proof:ledger` asks for 10,000. */
const MUTATIONS = Number(process.env.LEDGER_MUTATIONS ?? 2_000);
const SEED = Number(process.env.LEDGER_SEED ?? 20_250_716);
/** A checkpoint may be on its way to the folder for two minutes. */
const later = (): Date => new Date(Date.now() + 600_000);

async function tamper(ledger: SealedLedger, count: number, seed: number): Promise<Map<string, number>> {
  const { source, folder, signing, snapshot } = ledger;
  const random = seeded(seed);
  const found = new Map<string, number>();
  let current = snapshot;
  for (let number = 0; number < count; number += 1) {
    const kind = MUTATION_KINDS[number % MUTATION_KINDS.length] ?? 'edit';
    const { changed, place } = mutate(snapshot, kind, random);
    await store(source, changed);
    storeFiles(folder, changed.files, current.files);
    current = changed;
    const state = await verifyLedger(source, { evidence: { folder, publicKeys: [signing.publicKey] }, clock: later });
    const second = findBreak(changed.events, changed.members, changed.checkpoints, changed.files, signing.publicKey);
    expect({ seed, number, kind, intact: state.intact, brokenAt: state.brokenAt, second }).toEqual({ seed, number, kind, intact: false, brokenAt: place, second: place });
    found.set(kind, (found.get(kind) ?? 0) + 1);
  }
  await store(source, snapshot);
  storeFiles(folder, snapshot.files, current.files);
  return found;
}

async function expectWhole({ source, folder, signing, snapshot }: SealedLedger): Promise<void> {
  const state = await verifyLedger(source, { evidence: { folder, publicKeys: [signing.publicKey] }, clock: later });
  expect(state).toMatchObject({ intact: true, brokenAt: null, events: snapshot.events.length, sealed: snapshot.events.length, checkpoints: snapshot.checkpoints.length, findings: [] });
  expect(findBreak(snapshot.events, snapshot.members, snapshot.checkpoints, snapshot.files, signing.publicKey)).toBeNull();
}

test(`${MUTATIONS} mutations of the stored ledger: every one is found, at its exact place, by both implementations`, async () => {
  const source = await createDataSource('sqlite::memory:').initialize();
  await source.runMigrations();
  const ledger = await sealedLedger(source);
  await withoutTriggers(source, async () => {
    await expectWhole(ledger);
    const found = await tamper(ledger, MUTATIONS, SEED);
    expect([...found.keys()].sort()).toEqual([...MUTATION_KINDS].sort());
    await expectWhole(ledger);
  });
  ledger.close();
  await source.destroy();
}, 60 * 60_000);

describe.each(testDatabases())('mutations on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => { database = await create(); source = await openMigrated(database); });
  afterAll(async () => { await source.destroy(); await database.drop(); });
  test('a subset of them, of every kind', async () => {
    const ledger = await sealedLedger(source, 3);
    await withoutTriggers(source, async () => {
      await expectWhole(ledger);
      await tamper(ledger, 2 * MUTATION_KINDS.length, SEED + 1);
      await expectWhole(ledger);
    });
    ledger.close();
  });
});
