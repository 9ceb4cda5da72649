/** A gateway over a database of its own, with everything that crosses its edges written down: statements, records, cursors. */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import type { AuditEntry } from '../../../src/audit/entry';
import { createLedger, type Ledger } from '../../../src/audit/ledger';
import { tagsOf } from '../../../src/directives/tags';
import { createDataSource } from '../../../src/entities/data-source';
import { deleteRows, insertRows } from '../../../src/entities/rows';
import type { Row, Table } from '../../../src/entities/table';
import { TABLES } from '../../../src/entities/tables';
import type { Caller } from '../../../src/identity/caller';
import type { Binding, Place } from '../../../src/query/cursor';
import type { Recorder } from '../../../src/query/run/database';
import type { Gateway } from '../../../src/resolvers/gateway';
import { SERVED_RESOLVERS } from '../../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../../src/schema/build-schema';
import type { AnyRow, WorldRows } from '../world-rows';
import type { Engine } from './engine';

export const SCHEMA: GraphQLSchema = buildGatewaySchema(SERVED_RESOLVERS);
const TAGS = tagsOf(SCHEMA);
export const PSEUDONYM_KEY = new Uint8Array(32).fill(3);
const CURSOR_KEY = new Uint8Array(32).fill(7);
/** The trail is append-only and no part of a world. */
const WORLD_TABLES = Object.values(TABLES).filter((each) => !each.name.startsWith('audit')) as unknown as readonly Table[];

export type Recorded = Parameters<Recorder>[0];
export interface Statement { readonly text: string; readonly parameters: readonly unknown[] }
export interface Request { readonly document: DocumentNode; readonly variables: Readonly<Record<string, unknown>>; readonly caller: Caller; readonly operationName?: string | null }
/** What came back: as the caller has it, with audit ids left out and cursors opened. */
export interface Outcome { readonly data: unknown; readonly body: string; readonly statements: readonly Statement[]; readonly reads: readonly Recorded[]; readonly entries: readonly AuditEntry[] }

export class Laboratory {
  /** Every statement that TypeORM or a compiled read ran since the last request began. */
  statements: Statement[] = [];
  reads: Recorded[] = [];
  private readonly loaded = new Set<string>();
  private constructor(readonly source: DataSource) {}

  static async open(url: string): Promise<Laboratory> {
    const source = await createDataSource(url).initialize();
    await source.runMigrations();
    const made = new Laboratory(source);
    const ignored = (): void => undefined;
    source.logger = { logQuery: (text, parameters) => { made.statements.push({ text, parameters: Array.isArray(parameters) ? parameters : [] }); }, logQueryError: ignored, logQuerySlow: ignored, logSchemaBuild: ignored, logMigration: ignored, log: ignored };
    return made;
  }
  close(): Promise<void> { return this.source.destroy(); }

  /** Replaces what is in the database by these rows. */
  async load(rows: WorldRows): Promise<void> {
    await this.source.transaction(async (manager) => {
      for (const each of WORLD_TABLES) {
        const own = (rows as Readonly<Record<string, readonly AnyRow[] | undefined>>)[each.name] ?? [];
        if (this.loaded.has(each.name) || each.name === 'break_glass_opening') await deleteRows(manager, each, {});
        if (own.length === 0) { this.loaded.delete(each.name); continue; }
        this.loaded.add(each.name);
        await insertRows(manager, each, own as readonly Row<Table>[]);
      }
    });
  }

  /** A gateway of this engine. Without a ledger given, records are kept in memory. */
  station(engine: Engine, ledger: Ledger | null = null): Station { return new Station(this, engine, ledger); }
  durableLedger(): Ledger { return createLedger(this.source); }
}

/** The ledger in memory: what was recorded, in order. */
class Notebook implements Ledger {
  readonly entries: AuditEntry[] = [];
  constructor(private readonly durable: Ledger | null) {}
  async record(entry: AuditEntry): Promise<string> { this.entries.push(entry); return this.durable ? this.durable.record(entry) : `audit-${this.entries.length}`; }
  async recordIn(...[manager, entry]: Parameters<Ledger['recordIn']>): Promise<string> { this.entries.push(entry); return this.durable ? this.durable.recordIn(manager, entry) : `audit-${this.entries.length}`; }
  async close(): Promise<void> { await this.durable?.close(); }
}

export class Station {
  readonly gateway: Gateway;
  readonly notebook: Notebook;
  private readonly sealed = new Map<string, { readonly place: Place; readonly binding: Binding; readonly at: string }>();

  constructor(readonly laboratory: Laboratory, private readonly engine: Engine, ledger: Ledger | null) {
    const { source } = laboratory;
    const clauses = engine.clausesOf(engine.JURISDICTIONS);
    this.notebook = new Notebook(ledger);
    const recorder: Recorder = (event) => { laboratory.reads.push(event); laboratory.statements.push({ text: event.text, parameters: event.parameters }); };
    const gateway = engine.assembleGateway({
      source, database: engine.createReads(source, recorder), schema: SCHEMA, tags: TAGS, clauses, jurisdictions: engine.JURISDICTIONS, notices: engine.Notices.load(null, clauses),
      ledger: this.notebook, pseudonyms: engine.createPseudonyms(PSEUDONYM_KEY), cursorKey: CURSOR_KEY, extras: engine.createExtras(source),
      relabelMember: async () => undefined, ownLabels: () => { throw new Error('nothing is written here'); },
    });
    const { cursors } = gateway;
    const watched = Object.assign(Object.create(cursors) as typeof cursors, {
      seal: (place: Place, binding: Binding, at: string): string => { const text = cursors.seal(place, binding, at); this.sealed.set(text, { place, binding, at }); return text; },
    });
    this.gateway = Object.freeze({ ...gateway, cursors: watched });
  }

  async ask(request: Request): Promise<Outcome> {
    this.laboratory.statements = [];
    this.laboratory.reads = [];
    const before = this.notebook.entries.length;
    let answer: { data?: unknown; errors?: unknown; extensions?: unknown };
    try {
      answer = await this.engine.executeOperation(this.gateway, { operationName: null, ...request });
    } catch (error) {
      const { code, message, extensions } = error as { code?: string; message: string; extensions?: unknown };
      answer = { errors: [{ refused: true, code: code ?? 'INTERNAL', message, extensions }] };
      if (code === undefined) throw error;
      // Statements that run beside the one that was refused end later, and belong to this request.
      if (this.laboratory.source.options.type !== 'better-sqlite3') await sleep(60);
    }
    return { data: answer.data, body: this.opened(answer), statements: this.laboratory.statements, reads: this.laboratory.reads, entries: this.notebook.entries.slice(before) };
  }

  /** The body byte for byte, but for audit ids, each cursor opened, so that what it carries is compared. */
  opened(answer: unknown): string {
    return JSON.stringify(answer, (key, value: unknown) => {
      if (key === 'auditId') return undefined;
      const known = typeof value === 'string' ? this.sealed.get(value) : undefined;
      return known ? { opened: this.gateway.cursors.open(value as string, known.binding, known.at), boundTo: known.binding } : value;
    });
  }
}
