import type { Configuration } from './configuration';
import { VARIABLES } from './variables';

/**
 * What the operator set and this version does not use, a sentence each: told at start and by `doctor`, so that nobody relies on it
 * unknowingly (docs/adr/unused-settings.md). A deadline is told where it is not the default.
 */
export function unusedSettings({ database, redisUrl, otlpEndpoint }: Pick<Configuration, 'database' | 'redisUrl' | 'otlpEndpoint'>): string[] {
  const unused: string[] = [];
  if (database.replicas.length) unused.push('DATABASE_REPLICA_URLS is not used by this version: every read goes to DATABASE_URL');
  if (redisUrl !== null) unused.push('REDIS_URL is not used by this version: RATE_LIMIT_PER_MINUTE is counted by each gateway on its own');
  if (otlpEndpoint !== null) unused.push('OTEL_EXPORTER_OTLP_ENDPOINT is not used by this version: no traces are sent, see /metrics and the log');
  if (database.statementMilliseconds !== VARIABLES.DEADLINE_STATEMENT_MS.parse(undefined)) unused.push('DEADLINE_STATEMENT_MS is not used by this version: a statement may take two seconds on MariaDB');
  if (database.acquireMilliseconds !== VARIABLES.DEADLINE_ACQUIRE_MS.parse(undefined)) unused.push('DEADLINE_ACQUIRE_MS is not used by this version: a request waits for a connection until DEADLINE_REQUEST_MS');
  return unused;
}
