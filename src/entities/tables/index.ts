import type { Table } from '../table';
import * as audit from './audit';
import * as directory from './directory';
import * as exports_ from './export';
import * as member from './member';
import * as privacy from './privacy';
import * as records from './records';

/** Every table of the gateway, by name. */
export const TABLES = Object.freeze({ ...directory, ...member, ...records, ...privacy, ...audit, ...exports_ });
export type TableName = keyof typeof TABLES;
export const tableNamed = (name: string): Table => {
  const found = (TABLES as Readonly<Record<string, Table>>)[name];
  if (!found) throw new Error(`no table ${name}`);
  return found;
};
