import type { Database, Statement } from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { audit_event, audit_member } from '../entities/tables/audit';
import { persist, undisturbed } from '../entities/transaction';
import { invariant } from '../vocabulary/errors';
import { GENESIS, HEAD, link, membersOf, valuesOf, type Head } from './chain';
import { insertText, LARGEST_GROUP, type Group, type Groups } from './group';

interface Statements { readonly head: Statement<unknown[]>; readonly event: Statement<unknown[]>; readonly member: Statement<unknown[]> }

/** Groups on SQLite: statements prepared once, in a transaction that is begun and committed within one turn. */
export class SqliteGroups implements Groups {
  private statements: Statements | null = null;
  constructor(private readonly source: DataSource, private readonly database: Database) {}

  fits(waiting: number): number { return Math.min(waiting, LARGEST_GROUP); }

  commit(group: Group, signal: AbortSignal): Promise<Head> {
    const write = this.database.transaction(() => this.write(group));
    return persist(() => undisturbed(this.source, async () => {
      signal.throwIfAborted();
      // Within a transaction of another it would be a savepoint, and not be durable when it returns.
      invariant(!this.database.inTransaction, 'a group commits by itself');
      return write.immediate();
    }));
  }

  private write({ chainId, head, entries }: Group): Head {
    const { head: ask, event, member } = this.statements ??= this.prepare();
    const rows = link(chainId, head ?? (ask.get(chainId) as Head | undefined) ?? GENESIS, entries);
    for (const row of rows) {
      event.run(...valuesOf(row));
      for (const memberId of membersOf(row)) member.run(memberId, row.id);
    }
    return rows.at(-1) ?? GENESIS;
  }

  private prepare(): Statements {
    return { head: this.database.prepare(HEAD.sqlite), event: this.database.prepare(insertText(audit_event, 1)), member: this.database.prepare(insertText(audit_member, 1)) };
  }

  close(): void { this.statements = null; }
}
