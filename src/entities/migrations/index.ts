import { AppendOnlyAudit1764000000001 } from './append-only-audit';
import { Initial1764000000000 } from './initial';

/** The database's history, oldest first; a migration is never edited once it has landed. */
export const MIGRATIONS = [Initial1764000000000, AppendOnlyAudit1764000000001];
