import { createDataSource } from '../entities/data-source';
import type { Database } from '../entities/database';

/**
 * Runs work on the database of a URL, and closes it. One that is new is made ready; one of an older version is refused, because
 * bringing it up to date is a step of its own that an operator decides on.
 * @throws Error naming the command to run
 */
export async function withDatabase<T>(url: string, work: (source: Database) => Promise<T>): Promise<T> {
  const source = createDataSource(url);
  await source.initialize();
  try {
    if (await source.showMigrations()) {
      const runner = source.createQueryRunner();
      const isNew = !(await runner.hasTable('member'));
      await runner.release();
      if (!isNew) throw new Error('the database is older than this version: run phi-gateway migrate');
      await source.runMigrations({ transaction: 'each' });
    }
    return await work(source);
  } finally {
    await source.destroy();
  }
}
