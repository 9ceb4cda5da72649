import type { DataSource } from 'typeorm';
import { createLedger, type Ledger } from '../../src/audit/ledger';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { encounter } from '../../src/entities/tables/records';
import { recordAuthorization } from '../../src/privacy-office/authorizations';
import { optOutOfExchange } from '../../src/privacy-office/exchange';
import type { Caller } from '../../src/identity/caller';
import type { Office } from '../../src/privacy-office/office';
import { requestRestriction } from '../../src/privacy-office/restrictions';
import { entry } from '../audit/entries';
import { testDatabases } from '../support/databases';
import { CONFIRMED, NOW, anna, openOffice, type TestOffice } from './office';

const auditWrites = (ledger: Ledger, caller: Caller): NonNullable<Office['audit']> => (manager, done) => ledger.recordIn(manager, entry({
  at: caller.at, kind: 'WRITE', subject: caller.subject, role: caller.role, purpose: caller.purpose, clause: done.clause, operation: done.mutation, members: done.memberIds, outcome: done.outcome,
}));

const TABLES = ['restriction', 'restriction_scope', 'authorization', 'authorization_scope', 'hie_opt_out', 'privacy_request', 'audit_event', 'audit_member'];
const CALLS: [string, (office: Office) => Promise<unknown>][] = [
  ['requestRestriction', (office) => requestRestriction(office, anna, { memberId: 'anna', input: { kind: 'PAID_IN_FULL', encounterId: 'e1' }, authenticity: CONFIRMED })],
  ['recordAuthorization', (office) => recordAuthorization(office, anna, { memberId: 'anna', input: { classes: ['HIV'], purposes: ['TREAT'], recipients: [{ role: 'NURSE' }], signedAt: NOW, signedBy: 'Anna' } })],
  ['optOutOfExchange', (office) => optOutOfExchange(office, anna, { memberId: 'anna', authenticity: CONFIRMED })],
];

describe.each(testDatabases())('a fault at any statement, on $name', ({ create }) => {
  let base: TestOffice;
  let ledger: Ledger;
  let office: Office;
  beforeEach(async () => {
    base = await openOffice(await create());
    await base.put(encounter, { member_id: 'anna', id: 'e1' });
    ledger = createLedger(base.source);
    office = { ...base, audit: auditWrites(ledger, anna) };
  });
  afterEach(async () => { jest.restoreAllMocks(); await ledger.close(); await base.close(); });

  const counts = async (): Promise<number[]> => Promise.all(TABLES.map(async (name) => Number((await base.source.query(`SELECT COUNT(*) AS n FROM \`${name}\``) as { n: unknown }[])[0]?.n)));
  /** The n-th statement of each transaction fails, COMMIT and all. */
  function failAt(source: DataSource, place: number): { reached: () => boolean } {
    let seen = 0;
    const make = source.createQueryRunner.bind(source);
    jest.spyOn(source, 'createQueryRunner').mockImplementation((mode) => {
      const runner = make(mode);
      const real = runner.query.bind(runner);
      jest.spyOn(runner, 'query').mockImplementation((async (...given: Parameters<typeof runner.query>) => {
        seen += given[0] === 'ROLLBACK' ? 0 : 1;
        if (seen === place && given[0] !== 'ROLLBACK') throw Object.assign(new Error('fault'), { code: 'ECONNRESET' });
        return real(...given);
      }) as typeof runner.query);
      return runner;
    });
    return { reached: () => seen >= place };
  }

  test.each(CALLS)('%s is done with its audit record, or not at all', async (_, call) => {
    const before = await counts();
    let place = 1;
    for (; ; place += 1) {
      const fault = failAt(base.source, place);
      const settled = await call(office).then(() => 'DONE', (error: { code?: string }) => error.code);
      jest.restoreAllMocks();
      if (!fault.reached()) { expect(settled).toBe('DONE'); break; }
      expect([place, settled, await counts()]).toEqual([place, 'DATABASE_UNAVAILABLE', before]);
    }
    expect(place).toBeGreaterThan(8);
    expect(await base.source.query('SELECT operation, outcome, subject FROM audit_event')).toHaveLength(1);
    expect(await verifyLedger(base.source)).toMatchObject({ intact: true, events: 1 });
  });

  test('forty changes at once: each with its record, the chain whole', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, place) => recordAuthorization(office, anna, {
      memberId: 'anna', input: { classes: [], purposes: ['HRESCH'], recipients: [{ subject: `s${place}` }], signedAt: NOW, signedBy: 'Anna' },
    })));
    expect(await verifyLedger(base.source)).toMatchObject({ intact: true, events: 40 });
  });
});
