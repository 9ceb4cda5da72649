import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The variables of the environment. A message completes the sentence "NAME: expects …". */

const text = (what: string) => z.string(what);
const claim = (name: string) => text('the name of a claim').regex(/^\S{1,100}$/, 'the name of a claim').default(name);
const whole = (least: number, most: number, standard: number) => {
  const what = `a whole number from ${least} to ${most}`;
  return z.string(what).regex(/^\d{1,12}$/, what).transform(Number).refine((value) => value >= least && value <= most, what).default(standard);
};
/** The whole list is the variable: an item's place would only blur whose mistake it is. */
const listOf = (what: string, test: (each: string) => boolean) =>
  z.string(what).transform((value) => value.split(',').map((each) => each.trim()).filter(Boolean)).refine((all) => all.every(test), what).default([]);
const url = (what: string, pattern: RegExp) => text(what).refine((value) => pattern.test(value) && URL.canParse(value), what);
const folder = (what: string) => text(what).refine((path) => existsSync(path) && statSync(path).isDirectory(), what);

const DATABASE = 'sqlite:PATH, sqlite::memory: or mysql://user:pw@host:port/db';
const isMysql = (value: string): boolean => /^mysql:\/\/[^/]+\/[^/?]+/.test(value) && URL.canParse(value);
const isKeySet = (value: string): boolean => {
  if (/^https?:/i.test(value)) return URL.canParse(value);
  if (!value.startsWith('file:')) return existsSync(value);
  return URL.canParse(value) && existsSync(fileURLToPath(value));
};
const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

export const VARIABLES = {
  NODE_ENV: z.string().default('development'),
  PORT: whole(0, 65_535, 4000),
  HOST: text('a host name or address').regex(/^[A-Za-z0-9.:_-]+$/, 'a host name or address').default('127.0.0.1'),
  DATABASE_URL: text(DATABASE).refine((value) => /^sqlite:./.test(value) || isMysql(value), DATABASE).default('sqlite:./data/gateway.db'),
  DATABASE_REPLICA_URLS: listOf('mysql:// URLs, comma separated', isMysql),
  DATABASE_DURABILITY: z.enum(['asserted'], 'asserted, or nothing').optional(),
  DATABASE_POOL_SIZE: whole(1, 1000, 10),
  AUTH_ISSUER: text("the issuer's URL or URN").refine((value) => URL.canParse(value), "the issuer's URL or URN").optional(),
  AUTH_AUDIENCE: text('the audience of the tokens').optional(),
  AUTH_JWKS: text('an http(s) URL, or the path or file: URL of a readable JWK set').refine(isKeySet, 'an http(s) URL, or the path or file: URL of a readable JWK set').optional(),
  AUTH_AUTHORIZATION_ENDPOINT: url('an http(s) URL', /^https?:/i).optional(),
  AUTH_TOKEN_ENDPOINT: url('an http(s) URL', /^https?:/i).optional(),
  AUTH_CLAIM_ROLE: claim('role'),
  AUTH_CLAIM_ORGANIZATION: claim('org_id'),
  AUTH_CLAIM_PURPOSES: claim('purpose_of_use'),
  AUTH_CLAIM_PRACTITIONER: claim('practitioner_id'),
  AUTH_CLAIM_MEMBERS: claim('member_ids'),
  NOTICES_DIR: folder('a folder with one folder a version of the Notice').optional(),
  KEYS_DIR: text('a folder').default('./data/keys'),
  AUDIT_CHECKPOINT_DIR: text('a folder').default('./data/checkpoints'),
  EXPORT_DIR: text('a folder').default('./data/exports'),
  EXPORT_LIFETIME_SECONDS: whole(1, 604_800, 3_600),
  PART2_PROGRAMS: listOf('ids, comma separated', () => true),
  COVERED_ORGANIZATIONS: listOf('ids, comma separated', () => true),
  JURISDICTIONS_DIR: folder('a folder of jurisdiction files').optional(),
  CODE_SETS_DIR: folder('a folder of code sets').optional(),
  TOKEN_MAX_AGE: whole(1, 86_400, 3600),
  RATE_LIMIT_PER_MINUTE: whole(0, 1_000_000, 600),
  CORS_ORIGINS: listOf('origins such as https://app.example, comma separated', isOrigin),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'fatal, error, warn, info, debug, trace or silent').default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('an http(s) URL', /^https?:/i).optional(),
  REDIS_URL: url('a redis:// or rediss:// URL', /^rediss?:/i).optional(),
  LIMIT_BODY_BYTES: whole(1024, 16_777_216, 262_144),
  LIMIT_CHARACTERS: whole(100, 1_000_000, 20_000),
  LIMIT_TOKENS: whole(10, 100_000, 2_000),
  LIMIT_DEPTH: whole(1, 100, 12),
  LIMIT_INTROSPECTION_DEPTH: whole(1, 100, 16),
  LIMIT_ALIASES: whole(0, 10_000, 30),
  LIMIT_ROOT_FIELDS: whole(1, 1000, 10),
  LIMIT_DIRECTIVES: whole(0, 1000, 20),
  LIMIT_OPERATIONS: whole(1, 1000, 5),
  LIMIT_NODES: whole(1, 100_000_000, 100_000),
  LIMIT_VARIABLES_BYTES: whole(2, 16_777_216, 32_768),
  LIMIT_VARIABLES_DEPTH: whole(1, 100, 6),
  LIMIT_VARIABLES_LIST: whole(1, 100_000, 200),
  LIMIT_ERRORS: whole(1, 1000, 20),
  DEADLINE_REQUEST_MS: whole(1, 600_000, 5_000),
  DEADLINE_STATEMENT_MS: whole(1, 600_000, 2_000),
  DEADLINE_ACQUIRE_MS: whole(1, 600_000, 250),
  HTTP_REQUEST_TIMEOUT_MS: whole(100, 600_000, 3_000),
  HTTP_HEADERS_TIMEOUT_MS: whole(100, 600_000, 2_000),
  HTTP_CHECKING_INTERVAL_MS: whole(50, 60_000, 500),
};

export type Environment = z.output<z.ZodObject<typeof VARIABLES>>;
