import { GatewayError } from '../vocabulary/errors';
import type { Recipient } from '../vocabulary/recipients';

/** Checks of arguments. Messages name the argument's path and what it must be, never the value. */
export const badInput = (path: string, what: string): GatewayError => new GatewayError('BAD_USER_INPUT', `${path}: ${what}.`);
export const conflict = (what: string): GatewayError => new GatewayError('CONFLICT', `${what}.`);

/** Longest texts: a stored line, an id, and prose. */
export const LONGEST = { line: 255, id: 128, prose: 10_000 } as const;

/** The text, trimmed; it must say something. */
export function requireText(value: string, path: string, longest: number = LONGEST.prose): string {
  const text = value.trim();
  if (text === '') throw badInput(path, 'may not be empty');
  if (text.length > longest) throw badInput(path, `may have ${longest} characters at most`);
  return text;
}
export const optionalText = (value: string | null | undefined, path: string, longest: number = LONGEST.prose): string | null =>
  (value === null || value === undefined ? null : requireText(value, path, longest));

export function requireSome<T>(all: readonly T[], path: string): readonly T[] {
  if (all.length === 0) throw badInput(path, 'may not be empty');
  return [...new Set(all)];
}

/** Recipients in their stored shape: exactly one of role, organizationId and subject each. */
export function recipientsOf(inputs: readonly Recipient[], path: string): Recipient[] {
  return inputs.map((input, place) => {
    const given = (['role', 'organizationId', 'subject'] as const).filter((name) => input[name] !== undefined && input[name] !== null && input[name] !== '');
    const [only] = given;
    if (!only || given.length > 1) throw badInput(`${path}[${place}]`, 'must have exactly one of role, organizationId and subject');
    if (String(input[only]).length > LONGEST.id) throw badInput(`${path}[${place}].${only}`, `may have ${LONGEST.id} characters at most`);
    return { [only]: input[only] };
  });
}

export function requirePeriod(start: string, end: string | null, path: string): void {
  if (end !== null && end <= start) throw badInput(path, 'must be after the start');
}
export function requirePast(instant: string, now: string, path: string): void {
  if (instant > now) throw badInput(path, 'may not be in the future');
}
