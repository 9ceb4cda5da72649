import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Configuration } from '../../server/configuration';
import { CommandFailed } from '../usage';

/** What was found, and where something is wrong, what to do about it. */
interface Finding { readonly subject: string; readonly wrong: boolean; readonly text: string }
const fine = (subject: string, text: string): Finding => ({ subject, wrong: false, text });
const wrong = (subject: string, text: string): Finding => ({ subject, wrong: true, text });

/** Seconds by which this machine's clock may differ from another's before tokens and periods go wrong. */
const CLOCK_SECONDS = 5;

async function doctor(): Promise<void> {
  const { findings, configuration } = checkConfiguration();
  if (configuration) {
    findings.push(...checkKeys(configuration));
    for (const url of [configuration.database.url, ...configuration.database.replicas]) findings.push(...await checkDatabase(url));
    findings.push(...await checkIssuer(configuration.auth));
  }
  for (const { subject, wrong: isWrong, text } of findings) process.stdout.write(`${isWrong ? 'WRONG' : 'ok   '} ${subject}: ${text}\n`);
  if (findings.some((each) => each.wrong)) throw new CommandFailed();
}

function checkConfiguration(): { findings: Finding[]; configuration: Configuration | null } {
  const { loadConfiguration, ConfigurationError } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { unusedSettings } = require('../../server/unused-settings') as typeof import('../../server/unused-settings');
  try {
    const configuration = loadConfiguration();
    const unused = unusedSettings(configuration).map((line) => fine('configuration', `note: ${line}`));
    return { findings: [fine('configuration', configuration.production ? 'production' : 'development'), ...unused], configuration };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { findings: error.lines.map((line) => wrong('configuration', line)), configuration: null };
  }
}

function checkKeys({ production, directories }: Configuration): Finding[] {
  const { KEY_FILES, loadKeys } = require('../../server/keys') as typeof import('../../server/keys');
  const missing = KEY_FILES.filter((file) => !existsSync(join(directories.keys, file)));
  if (missing.length && !production) return [fine('keys', 'made on the first start, in KEYS_DIR')];
  const open = KEY_FILES.filter((file) => existsSync(join(directories.keys, file)) && statSync(join(directories.keys, file)).mode & 0o077);
  const findings = open.map((file) => wrong('keys', `${file} can be read by others: chmod 600 it in KEYS_DIR`));
  try {
    loadKeys({ production: true, directories });
    return findings.length ? findings : [fine('keys', 'all there')];
  } catch (error) {
    return [...findings, ...(error as Error).message.split('\n').map((line) => wrong('keys', `${line}: copy it from another node, or restore it`))];
  }
}

async function checkDatabase(url: string): Promise<Finding[]> {
  return url.startsWith('sqlite:') ? checkSqlite(url.slice('sqlite:'.length)) : checkMysql(url);
}

function checkSqlite(path: string): Finding[] {
  if (path === ':memory:') return [fine('database', 'SQLite in memory: gone when the gateway stops')];
  const folder = dirname(resolve(path));
  if (!existsSync(path)) return existsSync(folder) || existsSync(dirname(folder)) ? [fine('database', 'no file yet: phi-gateway migrate makes it')] : [wrong('database', 'DATABASE_URL names a folder that does not exist: make it')];
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    accessSync(folder, constants.W_OK);
    const Database = require('better-sqlite3') as typeof import('better-sqlite3');
    const database = new Database(path, { readonly: true });
    const state = database.pragma('quick_check', { simple: true });
    database.close();
    return [state === 'ok' ? fine('database', 'SQLite, sound') : wrong('database', 'the file is damaged: restore it from a backup')];
  } catch {
    return [wrong('database', 'the file of DATABASE_URL cannot be opened for reading and writing: check its owner, and that it is a SQLite database')];
  }
}

async function checkMysql(url: string): Promise<Finding[]> {
  const { createConnection } = require('mysql2/promise') as typeof import('mysql2/promise');
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 3_000 });
    try {
      const sent = Date.now();
      const [rows] = await connection.query('SELECT VERSION() AS version, UNIX_TIMESTAMP(NOW(3)) AS now');
      const [row] = rows as { version: string; now: string }[];
      const between = (sent + Date.now()) / 2000;
      return [fine('database', `reachable, ${row?.version.split('-')[0]}`), ...clock('the database', Number(row?.now) - between)];
    } finally {
      await connection.end();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no answer';
    return [wrong('database', `cannot be reached (${code}): is the server of DATABASE_URL running, and are user and password right?`)];
  }
}

async function checkIssuer(auth: Configuration['auth']): Promise<Finding[]> {
  if (auth.jwks === null) return [fine('authorization', 'the development issuer: phi-gateway token makes its tokens')];
  if (!/^https?:/i.test(auth.jwks)) return [fine('authorization', 'keys from a file')];
  try {
    const sent = Date.now();
    const response = await fetch(auth.jwks, { signal: AbortSignal.timeout(5_000) });
    const { keys } = await response.json() as { keys?: unknown[] };
    if (!response.ok || !keys?.length) return [wrong('authorization', 'AUTH_JWKS does not answer with a JWK set')];
    const date = Date.parse(response.headers.get('date') ?? '');
    return [fine('authorization', `${keys.length} keys`), ...clock('the authorization server', (date - sent) / 1000)];
  } catch {
    return [wrong('authorization', 'AUTH_JWKS cannot be reached or holds no JSON')];
  }
}

function clock(other: string, seconds: number): Finding[] {
  if (!Number.isFinite(seconds)) return [];
  if (Math.abs(seconds) <= CLOCK_SECONDS) return [fine('clock', `agrees with ${other}`)];
  return [wrong('clock', `${Math.abs(Math.round(seconds))} s ${seconds > 0 ? 'behind' : 'ahead of'} ${other}: set it by NTP`)];
}

/** `phi-gateway doctor`: what is wrong with the installation and what to do; exit code 1 when anything is. */
export function register(program: Command): void {
  program
    .command('doctor')
    .summary('check configuration, database, keys and clock')
    .description('Checks configuration, keys, database, authorization server and clock. Each line says what is wrong and what to do.')
    .action(doctor);
}
