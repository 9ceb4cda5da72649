import { all, constant, constants, join, name, seal, sql, type CompiledRead } from './sql';

/** Which rows: of a member, or by their own ids, or both. */
export interface RowKey { readonly memberId?: string; readonly ids?: readonly string[] }

/** Columns that rules ask for, of rows named by their keys: for explanations, which tell no value of them. */
export function factRead(table: string, columns: readonly string[], { memberId, ids }: RowKey): CompiledRead {
  const where = all([...(memberId === undefined ? [] : [sql`t.member_id = ${constant(memberId)}`]), ...(ids === undefined ? [] : [sql`t.id IN (${constants(ids)})`])]);
  return seal(sql`SELECT ${join(columns.map((each) => name(`t.${each}`)), ', ')} FROM ${name(table)} t WHERE ${where}`, columns);
}
