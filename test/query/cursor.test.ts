import { createHash } from 'node:crypto';
import { Cursors, type Binding, type Place } from '../../src/query/cursor';

const KEY = createHash('sha256').update('a key of thirty-two bytes').digest();
const AT = '2026-03-15T12:00:00.000Z';
const later = (minutes: number, milliseconds = 0): string => new Date(Date.parse(AT) + minutes * 60_000 + milliseconds).toISOString();
const BINDING: Binding = {
  subject: 'sub', role: 'NURSE', organization: 'company', purpose: 'TREAT', coordinate: 'Query.members', filter: { family: { eq: 'Doe' } }, order: { field: 'FAMILY_NAME', direction: 'ASC' }, noticeVersion: '2025-07-16',
};
const PLACE: Place = { id: 'member-1', value: 'Doe' };
const cursors = new Cursors(KEY);
const refusal = (open: () => unknown): { code?: string; message?: string } => { try { open(); return {}; } catch (error) { return error as { code: string; message: string }; } };

describe('a cursor opens', () => {
  test.each<[string, Place]>([
    ['a member\'s id', { id: 'm' }], ['an order\'s value', PLACE], ['a hidden value', { id: 'm', value: null }], ['a record under its member', { id: 'r', member: 'm' }], ['letters of any script', { id: 'é-漢-🙂', value: '"quoted"' }],
  ])('with %s, as it was sealed', (_, place) => { expect(cursors.open(cursors.seal(place, BINDING, AT), BINDING, AT)).toEqual(place); });
  test('on another node with the same key', () => { expect(new Cursors(Buffer.from(KEY)).open(cursors.seal(PLACE, BINDING, AT), BINDING, AT)).toEqual(PLACE); });
  test('until the last instant of its hour', () => { expect(cursors.open(cursors.seal(PLACE, BINDING, AT), BINDING, later(60))).toEqual(PLACE); });
  test('where the clock of another node is a little behind', () => { expect(cursors.open(cursors.seal(PLACE, BINDING, AT), BINDING, later(-1))).toEqual(PLACE); });
});

describe('a cursor tells nothing', () => {
  test('no id and no value can be read from it, in any encoding', () => {
    const sealed = cursors.seal({ id: 'member-1', value: 'Doe' }, BINDING, AT);
    for (const encoding of ['base64url', 'base64', 'hex', 'utf8'] as const) {
      const bytes = Buffer.from(sealed, encoding).toString('latin1');
      for (const each of ['member-1', 'Doe', 'sub', 'NURSE', 'TREAT']) expect(bytes).not.toContain(each);
    }
    expect(sealed).toMatch(/^[\w-]+$/);
  });
  test('two of the same place differ', () => { expect(cursors.seal(PLACE, BINDING, AT)).not.toBe(cursors.seal(PLACE, BINDING, AT)); });
});

describe('a cursor is good nowhere else', () => {
  test.each<[string, Partial<Binding>]>([
    ['another subject', { subject: 'other' }], ['another role', { role: 'PHARMACIST' }], ['another organization', { organization: null }], ['another purpose', { purpose: 'ETREAT' }],
    ['another connection', { coordinate: 'Query.claims' }], ['another filter', { filter: { family: { eq: 'Roe' } } }], ['no filter', { filter: null }], ['another order', { order: null }], ['another Notice', { noticeVersion: '2027-01-01' }],
  ])('%s', (_, given) => {
    const { code, message } = refusal(() => cursors.open(cursors.seal(PLACE, BINDING, AT), { ...BINDING, ...given }, AT));
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toMatch(/^after: /);
  });
  test('the next millisecond after its hour', () => { expect(refusal(() => cursors.open(cursors.seal(PLACE, BINDING, AT), BINDING, later(60, 1))).code).toBe('BAD_USER_INPUT'); });
  test('from the future', () => { expect(refusal(() => cursors.open(cursors.seal(PLACE, BINDING, later(61)), BINDING, AT)).code).toBe('BAD_USER_INPUT'); });
  test('under another key', () => { expect(refusal(() => new Cursors(Buffer.alloc(32, 1)).open(cursors.seal(PLACE, BINDING, AT), BINDING, AT)).code).toBe('BAD_USER_INPUT'); });
  test('with any one bit changed', () => {
    const bytes = Buffer.from(cursors.seal(PLACE, BINDING, AT), 'base64url');
    const opened = Array.from(bytes, (byte, place) => { const changed = Buffer.from(bytes); changed[place] = byte ^ 1; return refusal(() => cursors.open(changed.toString('base64url'), BINDING, AT)).code; });
    expect(new Set(opened)).toEqual(new Set(['BAD_USER_INPUT']));
  });
  test.each(['', 'x', 'bWVtYmVyLTE=', '{"id":"m"}', 'A'.repeat(40), 'A'.repeat(10_000), '\u0000', '../../etc'])('nor what was never sealed: %j', (cursor) => {
    expect(refusal(() => cursors.open(cursor, BINDING, AT)).code).toBe('BAD_USER_INPUT');
  });
  test('every refusal says the same, and repeats nothing of the cursor', () => {
    const sealed = cursors.seal(PLACE, BINDING, AT);
    const messages = [refusal(() => cursors.open(sealed, BINDING, later(90))), refusal(() => cursors.open('x', BINDING, AT)), refusal(() => cursors.open(sealed, { ...BINDING, subject: 'other' }, AT))].map((each) => each.message);
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).not.toContain(sealed);
  });
});
