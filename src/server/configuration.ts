import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../identity/development-issuer';
import { VARIABLES, type Environment } from './variables';

/** Every mistake of the environment, one line each: the variable and what it expects; never the value that it has. */
export class ConfigurationError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigurationError';
  }
}

export type Configuration = Readonly<ReturnType<typeof shape>>;

/** Variables that may lie in a file named by `<NAME>_FILE`, as container secrets do. */
const SECRETS = ['DATABASE_URL', 'DATABASE_REPLICA_URLS', 'REDIS_URL'] as const;
const AUTH = ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS'] as const;

/**
 * Reads and checks the environment.
 * @throws ConfigurationError with all mistakes at once
 */
export function loadConfiguration(env: Readonly<Record<string, string | undefined>> = process.env): Configuration {
  const mistakes: string[] = [];
  const given = readSecretFiles(withoutBlanks(env), mistakes);
  const parsed = z.object(VARIABLES).safeParse(given);
  for (const issue of parsed.error?.issues ?? []) mistakes.push(`${issue.path.join('.')}: expects ${issue.message}`);
  mistakes.push(...acrossVariables(given));
  if (!parsed.success || mistakes.length) throw new ConfigurationError([...new Set(mistakes)]);
  return freeze(shape(parsed.data));
}

const withoutBlanks = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));

function readSecretFiles(given: Record<string, string>, mistakes: string[]): Record<string, string> {
  for (const name of SECRETS) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) mistakes.push(`${name}_FILE: expects ${name} to be unset`);
    try {
      given[name] = readFileSync(path, 'utf8').trim();
    } catch {
      mistakes.push(`${name}_FILE: expects the path of a readable file`);
    }
  }
  return given;
}

function acrossVariables(given: Readonly<Record<string, string>>): string[] {
  const production = given.NODE_ENV === 'production';
  const someAuth = AUTH.some((name) => given[name] !== undefined);
  const mistakes: string[] = [];
  if (production || someAuth)
    for (const name of AUTH)
      if (given[name] === undefined) mistakes.push(`${name}: expects a value ${production ? 'when NODE_ENV=production' : `when another of ${AUTH.join(', ')} is set`}`);
  if (production && given.RATE_LIMIT_PER_MINUTE === '0') mistakes.push('RATE_LIMIT_PER_MINUTE: expects 1 or more when NODE_ENV=production');
  return mistakes;
}

/** The flat environment as the code reads it. */
function shape(env: Environment) {
  const development = env.AUTH_ISSUER === undefined;
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    database: {
      url: env.DATABASE_URL, replicas: env.DATABASE_REPLICA_URLS, durabilityAsserted: env.DATABASE_DURABILITY === 'asserted',
      statementMilliseconds: env.DEADLINE_STATEMENT_MS, acquireMilliseconds: env.DEADLINE_ACQUIRE_MS, poolSize: env.DATABASE_POOL_SIZE,
    },
    auth: {
      development,
      issuer: env.AUTH_ISSUER ?? DEVELOPMENT_ISSUER,
      audience: env.AUTH_AUDIENCE ?? DEVELOPMENT_AUDIENCE,
      /** null: the development issuer's own key. */
      jwks: env.AUTH_JWKS ?? null,
      maxAge: env.TOKEN_MAX_AGE,
      authorizationEndpoint: env.AUTH_AUTHORIZATION_ENDPOINT ?? null,
      tokenEndpoint: env.AUTH_TOKEN_ENDPOINT ?? null,
      claims: {
        role: env.AUTH_CLAIM_ROLE, organization: env.AUTH_CLAIM_ORGANIZATION, purposes: env.AUTH_CLAIM_PURPOSES,
        practitioner: env.AUTH_CLAIM_PRACTITIONER, members: env.AUTH_CLAIM_MEMBERS,
      },
    },
    directories: {
      notices: env.NOTICES_DIR ?? null, keys: env.KEYS_DIR, auditCheckpoints: env.AUDIT_CHECKPOINT_DIR, exports: env.EXPORT_DIR,
      jurisdictions: env.JURISDICTIONS_DIR ?? null, codeSets: env.CODE_SETS_DIR ?? null,
    },
    exports: { lifetimeSeconds: env.EXPORT_LIFETIME_SECONDS },
    part2Programs: env.PART2_PROGRAMS,
    coveredOrganizations: env.COVERED_ORGANIZATIONS,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    corsOrigins: env.CORS_ORIGINS,
    logLevel: env.LOG_LEVEL,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    redisUrl: env.REDIS_URL ?? null,
    limits: {
      bodyBytes: env.LIMIT_BODY_BYTES, characters: env.LIMIT_CHARACTERS, tokens: env.LIMIT_TOKENS, depth: env.LIMIT_DEPTH,
      introspectionDepth: env.LIMIT_INTROSPECTION_DEPTH, aliases: env.LIMIT_ALIASES, rootFields: env.LIMIT_ROOT_FIELDS,
      directives: env.LIMIT_DIRECTIVES, operations: env.LIMIT_OPERATIONS, nodes: env.LIMIT_NODES,
      variablesBytes: env.LIMIT_VARIABLES_BYTES, variablesDepth: env.LIMIT_VARIABLES_DEPTH, variablesList: env.LIMIT_VARIABLES_LIST,
      errors: env.LIMIT_ERRORS, requestMilliseconds: env.DEADLINE_REQUEST_MS,
    },
    http: {
      requestTimeout: env.HTTP_REQUEST_TIMEOUT_MS, headersTimeout: env.HTTP_HEADERS_TIMEOUT_MS, checkingInterval: env.HTTP_CHECKING_INTERVAL_MS,
    },
  };
}

function freeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) freeze(each as object);
  return Object.freeze(value);
}
