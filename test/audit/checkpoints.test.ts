import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { folderOfDatabase, newestIn, numbersIn, readFromFolder } from '../../src/audit/checkpoint-folder';
import { createCheckpoints, type CheckpointOptions } from '../../src/audit/checkpoints';
import { consistencyOf } from '../../src/audit/consistency';
import type { Finding } from '../../src/audit/finding';
import { createLedger, type ChainWriter } from '../../src/audit/ledger';
import { GrowingTree, inclusionRanges } from '../../src/audit/merkle';
import { checkReceipt, receiptOf, type Receipt } from '../../src/audit/receipt';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { testDatabases, type TestDatabase } from '../support/databases';
import { entry, openMigrated, withoutTriggers } from './entries';
import { consistencyProof, findBreak, receiptHolds, treePeaks, treeRoot } from './independent-verifier';
import { readSnapshot } from './sealed-ledger';

const signing = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');

test('trees that grow have the roots and peaks of the recursive definition', () => {
  const tree = new GrowingTree();
  const hashes: string[] = [];
  expect(tree.root()).toBe(treeRoot([]).toString('hex'));
  for (let size = 1; size <= 70; size += 1) {
    hashes.push(size.toString(16).padStart(64, 'a'));
    tree.append(hashes.at(-1) ?? '');
    expect(tree.root()).toBe(treeRoot(hashes).toString('hex'));
    expect(tree.peaks).toEqual(treePeaks(hashes));
    expect(GrowingTree.of(size, tree.peaks).root()).toBe(tree.root());
  }
});
test('a proof of inclusion has at most 20 hashes for a million records', () => {
  for (const index of [0, 1, 499_999, 524_287, 524_288, 999_998, 999_999]) expect(inclusionRanges(index, [0, 1_000_000]).length).toBeLessThanOrEqual(20);
});
test('each database has a folder of its own, whoever connects; one in memory has none', () => {
  const of = (url: string): string | null => folderOfDatabase('/checkpoints', url);
  expect(of('mysql://a:b@db/one')).toBe(of('mysql://c:d@db:3306/one'));
  expect(new Set([of('mysql://a:b@db/one'), of('mysql://a:b@db/two'), of('sqlite:./one.db'), of('sqlite:./two.db')]).size).toBe(4);
  expect(of('sqlite::memory:')).toBeNull();
});

describe.each(testDatabases())('checkpoints on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let ledger: ChainWriter;
  let folder: string;
  let findings: Finding[];
  beforeEach(async () => {
    database = await create();
    source = await openMigrated(database);
    ledger = createLedger(source, { chainId: 'a' });
    folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    findings = [];
  });
  afterEach(async () => {
    await ledger.close();
    await source.destroy();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (given: Partial<CheckpointOptions> = {}) => createCheckpoints(source, { folder, signing, heads: () => ledger.heads(), onFinding: (each) => findings.push(each), ...given });
  const record = async (count: number, of: ChainWriter = ledger): Promise<string[]> => Promise.all(Array.from({ length: count }, () => of.record(entry())));
  const verify = () => verifyLedger(source, { evidence: { folder, publicKeys: [signing.publicKey] } });

  test('nothing recorded makes none, nothing new makes no other; each is linked, signed, and a file', async () => {
    const checkpoints = open();
    expect(await checkpoints.take()).toBeNull();
    await record(3);
    const first = await checkpoints.take();
    expect(await checkpoints.take()).toBe(first);
    await record(2, createLedger(source, { chainId: 'b' }));
    const second = await checkpoints.take();
    expect(second?.body).toMatchObject({ number: 2, previous: first?.hash, events: 5, complete: false, chains: [{ chain: 'b', size: 2 }] });
    expect(await numbersIn(folder)).toEqual([1, 2]);
    expect(await newestIn(folder)).toBe(2);
    expect((await readFromFolder(folder, 2))?.hash).toBe(second?.hash);
    expect(readdirSync(join(folder, '000000'))).toEqual(['000000001.checkpoint', '000000002.checkpoint']);
    expect(await verify()).toMatchObject({ intact: true, events: 5, sealed: 5, checkpoints: 2 });
  });
  test('another process goes on from what is stored, and two at once do not meet', async () => {
    await record(3);
    await open().take();
    await record(1);
    const nodes = [open(), open({ folder: null })];
    await Promise.all(nodes.map((each) => each.take()));
    await record(1);
    await Promise.all(nodes.map((each) => each.take()));
    await nodes[0]?.take();
    expect(findings).toEqual([]);
    expect(await verify()).toMatchObject({ intact: true, events: 5, sealed: 5 });
    const { events, members, checkpoints, files } = await readSnapshot(source, folder);
    expect(findBreak(events, members, checkpoints, files, signing.publicKey)).toBeNull();
  });
  test('the database refuses to change a checkpoint', async () => {
    await record(1);
    await open().take();
    await expect(source.query("UPDATE audit_checkpoint SET body = ''")).rejects.toThrow('append-only');
    await expect(source.query('DELETE FROM audit_checkpoint')).rejects.toThrow('append-only');
    await expect(source.query('REPLACE INTO audit_checkpoint SELECT * FROM audit_checkpoint')).rejects.toThrow('append-only');
  });
  test('a tail cut off is found at the next checkpoint, the sealed one by any node, the newest by its writer; it is sealed no further', async () => {
    const checkpoints = open();
    await record(4);
    await checkpoints.take();
    await record(2);
    await withoutTriggers(source, async () => {
      await source.query("DELETE FROM audit_event WHERE seq > 5");
      await checkpoints.take();
      expect(findings).toMatchObject([{ kind: 'TRUNCATED', chain: 'a', position: 6 }]);
      await source.query("DELETE FROM audit_event WHERE seq > 3");
      const strangers: Finding[] = [];
      await open({ heads: undefined, onFinding: (each) => strangers.push(each) }).take();
      expect(strangers).toMatchObject([{ kind: 'TRUNCATED', chain: 'a', position: 4 }]);
      expect(await verify()).toMatchObject({ intact: false, brokenAt: 'a/4', checkpoints: 1 });
    });
  });
  test('a database set back is sealed no further, whether the process or only the folder remembers', async () => {
    const checkpoints = open();
    await record(2);
    await checkpoints.take();
    await record(2);
    await checkpoints.take();
    await withoutTriggers(source, async () => {
      await source.query('DELETE FROM audit_checkpoint WHERE number = 2');
      await record(1);
      await checkpoints.take();
      await open().take();
      expect(findings).toMatchObject([{ kind: 'CHECKPOINT_MISSING', checkpoint: 2 }, { kind: 'CHECKPOINT_MISSING', checkpoint: 2 }]);
      expect(await numbersIn(folder)).toEqual([1, 2]);
      expect(await verify()).toMatchObject({ intact: false, brokenAt: 'checkpoint/2' });
    });
  });
  test('keys change: the earlier key beside the new one proves the earlier checkpoints', async () => {
    await record(1);
    await open().take();
    await record(1);
    await open({ signing: other, earlierKeys: [signing.publicKey] }).take();
    expect(findings).toEqual([]);
    expect(await verifyLedger(source, { evidence: { folder, publicKeys: [other.publicKey, signing.publicKey] } })).toMatchObject({ intact: true, checkpoints: 2 });
    expect(await verifyLedger(source, { evidence: { folder, publicKeys: [other.publicKey] } })).toMatchObject({ intact: false, brokenAt: 'checkpoint/1' });
  });
  test('receipts prove inclusion offline, to both implementations; what is changed does not hold', async () => {
    const checkpoints = open();
    const ids = await record(11);
    await checkpoints.take();
    const late = await record(2);
    expect(await receiptOf(source, late[0] ?? '')).toMatchObject({ status: 'NOT_SEALED', chain: 'a', position: 12 });
    await checkpoints.take();
    expect(await receiptOf(source, 'no-such-id')).toEqual({ status: 'UNKNOWN' });
    for (const [place, id] of [...ids, ...late].entries()) {
      const answer = await receiptOf(source, id, { record: place % 2 === 0 });
      if (answer.status !== 'SEALED') throw new Error(answer.status);
      const receipt = JSON.parse(JSON.stringify(answer.receipt)) as Receipt;
      expect(receipt).toMatchObject({ auditId: id, chain: 'a', position: place + 1, size: place < 11 ? 11 : 13 });
      expect(checkReceipt(receipt, [signing.publicKey])).toMatchObject({ holds: true, checkpoint: place < 11 ? 1 : 2 });
      expect(receiptHolds(receipt, signing.publicKey)).toBe(true);
      const wrong: Partial<Receipt>[] = [
        { position: receipt.position === 1 ? 2 : receipt.position - 1 }, { hash: 'f'.repeat(64) }, { path: receipt.path.slice(1) }, { path: [...receipt.path, 'a'.repeat(64)] }, { size: receipt.size + 1 },
        { root: 'a'.repeat(64) }, { chain: 'b' },
      ];
      for (const each of wrong) {
        expect(checkReceipt({ ...receipt, ...each }, [signing.publicKey])).toMatchObject({ holds: false });
        expect(receiptHolds({ ...receipt, ...each }, signing.publicKey)).toBe(false);
      }
      expect(checkReceipt(receipt, [other.publicKey])).toMatchObject({ holds: false });
      if (receipt.record) expect(checkReceipt({ ...receipt, record: { ...receipt.record, subject: 'another' } }, [signing.publicKey])).toMatchObject({ holds: false });
      if (receipt.record) expect(checkReceipt({ ...receipt, auditId: 'another' }, [signing.publicKey])).toMatchObject({ holds: false });
    }
    expect(checkReceipt({ a: 1 }, [signing.publicKey])).toMatchObject({ holds: false });
  });
  test('one tree is the beginning of a later one: the proof is that of the recursive definition', async () => {
    await record(13);
    const hashes = (await source.query('SELECT hash FROM audit_event ORDER BY seq') as { hash: string }[]).map((each) => each.hash);
    for (let size = 1; size <= 13; size += 1) expect(await consistencyOf(source, 'a', size, 13)).toEqual(consistencyProof(size, hashes));
    await expect(consistencyOf(source, 'a', 0, 13)).rejects.toThrow('size');
    await expect(consistencyOf(source, 'a', 5, 14)).rejects.toThrow('shorter');
  });
});
