/** The database and a transaction on it, for whoever hands them on without asking them anything: they need not know TypeORM. */
export type { DataSource as Database, EntityManager as Transaction } from 'typeorm';
