import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { canonicalForm } from '../../src/audit/chain';
import { createLedger } from '../../src/audit/ledger';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { testDatabases, type TestDatabase } from '../support/databases';
import { entry, openMigrated, withoutTriggers } from './entries';

test('the canonical form is that of RFC 8785', () => {
  const { default: canonicalize } = jest.requireActual<{ default: (value: unknown) => string }>('../../node_modules/canonicalize/lib/canonicalize.js');
  const flat = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^\d+$|^__proto__$/.test(name)), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null)));
  fc.assert(fc.property(flat, (record) => { expect(canonicalForm(record)).toBe(canonicalize(record)); }));
});

describe.each(testDatabases())('tampering is found on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let ids: string[];
  beforeEach(async () => {
    database = await create();
    source = await openMigrated(database);
    const ledger = createLedger(source, { chainId: 'a' });
    ids = [];
    for (let place = 0; place < 6; place += 1) ids.push(await ledger.record(entry({ subject: `sub-${place}` })));
    await createLedger(source, { chainId: 'b' }).record(entry());
  });
  afterEach(async () => { await source.destroy(); await database.drop(); });

  const ALL = ['subject', 'role', 'organization', 'purpose', 'clause', 'operation', 'coordinates', 'members', 'notice_version', 'outcome', 'reason', 'grant_id', 'request_id', 'token_id', 'at', 'kind', 'hash', 'prev_hash'];
  test('in every column, and located', async () => {
    await withoutTriggers(source, async () => {
      for (const column of [...ALL, 'labels', 'flagged']) {
        const number = ['labels', 'flagged'].includes(column);
        const [before] = await source.query(`SELECT \`${column}\` AS kept FROM audit_event WHERE id = ?`, [ids[2]]) as { kept: unknown }[];
        await source.query(`UPDATE audit_event SET \`${column}\` = ? WHERE id = ?`, [number ? 7 : column === 'members' ? '["bert"]' : 'changed', ids[2]]);
        expect([column, await verifyLedger(source)]).toMatchObject([column, { intact: false, brokenAt: ids[2], events: 7 }]);
        await source.query(`UPDATE audit_event SET \`${column}\` = ? WHERE id = ?`, [before?.kept, ids[2]]);
      }
    });
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 7 });
  });
  test.each([
    ['a record taken out', () => [`DELETE FROM audit_event WHERE id = '${ids[2]}'`], () => ids[3]],
    ['the first record taken out', () => [`DELETE FROM audit_event WHERE id = '${ids[0]}'`], () => ids[1]],
    ['two records exchanged', () => [`UPDATE audit_event SET seq = 99 WHERE id = '${ids[2]}'`, `UPDATE audit_event SET seq = 3 WHERE id = '${ids[3]}'`, `UPDATE audit_event SET seq = 4 WHERE id = '${ids[2]}'`], () => ids[3]],
    ['the index by member emptied', () => [`DELETE FROM audit_member WHERE event_id = '${ids[4]}'`], () => ids[4]],
    ['a member added to the index', () => [`INSERT INTO audit_member (member_id, event_id) VALUES ('bert', '${ids[1]}')`], () => ids[1]],
  ])('%s', async (_, statements, broken) => {
    await withoutTriggers(source, async () => { for (const each of statements()) await source.query(each); });
    expect(await verifyLedger(source)).toMatchObject({ intact: false, brokenAt: broken() });
  });
  test('the head changes with every record', async () => {
    const before = await verifyLedger(source);
    await createLedger(source, { chainId: 'b' }).record(entry());
    const after = await verifyLedger(source);
    expect(after).toMatchObject({ intact: true, events: 8 });
    expect(after.head).not.toBe(before.head);
  });
});
