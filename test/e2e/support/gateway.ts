import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { createDataSource } from '../../../src/entities/data-source';
import { importFiles } from '../../../src/fhir/importer';
import { findFiles } from '../../../src/fhir/read/find-files';
import type { ImportReport } from '../../../src/fhir/report';
import { LabellingService } from '../../../src/labelling/labelling-service';
import { assemble, type Assembled } from '../../../src/server/assemble';
import { loadConfiguration } from '../../../src/server/configuration';
import type { Purpose } from '../../../src/vocabulary/purposes';
import type { Role } from '../../../src/vocabulary/roles';
import type { TestDatabase } from '../../support/databases';
import { AUDIENCE, ISSUER, keySetOf, makeKey } from '../../support/tokens';

/** The gateway as it is served: its own database, HTTP on a free loopback port, an authorization server in the test's hand. */

/** Who asks. The token permits the purposes; the header names the first one, unless `header` says otherwise (null: no header). */
export interface Asker {
  readonly role: Role; readonly purposes: readonly Purpose[]; readonly header?: string | null; readonly subject?: string;
  readonly organization?: string; readonly practitioner?: string; readonly member?: string; readonly reason?: string; readonly grant?: string;
}
export interface Withheld { readonly coordinate: string; readonly reason: string; readonly clause: string | null }
export interface Answer {
  readonly status: number; readonly headers: Headers; readonly text: string; readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly path?: readonly string[]; readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly privacy: { readonly purposeOfUse: string; readonly noticeVersion: string; readonly auditId: string; readonly withheld: readonly Withheld[]; readonly obligations: readonly { readonly code: string; readonly text: string }[] };
}
export interface Served {
  readonly url: string;
  /** Keys and checkpoints of this node. */
  readonly folder: string;
  readonly assembled: Assembled;
  readonly imported: ImportReport;
  /** How far the clock of the gateway, and of the tokens, is ahead. */
  readonly clock: { ahead: number };
  token(asker: Asker): Promise<string>;
  ask(asker: Asker, query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
}
export interface ServeOptions { readonly paths?: readonly string[]; readonly env?: Readonly<Record<string, string>>; /** A second node of this one's deployment: the same keys. */ readonly beside?: Served }

const key = makeKey('ES256');

/** Brings an empty database to the schema and imports what lies at the paths. */
export async function fill(database: TestDatabase, paths: readonly string[]): Promise<ImportReport> {
  const source = await createDataSource(database.url).initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
    return await importFiles(source, await findFiles([...paths]), { labelling: LabellingService.load({}) });
  } finally {
    await source.destroy();
  }
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = JSON.parse(text) as { data?: unknown; errors?: Answer['errors']; extensions?: { privacy?: Answer['privacy'] } };
  const none = { purposeOfUse: '', noticeVersion: '', auditId: '', withheld: [], obligations: [] };
  return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors ?? [], privacy: body.extensions?.privacy ?? none };
}

export async function serve(database: TestDatabase, { paths = [], env = {}, beside }: ServeOptions = {}): Promise<Served> {
  const imported = await fill(database, paths);
  const folder = beside?.folder ?? mkdtempSync(join(tmpdir(), 'e2e-'));
  const jwks = join(folder, 'jwks.json');
  writeFileSync(jwks, JSON.stringify(await keySetOf([{ publicKey: key.publicKey, kid: 'one' }])));
  const clock = { ahead: 0 };
  const now = (): Date => new Date(Date.now() + clock.ahead);
  const configuration = loadConfiguration({
    PORT: '0', DATABASE_URL: database.url, KEYS_DIR: join(folder, 'keys'), AUDIT_CHECKPOINT_DIR: join(folder, 'checkpoints'), EXPORT_DIR: join(folder, 'exports'), AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS: jwks, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'silent', ...env,
  });
  const assembled = await assemble(configuration, { clock: now });
  const { url } = await assembled.gateway.start();
  const token = (asker: Asker): Promise<string> => mint(asker, now());
  return {
    url, folder, assembled, imported, clock, token,
    async ask(asker, query, variables) {
      return readAnswer(await fetch(`${url}/graphql`, { method: 'POST', headers: headersOf(asker, await token(asker)), body: JSON.stringify({ query, ...(variables ? { variables } : {}) }) }));
    },
    async close() {
      await assembled.gateway.stop();
      await assembled.close();
      if (!beside) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function headersOf(asker: Asker, token: string): Record<string, string> {
  const header = asker.header === undefined ? asker.purposes[0] : asker.header;
  return {
    authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/graphql-response+json', ...(header ? { 'x-purpose-of-use': header } : {}),
    ...(asker.reason === undefined ? {} : { 'x-break-glass-reason': encodeURIComponent(asker.reason) }), ...(asker.grant === undefined ? {} : { 'x-grant': asker.grant }),
  };
}

function mint(asker: Asker, at: Date): Promise<string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const claims = {
    role: asker.role, purpose_of_use: asker.purposes, ...(asker.organization ? { org_id: asker.organization } : {}),
    ...(asker.practitioner ? { practitioner_id: asker.practitioner } : {}), ...(asker.member ? { member_ids: [asker.member] } : {}),
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' }).setIssuer(ISSUER).setAudience(AUDIENCE)
    .setSubject(asker.subject ?? `sub-${asker.role.toLowerCase()}`).setIssuedAt(seconds).setExpirationTime(seconds + 900).sign(key.privateKey);
}

/** What lies at a dotted path below a value; undefined where the path ends before. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((found, key) => (typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined), value);
export const listAt = (value: unknown, path: string): readonly unknown[] => { const found = at(value, path); return Array.isArray(found) ? found : []; };

/** The answer's data at a path, where nothing went wrong; else the test fails with what did. */
export function dataOf(answer: Answer, path: string): unknown {
  if (answer.status !== 200 || answer.errors.length > 0) throw new Error(`${answer.status} ${answer.text}`);
  return at(answer.data, path);
}
export const codeOf = (answer: Answer): unknown => answer.errors[0]?.extensions.code;
