import { daysAfter, monthsBefore, yearsAfter, yearsBefore } from '../../src/vocabulary/instants';

/** Who was born on or before the date has the age: nobody comes of age a day early. */
test.each([
  ['an ordinary day', '2026-11-24T08:00:00.000Z', '2008-11-24'],
  ['29 February, where the year before has none', '2028-02-29T00:00:00.000Z', '2010-02-28'],
  ['1 March after a leap day', '2028-03-01T00:00:00.000Z', '2010-03-01'],
  ['28 February, before the birthday of one born on the 29th', '2026-02-28T23:59:59.999Z', '2008-02-28'],
])('eighteen years before %s', (_, instant, date) => { expect(yearsBefore(instant, 18)).toBe(date); });

test.each([
  ['an ordinary day', '2026-11-24T08:00:00.000Z', '2024-11-24T08:00:00.000Z'],
  ['a leap day', '2028-02-29T12:00:00.000Z', '2026-02-28T12:00:00.000Z'],
])('twenty-four months before %s', (_, instant, earlier) => { expect(monthsBefore(instant, 24)).toBe(earlier); });

test('a year after the 29th of February is the 28th, and after an ordinary day the same day', () => {
  expect([yearsAfter('2028-02-29', 1), yearsAfter('2026-11-24', 1)]).toEqual(['2029-02-28', '2027-11-24']);
});
test('sixty days after an instant keep its time of day, over months and leap days', () => { expect(daysAfter('2028-01-15T08:30:00.000Z', 60)).toBe('2028-03-15T08:30:00.000Z'); });
