import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { Notices } from '../../../src/permissions/notice';
import { createAccess, NO_FACTS } from '../../../src/query/plan/access';
import { coordinateDecision } from '../../../src/query/plan/verdicts';
import { caller } from './facts';

const CLAUSES = clausesOf(JURISDICTIONS);

/** Notice: "Changes to this Notice". What two versions open and close is tested in test/policy/notice-versions.test.ts. */
describe('notice-changes', () => {
  const root = mkdtempSync(join(tmpdir(), 'notice-changes-'));
  const write = (version: string, notice: object, policy?: object): void => {
    mkdirSync(join(root, version), { recursive: true });
    writeFileSync(join(root, version, 'notice.json'), JSON.stringify({ version, title: 'A Notice', ...notice }));
    writeFileSync(join(root, version, 'notice.txt'), `Text of ${version}`);
    if (policy) writeFileSync(join(root, version, 'policy.json'), JSON.stringify(policy));
  };
  afterAll(() => rmSync(root, { recursive: true }));
  write('first', { effectiveDate: '2024-01-01' });
  write('second', { effectiveDate: '2025-01-01', changedClauses: ['health-information-exchange'] }, { closes: [{ clause: 'health-information-exchange', purposes: ['HPAYMT'] }] });
  const notices = Notices.load(root, CLAUSES);
  /** Whether an exchange participant can ever see a claim for payment. */
  const opensClaims = (instant: string): boolean =>
    coordinateDecision(createAccess(notices.at(instant).clauses, { ...caller('HIE_PARTICIPANT', 'HPAYMT'), organization: 'org-hie' }, { ...NO_FACTS }), 'Claim.status')?.effect !== 'DENY';

  test('opens and forbids nothing by itself', () => {
    const found = CLAUSES.find((each) => each.id === 'notice-changes');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('the version in effect at the instant decides, to the first and the last moment of its time', () => {
    expect([notices.at('2024-12-31T23:59:59.999Z').version, notices.at('2025-01-01T00:00:00.000Z').version]).toEqual(['first', 'second']);
    expect([opensClaims('2024-12-31T23:59:59.999Z'), opensClaims('2025-01-01T00:00:00.000Z')]).toEqual([true, false]);
  });
  test('both stay readable, with the clauses that they name as changed', () => {
    expect(notices.versions.map((each) => [each.version, each.text, each.changedClauses])).toEqual([['first', 'Text of first', []], ['second', 'Text of second', ['health-information-exchange']]]);
  });
  test('what a version changes and does not name is refused before anything is served', () => {
    write('silent', { effectiveDate: '2026-01-01', changedClauses: [] });
    expect(() => Notices.load(root, CLAUSES)).toThrow('silent: changedClauses: does not name health-information-exchange');
    rmSync(join(root, 'silent'), { recursive: true });
  });
  test('a version can open nothing: there is no way to write it', () => {
    write('wide', { effectiveDate: '2026-01-01', changedClauses: ['payment'] }, { opens: [{ clause: 'payment' }] });
    expect(() => Notices.load(root, CLAUSES)).toThrow('wide/policy.json');
    rmSync(join(root, 'wide'), { recursive: true });
  });
});
