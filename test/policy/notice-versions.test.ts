/** Versions of the Notice: what a data file can narrow, what it may not, which one decides, and what differs between two. */
import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tagsOf } from '../../src/directives/tags';
import { clausesOf } from '../../src/permissions/clauses';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { Notices } from '../../src/permissions/notice';
import { diff, type DiffCell } from '../../src/policy/diff';
import { bestAccess } from '../../src/policy/matrix';
import { replay } from '../../src/policy/replay';
import { NO_FACTS } from '../../src/query/plan/access';
import { coordinateDecision } from '../../src/query/plan/verdicts';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';

const CLAUSES = clausesOf(JURISDICTIONS);
const TAGS = tagsOf(buildGatewaySchema(SERVED_RESOLVERS));
const folders: string[] = [];
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true })));

type Version = { readonly effectiveDate: string; readonly changedClauses?: readonly string[]; readonly policy?: unknown };
/** NOTICES_DIR with these versions, as an operator lays it out. */
function folderOf(versions: Readonly<Record<string, Version>>): string {
  const root = mkdtempSync(join(tmpdir(), 'notices-'));
  folders.push(root);
  for (const [version, { policy, ...rest }] of Object.entries(versions)) {
    mkdirSync(join(root, version));
    writeFileSync(join(root, version, 'notice.json'), JSON.stringify({ version, title: `Notice ${version}`, ...rest }));
    writeFileSync(join(root, version, 'notice.txt'), `The text of ${version}`);
    if (policy !== undefined) writeFileSync(join(root, version, 'policy.json'), JSON.stringify(policy));
  }
  return root;
}
const load = (versions: Readonly<Record<string, Version>>): Notices => Notices.load(folderOf(versions), CLAUSES);
const NO_CONTACT = { withholds: [{ clause: 'payment', roles: ['WORKFORCE'], purposes: ['HPAYMT'], categories: ['CONTACT'] }] };
const told = (cells: readonly DiffCell[]): string[] => [...new Set(cells.map(({ kind, before }) => `${kind} ${before.role} ${before.purpose} ${before.coordinate}`))];

describe('two versions that differ', () => {
  const notices = load({
    old: { effectiveDate: '2020-01-01', policy: NO_CONTACT },
    new: { effectiveDate: '2026-01-01', changedClauses: ['payment', 'health-information-exchange'], policy: { closes: [{ clause: 'health-information-exchange', purposes: ['HPAYMT', 'HOPERAT'] }] } },
  });
  const [old, young] = [notices.named('old'), notices.named('new')];

  test('the version in effect at the instant decides, from the start of its day', () => {
    expect(notices.at('2025-12-31T23:59:59.999Z').version).toBe('old');
    expect(notices.at('2026-01-01T00:00:00.000Z').version).toBe('new');
    expect(() => notices.at('2019-12-31T23:59:59.999Z')).toThrow('no Notice was in effect');
    expect(() => notices.named('other')).toThrow('there are old, new');
  });
  test('what a version withholds is denied with its reason, for the codes that inherit as well', () => {
    for (const purpose of ['HPAYMT', 'CLMATTCH'] as const) {
      expect(coordinateDecision(bestAccess(old.clauses, 'WORKFORCE', purpose), 'Contact.emails')).toMatchObject({ effect: 'DENY', reason: 'MINIMUM_NECESSARY' });
      expect(coordinateDecision(bestAccess(young.clauses, 'WORKFORCE', purpose), 'Contact.emails')?.effect).toBe('CONDITIONAL');
    }
    expect(coordinateDecision(bestAccess(old.clauses, 'WORKFORCE', 'HPAYMT'), 'Member.name')?.effect).toBe('CONDITIONAL');
  });
  test('what a version closes is no use of the role any more', () => {
    expect(coordinateDecision(bestAccess(young.clauses, 'HIE_PARTICIPANT', 'HOPERAT'), 'Condition.code')).toMatchObject({ effect: 'DENY', reason: 'PURPOSE_NOT_PERMITTED' });
    expect(coordinateDecision(bestAccess(young.clauses, 'HIE_PARTICIPANT', 'TREAT'), 'Condition.code')?.effect).toBe('CONDITIONAL');
  });
  test('the difference lists every cell that opens and closes, and no other', async () => {
    const cells = await diff(old, young, TAGS);
    expect(cells.filter((each) => each.kind === 'OPENS').every(({ before }) => before.role === 'WORKFORCE' && /^(Member\.contact|Contact\.|Address\.)/.test(before.coordinate))).toBe(true);
    expect(cells.filter((each) => each.kind === 'CLOSES').every(({ before }) => before.role === 'HIE_PARTICIPANT')).toBe(true);
    expect(told(cells)).toEqual(expect.arrayContaining(['OPENS WORKFORCE HPAYMT Contact.emails', 'OPENS WORKFORCE REMITADV Member.contact', 'CLOSES HIE_PARTICIPANT HPAYMT Claim.billedAmount', 'CLOSES HIE_PARTICIPANT CAREMGT Condition.code']));
    expect(cells.filter((each) => each.kind === 'CHANGES')).toEqual([]);
    const back = await diff(young, old, TAGS);
    expect(back.filter((each) => each.kind === 'OPENS').length).toBe(cells.filter((each) => each.kind === 'CLOSES').length);
    expect(await diff(old, old, TAGS)).toEqual([]);
  });
  test('a past decision is decided again at its own version', async () => {
    const past = { at: '2024-05-05T00:00:00.000Z', subject: 'clerk', role: 'WORKFORCE', organization: 'company', purpose: 'HPAYMT', coordinates: ['Member.name', 'Contact.emails', 'Query.members'], noticeVersion: 'old', outcome: 'PERMIT' };
    const facts = async () => NO_FACTS;
    const replayed = await replay(notices, TAGS, facts, past);
    expect(replayed).toMatchObject({ noticeVersion: 'old', inEffect: 'old', cells: [{ coordinate: 'Member.name', effect: 'CONDITIONAL', clause: 'payment' }, { coordinate: 'Contact.emails', effect: 'DENY', reason: 'MINIMUM_NECESSARY' }] });
    expect((await replay(notices, TAGS, facts, { ...past, noticeVersion: 'new' })).cells[1]).toMatchObject({ effect: 'CONDITIONAL' });
    await expect(replay(notices, TAGS, facts, { ...past, noticeVersion: 'lost' })).rejects.toThrow('there is none of this name');
  });
});

describe('what is refused when versions are read', () => {
  test.each<[string, Readonly<Record<string, Version>>, string]>([
    ['a change that the version does not name', { a: { effectiveDate: '2020-01-01' }, b: { effectiveDate: '2021-01-01', policy: NO_CONTACT } }, 'b: changedClauses: does not name payment'],
    ['a clause that nobody knows', { a: { effectiveDate: '2020-01-01', changedClauses: ['treatmnt'] } }, 'changedClauses'],
    ['a misspelt key', { a: { effectiveDate: '2020-01-01', policy: { withold: [] } } }, 'a/policy.json'],
    ['an empty list, which would narrow nothing', { a: { effectiveDate: '2020-01-01', policy: { withholds: [{ clause: 'payment', roles: [], purposes: ['HPAYMT'], categories: ['CONTACT'] }] } } }, 'withholds.0.roles'],
    ['a purpose that its parent would open again', { a: { effectiveDate: '2020-01-01', policy: { closes: [{ clause: 'payment', purposes: ['CLMATTCH'] }] } } }, 'CLMATTCH inherits'],
    ['two versions of one day', { a: { effectiveDate: '2020-01-01' }, b: { effectiveDate: '2020-01-01' } }, 'effectiveDate: is that of another version'],
  ])('%s', (_, versions, message) => { expect(() => load(versions)).toThrow(message); });

  test('a file that is no JSON', () => {
    const root = folderOf({ a: { effectiveDate: '2020-01-01' } });
    writeFileSync(join(root, 'a', 'policy.json'), '{');
    expect(() => Notices.load(root, CLAUSES)).toThrow('NOTICES_DIR: a/policy.json: is not JSON');
  });
});
