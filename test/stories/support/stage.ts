import type { GraphQLSchema } from 'graphql';
import { organization } from '../../../src/entities/tables/directory';
import { insertRows } from '../../../src/entities/rows';
import { headersOf, readAnswer, serve, type Answer, type Asker, type Served } from '../../e2e/support/gateway';
import { rowOf } from '../../privacy-office/office';
import type { TestDatabase } from '../../support/databases';
import { asked, done, queried } from './asking';
import { Names, spanOf } from './names';
import type { Step, Story } from './story';
import { tell } from './world';

/** What came of a step that is not what the story says of it; in words that name the story, the step and who asked. */
export class NotAsTold extends Error {}

const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...(value as unknown[])].sort() : value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, ordered(each)]));
}
/** True where everything that is expected is there; what else is there does not matter. A text `/…/` is a pattern. */
function holds(found: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && /^\/.+\/$/s.test(expected)) return new RegExp(expected.slice(1, -1), 's').test(String(found));
  if (expected !== null && typeof expected === 'object' && !Array.isArray(expected)) return Object.entries(expected).every(([key, each]) => holds((found as Record<string, unknown> | null)?.[key] ?? null, each));
  return same(found, expected);
}

/** One gateway, over HTTP, to which stories are told one after the other; each has its own clock, and ids of its own. */
export async function openStage(database: TestDatabase, schema: GraphQLSchema) {
  const served: Served = await serve(database);
  await insertRows(served.assembled.source.manager, organization, [rowOf(organization, { id: 'company', name: 'Company', kind: 'COVERED_ENTITY', updated_at: new Date().toISOString() })]);
  const now = (): Date => new Date(Date.now() + served.clock.ahead);

  function askerOf(story: Story, names: Names, step: Step): Asker {
    const person = story.people[step.who];
    if (!person) throw new Error(`${story.file}: ${step.who}: is none of the people`);
    const { purpose } = step;
    return {
      role: person.role, purposes: person.for, subject: names.id(step.who), practitioner: names.id(step.who), ...(purpose === undefined ? {} : { header: purpose === 'none' ? null : purpose }),
      ...(person.of === undefined ? {} : { organization: names.id(person.of) }), ...(person.is === undefined ? {} : { member: names.id(person.is) }), ...(step.reason === undefined ? {} : { reason: step.reason }),
    };
  }

  async function send(asker: Asker, grant: string | null, by: Step['by'], query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
    const headers = { ...headersOf(asker, await served.token(asker)), ...(grant === null ? {} : { 'x-grant': grant }) };
    const asking = { query, variables };
    if (by === 'GET') return readAnswer(await fetch(`${served.url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`, { headers: { ...headers, 'apollo-require-preflight': 'yes' } }));
    return readAnswer(await fetch(`${served.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(by === 'batch' ? [asking, asking] : asking) }));
  }

  async function take(story: Story, names: Names, step: Step, where: string): Promise<void> {
    if (step.after !== undefined) served.clock.ahead += spanOf(step.after);
    const asking = step.asks !== undefined ? asked(schema, step, names, where) : step.does !== undefined ? done(schema, step, names, now(), where) : queried(step, story, names, now());
    const grant = step['under grant'] === undefined ? null : names.id(step['under grant']);
    const answer = await send(askerOf(story, names, step), grant, step.by, asking.query, asking.variables);
    const code = answer.errors[0]?.extensions['code'] ?? null;
    const fail = (what: string, expected: unknown, found: unknown): never => { throw new NotAsTold(`${where}, ${step.who}: ${what}\n  told:  ${JSON.stringify(expected)}\n  found: ${JSON.stringify(found)}\n  asked: ${asking.query}`); };
    if (step['refused with'] !== undefined) {
      if (code !== step['refused with']) fail('is refused with', step['refused with'], code ?? answer.data);
      if (step.missing && !same(sorted(step.missing), sorted(answer.errors[0]?.extensions['missing']))) fail('is missing', step.missing, answer.errors[0]?.extensions['missing']);
      return;
    }
    if (code !== null) fail('is not refused', step.sees ?? step.answers, [code, answer.errors[0]?.message]);
    const found = asking.read(answer.data);
    if (step['is called'] !== undefined) names.add(step['is called'], String((found as { id?: unknown } | null)?.id));
    for (const [kept, path] of Object.entries(step.keeps)) names.add(kept, String(path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], answer.data)));
    if (step.sees !== undefined && !same(sorted(found), sorted(step.sees))) fail('sees', step.sees, found);
    if (step.answers !== undefined && !holds(names.toNames(found), step.answers)) fail('is answered', step.answers, names.toNames(found));
    const withheld = Object.fromEntries(answer.privacy.withheld.map((each) => [each.coordinate, each.reason]));
    if (step.withheld !== undefined && !same(step.withheld, withheld)) fail('is told what is withheld', step.withheld, withheld);
    const obligations = answer.privacy.obligations.map((each) => each.code);
    if (step.obligations !== undefined && !same(sorted(step.obligations), sorted(obligations))) fail('has obligations', step.obligations, obligations);
  }

  return {
    /** Tells a story to its end. @throws NotAsTold at the first step that comes out otherwise */
    async run(story: Story): Promise<void> {
      served.clock.ahead = 0;
      const names = new Names(story);
      await tell(story, names, served.assembled.source, now());
      for (const [place, step] of story.steps.entries()) await take(story, names, step, `${story.file}, step ${place + 1}`);
    },
    async close(): Promise<void> { await served.close(); await database.drop(); },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
