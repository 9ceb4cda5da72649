import type { Answer } from '../../e2e/support/gateway';
import type { Asking } from './asking';
import type { Names } from './names';
import type { Step } from './story';

/** What came of a step that is not what the story says of it; in words that name the story, the step and who asked. */
export class NotAsTold extends Error {}

const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...(value as unknown[])].sort() : value);
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, ordered(each)]));
}
const same = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

/** True where everything that is expected is there; what else is there does not matter, but a list is as long as it is told. A text `/…/` is a pattern. */
function holds(found: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && /^\/.+\/$/s.test(expected)) return new RegExp(expected.slice(1, -1), 's').test(String(found));
  if (Array.isArray(expected)) return Array.isArray(found) && found.length === expected.length && expected.every((each, place) => holds(found[place], each));
  if (expected !== null && typeof expected === 'object') return Object.entries(expected).every(([key, each]) => holds((found as Record<string, unknown> | null)?.[key] ?? null, each));
  return same(found, expected);
}

const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');
const list = (all: readonly string[]): string => (all.length === 0 ? 'nothing' : all.join(', '));
/** The difference of two lists of names in words: "sees 2 (aspirin, heparin), expected 1 (aspirin)". */
function words(found: unknown, told: unknown): string {
  if (isNames(found) && isNames(told)) return `${found.length} (${list(found)}), expected ${told.length} (${list(told)})`;
  return `${JSON.stringify(found)}, expected ${JSON.stringify(told)}`;
}

/**
 * Holds what a step came to against what the story says of it. What is seen is all that is seen: a line of what is withheld, and an
 * obligation, that the story does not tell is as false as a record that it does not tell.
 * @throws NotAsTold
 */
export function judge(step: Step, asking: Asking, answer: Answer, names: Names, where: string): void {
  const fail = (what: string, found: unknown, told: unknown): never => { throw new NotAsTold(`${where}: ${step.who} ${what} ${words(found, told)}\n  asked: ${asking.query}`); };
  const code = answer.errors[0]?.extensions['code'] ?? null;
  if (step['refused with'] !== undefined) {
    if (code !== step['refused with']) fail('is refused with', code ?? 'nothing', step['refused with']);
    const missing = answer.errors[0]?.extensions['missing'] ?? [];
    if (step.missing !== undefined && !same(sorted(step.missing), sorted(missing))) fail('misses', missing, step.missing);
    return;
  }
  if (code !== null) fail('is refused with', `${String(code)}: ${answer.errors[0]?.message ?? ''}`, step.sees ?? step.answers ?? 'no refusal');
  const found = asking.read(answer.data);
  if (step.sees !== undefined && !same(sorted(found), sorted(step.sees))) fail('sees', found, step.sees);
  if (step.answers !== undefined && !holds(names.toNames(found), step.answers)) fail('is answered', names.toNames(found), step.answers);
  const isExact = step.sees !== undefined;
  const withheld = Object.fromEntries(answer.privacy.withheld.map((each) => [each.coordinate, each.reason]));
  if ((isExact || step.withheld !== undefined) && !same(step.withheld ?? {}, withheld)) fail('is told that there is withheld', withheld, step.withheld ?? {});
  const obligations = answer.privacy.obligations.map((each) => each.code);
  if ((isExact || step.obligations !== undefined) && !same(sorted(step.obligations ?? []), sorted(obligations))) fail('has the obligations', obligations, step.obligations ?? []);
}
