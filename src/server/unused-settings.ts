import type { Configuration } from './configuration';

/**
 * What the operator set and this version does not use, a sentence each: told at start and by `doctor`, so that nobody relies on it
 * unknowingly. Reads go to DATABASE_URL alone, since a replica may lag behind a restriction or a revocation that decides the answer.
 */
export function unusedSettings({ database, redisUrl, otlpEndpoint }: Pick<Configuration, 'database' | 'redisUrl' | 'otlpEndpoint'>): string[] {
  const unused: string[] = [];
  if (database.replicas.length) unused.push('DATABASE_REPLICA_URLS is not used by this version: every read goes to DATABASE_URL');
  if (redisUrl !== null) unused.push('REDIS_URL is not used by this version: RATE_LIMIT_PER_MINUTE is counted by each gateway on its own');
  if (otlpEndpoint !== null) unused.push('OTEL_EXPORTER_OTLP_ENDPOINT is not used by this version: no traces are sent, see /metrics and the log');
  return unused;
}
