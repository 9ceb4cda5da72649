import { mkdtempSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, loadConfiguration } from '../../src/server/configuration';
import { KEY_FILES, loadKeys } from '../../src/server/keys';
import { openVerifier } from '../../src/server/open-verifier';
import { unusedSettings } from '../../src/server/unused-settings';
import { VARIABLES } from '../../src/server/variables';

const mistakes = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfiguration(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
};
const folder = (): string => mkdtempSync(join(tmpdir(), 'configuration-'));
const AUTH = { AUTH_ISSUER: 'https://idp.example', AUTH_AUDIENCE: 'phi-gateway', AUTH_JWKS: 'https://idp.example/jwks' };

describe('the environment', () => {
  it('needs nothing outside production, and is frozen all the way down', () => {
    const configuration = loadConfiguration({});
    expect(configuration).toMatchObject({
      production: false, port: 4000, host: '127.0.0.1', database: { url: 'sqlite:./data/gateway.db', replicas: [] }, rateLimitPerMinute: 600, logLevel: 'info',
      auth: { development: true, jwks: null, maxAge: 3600, claims: { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' } },
      directories: { auditCheckpoints: './data/checkpoints', exports: './data/exports' },
      limits: { bodyBytes: 262_144, characters: 20_000, tokens: 2_000, depth: 12, aliases: 30, rootFields: 10, directives: 20, operations: 5, nodes: 100_000, variablesBytes: 32_768, variablesDepth: 6, variablesList: 200, errors: 20, requestMilliseconds: 5_000 },
    });
    expect([configuration, configuration.auth, configuration.auth.claims, configuration.limits, configuration.database.replicas].every(Object.isFrozen)).toBe(true);
  });
  it('takes a blank variable for none', () => expect(loadConfiguration({ PORT: '', REDIS_URL: '  ' })).toMatchObject({ port: 4000, redisUrl: null }));
  it('says what is set and not used, without its value', () => {
    expect(unusedSettings(loadConfiguration({}))).toEqual([]);
    const set = { DATABASE_REPLICA_URLS: 'mysql://u:secret@h/d', REDIS_URL: 'redis://secret', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://secret', DEADLINE_STATEMENT_MS: '777', DEADLINE_ACQUIRE_MS: '777' };
    const lines = unusedSettings(loadConfiguration(set));
    expect(lines.map((line) => /^(\w+) is not used/.exec(line)?.[1])).toEqual(Object.keys(set));
    expect(lines.join()).not.toMatch(/secret|777/);
  });
  it('needs an authorization server in production', () => {
    expect(mistakes({ NODE_ENV: 'production' })).toEqual(Object.keys(AUTH).map((name) => `${name}: expects a value when NODE_ENV=production`));
    expect(mistakes({ NODE_ENV: 'production', ...AUTH })).toEqual([]);
    expect(mistakes({ AUTH_ISSUER: AUTH.AUTH_ISSUER })).toHaveLength(2);
  });
  it('may lift the rate limit outside production alone', () => {
    expect(mistakes({ RATE_LIMIT_PER_MINUTE: '0' })).toEqual([]);
    expect(mistakes({ NODE_ENV: 'production', ...AUTH, RATE_LIMIT_PER_MINUTE: '0' })).toEqual(['RATE_LIMIT_PER_MINUTE: expects 1 or more when NODE_ENV=production']);
  });
  it('tells all mistakes at once, one line each, without their values', () => {
    const wrong: Record<string, string> = {
      PORT: '70000x', HOST: 'a b', DATABASE_URL: 'postgres://secret@x/y', DATABASE_REPLICA_URLS: 'mysql://u:secret@h/d,nonsense', DATABASE_DURABILITY: 'secret', AUTH_ISSUER: 'secret', AUTH_AUDIENCE: 'x', AUTH_JWKS: '/secret/nowhere.json',
      AUTH_CLAIM_ROLE: 'two words', NOTICES_DIR: '/secret', JURISDICTIONS_DIR: '/secret', CODE_SETS_DIR: '/secret', TOKEN_MAX_AGE: '-1', RATE_LIMIT_PER_MINUTE: 'many', CORS_ORIGINS: 'https://app.example/secret', LOG_LEVEL: 'loud',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'secret', REDIS_URL: 'http://secret', LIMIT_NODES: '0', LIMIT_DEPTH: '1.5', DEADLINE_REQUEST_MS: 'secret',
    };
    const lines = mistakes(wrong);
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(Object.keys(wrong).filter((name) => name !== 'AUTH_AUDIENCE').sort());
    for (const line of lines) expect(line).toMatch(/^[A-Z0-9_]+: expects \S.{3,}$/);
    expect(lines.join()).not.toMatch(/secret|nonsense/);
  });
  it.each([
    ['sqlite::memory:'], ['sqlite:/tmp/x.db'], ['mysql://u:p@127.0.0.1:3306/gateway'],
  ])('takes %s for a database', (url) => expect(mistakes({ DATABASE_URL: url })).toEqual([]));
  it('reads a secret from a file', () => {
    const path = join(folder(), 'url');
    writeFileSync(path, 'mysql://u:p@h/d\n');
    expect(loadConfiguration({ DATABASE_URL_FILE: path }).database.url).toBe('mysql://u:p@h/d');
    expect(mistakes({ DATABASE_URL_FILE: path, DATABASE_URL: 'sqlite::memory:' })).toEqual(['DATABASE_URL_FILE: expects DATABASE_URL to be unset']);
    expect(mistakes({ DATABASE_URL_FILE: '/nowhere' })).toEqual(['DATABASE_URL_FILE: expects the path of a readable file']);
  });
  it('has a variable for each of the contract', () => {
    const contract = ['PORT', 'HOST', 'DATABASE_URL', 'DATABASE_REPLICA_URLS', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS', 'AUTH_CLAIM_ROLE', 'AUTH_CLAIM_ORGANIZATION', 'AUTH_CLAIM_PURPOSES', 'AUTH_CLAIM_PRACTITIONER', 'AUTH_CLAIM_MEMBERS', 'NOTICES_DIR', 'KEYS_DIR', 'AUDIT_CHECKPOINT_DIR', 'EXPORT_DIR', 'PART2_PROGRAMS', 'COVERED_ORGANIZATIONS', 'JURISDICTIONS_DIR', 'CODE_SETS_DIR', 'TOKEN_MAX_AGE', 'RATE_LIMIT_PER_MINUTE', 'LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'REDIS_URL'];
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(contract));
  });
});

describe('the keys', () => {
  const at = (keys: string, production = false) => ({ production, directories: { ...loadConfiguration({}).directories, keys } });
  it('are made on first start, for their owner alone, and stay the same', () => {
    const path = join(folder(), 'keys');
    const keys = loadKeys(at(path));
    expect([keys.cursor.length, keys.pseudonym.length, keys.index.length, keys.auditSigning.publicKey.asymmetricKeyType]).toEqual([32, 32, 32, 'ed25519']);
    expect(new Set([keys.cursor, keys.pseudonym, keys.index].map((key) => Buffer.from(key).toString('hex'))).size).toBe(3);
    for (const file of KEY_FILES) expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    const again = loadKeys(at(path, true));
    expect(again.cursor).toEqual(keys.cursor);
    expect(again.auditSigning.publicKey.equals(keys.auditSigning.publicKey)).toBe(true);
  });
  it('are never made in production', () => {
    const path = folder();
    expect(() => loadKeys(at(path, true))).toThrow(KEY_FILES.map((file) => `KEYS_DIR: expects the file ${file} when NODE_ENV=production`).join('\n'));
  });
  it('that are malformed are named', () => {
    const path = folder();
    loadKeys(at(path));
    writeFileSync(join(path, 'cursor.key'), 'short');
    writeFileSync(join(path, 'audit-signing.pem'), 'secret nonsense');
    expect(() => loadKeys(at(path))).toThrow('KEYS_DIR: expects 32 bytes in base64 in cursor.key\nKEYS_DIR: expects an Ed25519 private key (PKCS #8, PEM) in audit-signing.pem');
    expect(readFileSync(join(path, 'cursor.key'), 'utf8')).toBe('short');
  });
});

it('a JWK set that is none stops the start', async () => {
  const path = join(folder(), 'jwks.json');
  writeFileSync(path, '{"keys":7}');
  await expect(openVerifier(loadConfiguration({ ...AUTH, AUTH_JWKS: path }))).rejects.toThrow('AUTH_JWKS: expects a JWK set');
});
