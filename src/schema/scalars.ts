import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DATE, INSTANT } from '../vocabulary/instants';

/** RFC 3339, section 5.6: a full date and time with its offset. Leap seconds are refused, as the stored form has none. */
const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A GraphQLError, which graphql-js passes on as it is: any other error would have the bad value added to its message. */
const badInput = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

const isDay = (text: string): boolean => DATE.test(text) && new Date(`${text}T00:00:00.000Z`).toJSON()?.slice(0, 10) === text;

/** A day that exists, `YYYY-MM-DD`; null otherwise. */
export const parseDate = (text: unknown): string | null => (typeof text === 'string' && isDay(text) ? text : null);

/** An RFC 3339 instant of any offset as `YYYY-MM-DDTHH:mm:ss.sssZ` (finer fractions are cut); null otherwise. */
export function parseDateTime(text: unknown): string | null {
  const day = typeof text === 'string' ? RFC3339.exec(text)?.[1] : undefined;
  if (typeof text !== 'string' || !day || !isDay(day)) return null;
  const instant = new Date(text.toUpperCase()).toJSON();
  return instant !== null && INSTANT.test(instant) ? instant : null;
}

function textScalar(name: string, description: string, specifiedByURL: string, expects: string, parse: (text: unknown) => string | null, stored: RegExp) {
  const parseValue = (value: unknown): string => {
    const text = parse(value);
    if (text === null) throw badInput(`${name} expects ${expects}`);
    return text;
  };
  return new GraphQLScalarType<string, string>({
    name, description, specifiedByURL, parseValue,
    parseLiteral: (node: ValueNode) => parseValue(node.kind === Kind.STRING ? node.value : undefined),
    // Values are stored in the form that they are answered in; anything else is our own mistake, told without the value.
    serialize(value) {
      if (typeof value !== 'string' || !stored.test(value)) throw new GraphQLError(`A ${name} is not in its stored form`);
      return value;
    },
  });
}

export const DateScalar = textScalar('Date', 'A calendar day, `YYYY-MM-DD`.', 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  'a calendar day as YYYY-MM-DD', parseDate, DATE);

export const DateTime = textScalar('DateTime', 'An instant: answered in UTC with milliseconds, taken in any RFC 3339 offset.',
  'https://www.rfc-editor.org/rfc/rfc3339#section-5.6', 'an RFC 3339 date and time with its offset', parseDateTime, INSTANT);
