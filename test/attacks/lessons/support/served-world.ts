import { insertRows } from '../../../../src/entities/rows';
import { organization } from '../../../../src/entities/tables/directory';
import { headersOf, readAnswer, serve, type Answer, type Asker, type Served } from '../../../e2e/support/gateway';
import { rowOf } from '../../../privacy-office/office';
import { Names } from '../../../stories/support/names';
import { tell } from '../../../stories/support/world';
import type { TestDatabase } from '../../../support/databases';
import { storyOf } from './told';

/** A world told as a story is, served over HTTP: for attacks on the ways in, on writes and on the trail. */
export async function serveWorld(database: TestDatabase, world: string) {
  const served: Served = await serve(database);
  const { source } = served.assembled;
  const story = storyOf(world);
  const names = new Names(story);
  const now = new Date();
  await insertRows(source.manager, organization, [rowOf(organization, { id: 'company', name: 'Company', kind: 'COVERED_ENTITY', updated_at: now.toISOString() })]);
  await tell(story, names, source, now);

  const asker = (who: string, changes: Partial<Asker> = {}): Asker => {
    const person = story.people[who];
    if (!person) throw new Error(`${who}: is none of the people`);
    const id = names.id(who);
    return { role: person.role, purposes: person.for, subject: id, practitioner: id, ...(person.of === undefined ? {} : { organization: names.id(person.of) }), ...(person.is === undefined ? {} : { member: names.id(person.is) }), ...changes };
  };
  const text = (query: string): string => query.replace(/<([a-z][a-z0-9-]*)>/g, (_, name: string) => JSON.stringify(names.id(name)));
  return {
    served, names, source, asker, text,
    ask: (who: string, query: string, changes: Partial<Asker> = {}): Promise<Answer> => served.ask(asker(who, changes), text(query)),
    /** As it is sent, with the headers of who asks beside those given. */
    async send(who: string, path: string, init: RequestInit & { readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Response> {
      const caller = asker(who);
      return fetch(`${served.url}${path}`, { ...init, headers: { ...headersOf(caller, await served.token(caller)), ...init.headers } });
    },
    read: readAnswer,
    rows: async (table: string): Promise<Readonly<Record<string, unknown>>[]> => JSON.parse(JSON.stringify(await source.query(`SELECT * FROM ${table}`))) as Record<string, unknown>[],
    async close(): Promise<void> { await served.close(); await database.drop(); },
  };
}
export type ServedWorld = Awaited<ReturnType<typeof serveWorld>>;
