import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { runPrepared } from '../entities/driver';
import { isTransient, persist, transact, type Patience } from '../entities/transaction';
import { GatewayError } from '../vocabulary/errors';

/** What a driver says when it has no connection, or lost it; a mistake of ours in a statement is something else. */
const UNREACHABLE = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|PROTOCOL_|POOL_|ER_CON_COUNT|ER_SERVER_SHUTDOWN|ER_LOCK_WAIT|ER_OPTION_PREVENTS|SQLITE_(FULL|IOERR|READONLY|CANTOPEN))/;

/**
 * One write of the privacy office: all of it commits, or nothing; run again as a whole while the database asks for that.
 * @throws DATABASE_UNAVAILABLE when it gave up, or the database is not there; what `work` throws goes on as it is
 */
export const inTransaction = <T>(source: DataSource, work: (manager: EntityManager) => Promise<T>, patience?: Patience): Promise<T> =>
  whileAvailable(() => transact(source, work, patience));

/** The same for a write of one statement, which commits with it. @throws DATABASE_UNAVAILABLE */
export const inStatement = (source: DataSource, text: string, parameters: readonly (string | number | null)[]): Promise<unknown> =>
  whileAvailable(() => persist(() => runPrepared(source, text, parameters)));

async function whileAvailable<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isTransient(error) || isUnreachable(error)) throw new GatewayError('DATABASE_UNAVAILABLE', 'The database cannot take the change now.');
    throw error;
  }
}

function isUnreachable(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  const { code, fatal, message } = cause as { code?: unknown; fatal?: unknown; message?: unknown };
  return fatal === true || (typeof code === 'string' && UNREACHABLE.test(code)) || message === 'Queue limit reached.';
}
