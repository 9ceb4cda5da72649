import { Initial1764000000000 } from './initial';

/** The database's history, oldest first; a migration is never edited once it has landed. */
export const MIGRATIONS = [Initial1764000000000];
