import { fc, test as property } from '@fast-check/jest';
import { GraphQLError, parseValue } from 'graphql';
import { DateScalar, DateTime, parseDate, parseDateTime } from '../../src/schema/scalars';

describe('Date', () => {
  it.each(['2024-02-29', '2025-12-31', '0001-01-01', '9999-12-31'])('takes %s', (day) => expect(DateScalar.parseValue(day)).toBe(day));
  it.each(['2025-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '20250101', ' 2025-01-01', '2025-01-01\n', '2025-01-01T00:00:00Z', '', '-001-01-01'])(
    'refuses %j', (day) => expect(parseDate(day)).toBeNull());
  it.each([20250101, null, true, {}, ['2025-01-01'], new Date(0)])('refuses %p', (value) => expect(parseDate(value)).toBeNull());
});

describe('DateTime', () => {
  it.each([
    ['2025-03-09T12:00:00Z', '2025-03-09T12:00:00.000Z'],
    ['2025-03-09t12:00:00z', '2025-03-09T12:00:00.000Z'],
    ['2025-03-09T01:30:00+02:00', '2025-03-08T23:30:00.000Z'],
    ['2025-12-31T23:59:59.999999-08:00', '2026-01-01T07:59:59.999Z'],
    ['2025-03-09T12:00:00.5Z', '2025-03-09T12:00:00.500Z'],
    ['2025-03-09T12:00:00-00:00', '2025-03-09T12:00:00.000Z'],
  ])('%s is %s', (given, stored) => expect(DateTime.parseValue(given)).toBe(stored));
  it.each([
    '2025-02-30T00:00:00Z', '2025-03-09T24:00:00Z', '2025-03-09T12:60:00Z', '2025-03-09T12:00:60Z', '2025-03-09 12:00:00Z', '2025-03-09T12:00:00',
    '2025-03-09', '2025-03-09T12:00Z', '2025-03-09T12:00:00+24:00', '2025-03-09T12:00:00+0200', '2025-03-09T12:00:00.Z', '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00', '2025-03-09T12:00:00Z ',
  ])('refuses %s', (given) => expect(parseDateTime(given)).toBeNull());
  property.prop([fc.date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }), fc.integer({ min: -839, max: 839 })])(
    'an instant is the same from whatever offset', (at, minutes) => {
      const local = new Date(at.getTime() + minutes * 60_000).toJSON().slice(0, -1);
      const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
      expect(parseDateTime(local + offset)).toBe(at.toJSON());
    });
});

describe('a bad value', () => {
  const secret = '1999-99-9X';
  const errorOf = (run: () => unknown): unknown => { try { return run(); } catch (thrown) { return thrown; } };
  it.each([DateScalar, DateTime])('is not echoed by %s, as variable, literal or answer', (scalar) => {
    for (const run of [() => scalar.parseValue(secret), () => scalar.parseLiteral(parseValue(`"${secret}"`)), () => scalar.serialize(secret)]) {
      const thrown = errorOf(run);
      expect(thrown).toBeInstanceOf(GraphQLError);
      expect(String(thrown)).not.toContain(secret);
    }
  });
  it('is BAD_USER_INPUT for the caller', () => expect(errorOf(() => DateTime.parseValue(secret))).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } }));
  it.each(['1', '1.5', 'true', 'ENUM', '[ "2025-01-01" ]', '{ a: 1 }', 'null'])('of another kind is refused: %s', (literal) => {
    expect(() => DateScalar.parseLiteral(parseValue(literal))).toThrow(GraphQLError);
  });
});
