import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOfDatabase, numbersIn } from '../../src/audit/checkpoint-folder';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { checkReceipt, receiptOf } from '../../src/audit/receipt';
import { auditPublicKeys } from '../../src/audit/public-keys';
import { at, serve, type Asker, type Served } from '../e2e/support/gateway';
import { testDatabases } from '../support/databases';
import { withoutTriggers } from './entries';

const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'] };
const nurse: Asker = { role: 'NURSE', purposes: ['ETREAT'], reason: 'unconscious in the waiting room', organization: 'org-1', practitioner: 'prac-1' };

describe.each(testDatabases())('the ledger of a running gateway on $name', ({ create }) => {
  let served: Served;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    const database = await create();
    url = database.url;
    folder = mkdtempSync(join(tmpdir(), 'served-'));
    served = await serve(database, { env: { AUDIT_CHECKPOINT_DIR: join(folder, 'checkpoints'), KEYS_DIR: join(folder, 'keys') } });
    await served.assembled.source.query("INSERT INTO member (id, birth_date, updated_at) VALUES ('anna', '1980-05-01', '2026-01-01T00:00:00.000Z')");
  });
  afterAll(async () => {
    await served.close();
    // What is recorded last is sealed as the gateway stops.
    expect(await numbersIn(folderOfDatabase(join(folder, 'checkpoints'), url) ?? '')).not.toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('an emergency waits for its review; the review is on the trail with a kind of its own', async () => {
    const opened = await served.ask(nurse, '{ member(id: "anna") { id } }');
    expect(opened).toMatchObject({ status: 200, data: { member: { id: 'anna' } } });
    const queue = await served.ask(officer, '{ breakGlassReviews { id subject memberId reason finding } }');
    expect(at(queue, 'data.breakGlassReviews.0')).toMatchObject({ subject: 'sub-nurse', memberId: 'anna', reason: 'unconscious in the waiting room', finding: null });
    const id = String(at(queue, 'data.breakGlassReviews.0.id'));
    const mutation = 'mutation($id: ID!) { reviewBreakGlass(id: $id, finding: JUSTIFIED, note: "seen") { memberId finding reviewedBy } }';
    expect(at(await served.ask(officer, mutation, { id }), 'data.reviewBreakGlass')).toEqual({ memberId: 'anna', finding: 'JUSTIFIED', reviewedBy: 'sub-privacy_officer' });
    expect(at(await served.ask(officer, '{ breakGlassReviews { id } }'), 'data.breakGlassReviews')).toEqual([]);
    expect(at(await served.ask(officer, '{ breakGlassReviews(reviewed: true) { finding } }'), 'data.breakGlassReviews')).toEqual([{ finding: 'JUSTIFIED' }]);
    expect(at(await served.ask({ ...nurse, purposes: ['TREAT'], reason: undefined }, '{ breakGlassReviews { id } }'), 'errors.0.extensions.code')).toBe('FORBIDDEN');
    expect(await served.assembled.source.query("SELECT kind, flagged FROM audit_event WHERE kind = 'BREAK_GLASS_REVIEW'")).toEqual([{ kind: 'BREAK_GLASS_REVIEW', flagged: 0 }]);
  });
  test('a tail that was cut off before it was sealed is named by the process that wrote it', async () => {
    const { source } = served.assembled;
    const rows = async (): Promise<Record<string, unknown>[]> => await source.query("SELECT * FROM audit_event WHERE chain_id NOT LIKE '%.w' ORDER BY seq DESC LIMIT 1") as Record<string, unknown>[];
    const [last] = await rows();
    const { chain_id: chain, seq, id } = last ?? {};
    const members = await source.query('SELECT * FROM audit_member WHERE event_id = ?', [id]) as { member_id: string }[];
    await withoutTriggers(source, async () => {
      await source.query('DELETE FROM audit_member WHERE event_id = ?', [id]);
      await source.query('DELETE FROM audit_event WHERE id = ?', [id]);
    });
    expect((await rows())[0]?.['seq']).toBe(Number(seq) - 1);
    const { ledgerHeads } = served.assembled.decided;
    expect((await verifyLedger(source, { heads: ledgerHeads?.() })).brokenAt).toBe(`${String(chain)}/${String(seq)}`);
    const names = Object.keys(last ?? {});
    await source.query(`INSERT INTO audit_event (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, names.map((each) => last?.[each]));
    for (const each of members) await source.query('INSERT INTO audit_member (member_id, event_id) VALUES (?, ?)', [each.member_id, id]);
    expect((await verifyLedger(source, { heads: ledgerHeads?.() })).intact).toBe(true);
  });

  test('the auditId of an answer is its receipt; auditIntegrity holds, and names what was changed', async () => {
    const answer = await served.ask(officer, '{ auditIntegrity { intact brokenAt } }');
    expect(at(answer, 'data.auditIntegrity')).toEqual({ intact: true, brokenAt: null });
    await served.assembled.checkpoints.take();
    const id = String(at(answer, 'privacy.auditId'));
    const receipt = await receiptOf(served.assembled.source, id);
    expect(receipt.status === 'SEALED' && checkReceipt(receipt.receipt, auditPublicKeys(join(folder, 'keys')))).toMatchObject({ holds: true, checkpoint: 1 });
    expect(existsSync(join(folder, 'checkpoints'))).toBe(true);
    await withoutTriggers(served.assembled.source, () => served.assembled.source.query('UPDATE audit_event SET subject = ? WHERE id = ?', ['another', id]));
    expect(at(await served.ask(officer, '{ auditIntegrity { intact brokenAt } }'), 'data.auditIntegrity')).toEqual({ intact: false, brokenAt: id });
  });
});
