import { parse, type DocumentNode } from 'graphql';
import { insertRows } from '../../../../src/entities/rows';
import type { Row, Table } from '../../../../src/entities/table';
import { organization } from '../../../../src/entities/tables/directory';
import { restriction } from '../../../../src/entities/tables/privacy';
import type { Caller } from '../../../../src/identity/caller';
import { spreadRestrictions } from '../../../../src/privacy-office/spread';
import type { Purpose } from '../../../../src/vocabulary/purposes';
import { ENGINE, type Engine } from '../../../laws/support/engine';
import { Laboratory, type Outcome, type Station } from '../../../laws/support/laboratory';
import { rowOf } from '../../../privacy-office/office';
import { Names } from '../../../stories/support/names';
import { readStory, type Story } from '../../../stories/support/story';
import { tell } from '../../../stories/support/world';

/** A world told as a story is, before a gateway whose statements and rows are written down: for attacks on what no answer shows. */
export class Told {
  readonly now = new Date();
  private restrictions = 0;
  /** A text that is asked again is the same document, as Apollo keeps it: plans are remembered by it. */
  private readonly documents = new Map<string, DocumentNode>();
  private constructor(readonly laboratory: Laboratory, readonly story: Story, readonly names: Names, readonly station: Station) {}

  static async open(url: string, world: string, engine: Engine = ENGINE): Promise<Told> {
    const story = storyOf(world);
    const laboratory = await Laboratory.open(url);
    const told = new Told(laboratory, story, new Names(story), laboratory.station(engine));
    await told.put(organization, { id: 'company', name: 'Company', kind: 'COVERED_ENTITY', updated_at: told.now.toISOString() });
    await tell(story, told.names, laboratory.source, told.now);
    return told;
  }
  /** Another gateway over the same database: nothing is remembered in it. */
  fresh(engine: Engine = ENGINE): Station { return this.laboratory.station(engine); }
  close(): Promise<void> { return this.laboratory.close(); }

  put<T extends Table>(table: T, ...rows: Partial<Row<T>>[]): Promise<void> { return insertRows(this.laboratory.source.manager, table, rows.map((row) => rowOf(table, row))); }
  sql(text: string, parameters: readonly unknown[] = []): Promise<unknown> { return this.laboratory.source.query(text, [...parameters]); }

  /** A restriction that was agreed to, and binds everybody. */
  async restrict(member: string, hides: { readonly coordinates?: readonly string[]; readonly record?: string; readonly recipients?: readonly object[] }): Promise<void> {
    const member_id = this.names.id(member);
    const at = new Date(this.now.getTime() - 3_600_000).toISOString();
    this.restrictions += 1;
    await this.put(restriction, {
      member_id, id: `restriction-${this.restrictions}`, kind: 'AGREED', status: 'ACCEPTED', recipients: JSON.stringify(hides.recipients ?? []), purposes: '[]', categories: '[]', classes: '[]',
      coordinates: JSON.stringify(hides.coordinates ?? []), record_id: hides.record === undefined ? null : this.names.id(hides.record), requested_at: at, decided_at: at, channel: 'PAPER', source: 'GATEWAY',
    });
    await this.laboratory.source.transaction((manager) => spreadRestrictions(manager, member_id));
  }

  caller(who: string, changes: Partial<Caller> = {}): Caller {
    const person = this.story.people[who];
    if (!person) throw new Error(`${who}: is none of the people`);
    const id = this.names.id(who);
    return {
      subject: id, role: person.role, organization: person.of === undefined ? null : this.names.id(person.of), practitioner: id, member: person.is === undefined ? null : this.names.id(person.is), purposes: person.for,
      tokenId: null, purpose: person.for[0] as Purpose, breakGlassReason: null, grant: null, requestId: 'attack', at: this.now.toISOString(), ...changes,
    };
  }
  /** With `<rosa>` for the id of Rosa. */
  text(query: string): string { return query.replace(/<([a-z][a-z0-9-]*)>/g, (_, name: string) => JSON.stringify(this.names.id(name))); }
  ask(who: string | Caller, query: string, variables: Readonly<Record<string, unknown>> = {}, station = this.station): Promise<Outcome> {
    const text = this.text(query);
    const document = this.documents.get(text) ?? parse(text);
    this.documents.set(text, document);
    return station.ask({ document, variables, caller: typeof who === 'string' ? this.caller(who) : who });
  }
}

/** The world of a story without its steps. */
export const storyOf = (world: string): Story =>
  readStory('attack.yaml', `title: A world for an attack\nnotice: Our Commitment to Your Privacy\nclauses: [treatment]\n${world}\nsteps: [{ who: nobody, query: "{ __typename }", sees: { __typename: Query } }]\n`);

/** The texts of the statements, in an order that does not depend on which of two that run side by side ends first. */
export const textsOf = (outcome: Outcome): string[] => outcome.statements.map((each) => each.text).sort();
