import type { GraphQLSchema } from 'graphql';
import { insertRows } from '../../../src/entities/rows';
import { organization } from '../../../src/entities/tables/directory';
import { headersOf, readAnswer, serve, type Answer, type Asker, type Served } from '../../e2e/support/gateway';
import { rowOf } from '../../privacy-office/office';
import type { TestDatabase } from '../../support/databases';
import { asked, done, queried, type Asking } from './asking';
import { judge } from './judging';
import { Names, spanOf } from './names';
import type { Step, Story } from './story';
import { tell } from './world';

/** Noon, so that a day is the same day wherever the gateway stands. */
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00.000Z`);

/** Whose token and headers go with a step. */
function askerOf(story: Story, names: Names, step: Step, where: string): Asker {
  const person = story.people[step.who];
  if (!person) throw new Error(`${where}, who: ${step.who} is none of the people`);
  const { purpose } = step;
  return {
    role: person.role, purposes: person.for, subject: names.id(step.who), practitioner: names.id(step.who), ...(purpose === undefined ? {} : { header: purpose === 'none' ? null : purpose }),
    ...(person.of === undefined ? {} : { organization: names.id(person.of, `${story.file}, people.${step.who}.of`) }), ...(person.is === undefined ? {} : { member: names.id(person.is, `${story.file}, people.${step.who}.is`) }),
    ...(step.reason === undefined ? {} : { reason: step.reason }),
  };
}

/** One gateway, over HTTP, to which stories are told one after the other; each has its own clock, and ids of its own. */
export async function openStage(database: TestDatabase, schema: GraphQLSchema) {
  const served: Served = await serve(database);
  await insertRows(served.assembled.source.manager, organization, [rowOf(organization, { id: 'company', name: 'Company', kind: 'COVERED_ENTITY', updated_at: new Date().toISOString() })]);
  const now = (): Date => new Date(Date.now() + served.clock.ahead);

  async function send(asker: Asker, grant: string | null, by: Step['by'], { query, variables }: Asking): Promise<Answer> {
    const headers = { ...headersOf(asker, await served.token(asker)), ...(grant === null ? {} : { 'x-grant': grant }) };
    const asking = { query, variables };
    if (by === 'GET') return readAnswer(await fetch(`${served.url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`, { headers: { ...headers, 'apollo-require-preflight': 'yes' } }));
    return readAnswer(await fetch(`${served.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(by === 'batch' ? [asking, asking] : asking) }));
  }

  function passTime(step: Step, where: string): void {
    if (step.after !== undefined) served.clock.ahead += spanOf(step.after);
    if (step.on === undefined) return;
    if (noonOf(step.on) < now().getTime()) throw new Error(`${where}, on: ${step.on} is before the step before it`);
    served.clock.ahead = noonOf(step.on) - Date.now();
  }

  async function take(story: Story, names: Names, step: Step, where: string): Promise<void> {
    passTime(step, where);
    const asking = step.asks !== undefined ? asked(schema, step, names, where) : step.does !== undefined ? done(schema, step, names, now(), where) : queried(step, names, now(), where);
    const grant = step['under grant'] === undefined ? null : names.id(step['under grant'], `${where}, under grant`);
    const answer = await send(askerOf(story, names, step, where), grant, step.by, asking);
    if (step['is called'] !== undefined && answer.errors.length === 0) names.add(step['is called'], String((asking.read(answer.data) as { id?: unknown } | null)?.id));
    for (const [kept, path] of Object.entries(step.keeps)) names.add(kept, String(path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], answer.data)));
    judge(step, asking, answer, names, where);
  }

  return {
    /** Tells a story to its end. @throws NotAsTold at the first step that comes out otherwise; Error where the story does not make sense, naming file and place */
    async run(story: Story): Promise<void> {
      served.clock.ahead = story.begins === undefined ? 0 : noonOf(story.begins) - Date.now();
      const names = new Names(story);
      await tell(story, names, served.assembled.source, now());
      for (const [place, step] of story.steps.entries()) await take(story, names, step, `${story.file}, step ${place + 1}`);
    },
    async close(): Promise<void> { await served.close(); await database.drop(); },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
