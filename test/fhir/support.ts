import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/entities/data-source';
import { TABLES } from '../../src/entities/tables';
import { importFiles, type ImportOptions } from '../../src/fhir/importer';
import { findFiles } from '../../src/fhir/read/find-files';
import type { ImportReport } from '../../src/fhir/report';
import { LabellingService } from '../../src/labelling/labelling-service';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import type { TestDatabase } from '../support/databases';

export type Resource = Record<string, unknown> & { resourceType: string };
export const LABELLING = LabellingService.load({ codeSetsDir: null });
/** The instant at which the tests import. */
export const NOW = '2026-06-30T12:00:00.000Z';
const SHARED = join(PACKAGE_ROOT, '..', 'shared', 'data');

/** A folder of outside data beside the checkout; null where it is not there: the test says so with `notRun`. */
export function sharedData(folder: string): string | null {
  const path = join(SHARED, folder);
  return existsSync(path) ? path : null;
}

/** A database with its tables, and files to import into it; `close` removes both. */
export class World {
  private constructor(private readonly database: TestDatabase, readonly source: DataSource, readonly folder: string) {}

  static async open(create: () => Promise<TestDatabase>): Promise<World> {
    const database = await create();
    const source = createDataSource(database.url);
    await source.initialize();
    await source.runMigrations();
    const folder = join(tmpdir(), `fhir-${randomBytes(6).toString('hex')}`);
    await mkdir(folder);
    return new World(database, source, folder);
  }
  /** An empty database again: to make one anew for every test takes MariaDB a second. */
  async clear(): Promise<void> {
    for (const each of Object.keys(TABLES)) if (!each.startsWith('audit_')) await this.source.query(`DELETE FROM \`${each}\``);
  }
  async close(): Promise<void> {
    await this.source.destroy();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async write(name: string, content: string | Buffer): Promise<string> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }
  async importPaths(paths: string[], options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    return importFiles(this.source, await findFiles(paths), { labelling: LABELLING, now: NOW, ...options });
  }
  private count = 0;
  /** Imports resources as one bundle. */
  async import(resources: Resource[], options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    this.count += 1;
    return this.importPaths([await this.write(`bundle-${this.count}.json`, JSON.stringify(bundle(resources)))], options);
  }
  async rows(table: string, where = '1 = 1'): Promise<Record<string, unknown>[]> {
    return await this.source.query(`SELECT * FROM ${table} WHERE ${where}`) as Record<string, unknown>[];
  }
  async row(table: string, id: string): Promise<Record<string, unknown>> {
    const [found] = await this.rows(table, `id = '${id}'`);
    if (!found) throw new Error(`${table} has no ${id}`);
    return found;
  }

  /** Every row of every table as one hash, and the number of rows: equal where two imports left the same. */
  async content(): Promise<{ rows: Record<string, number>; hash: string }> {
    const rows: Record<string, number> = {};
    const hash = createHash('sha256');
    for (const table of Object.values(TABLES)) {
      const order = table.primary.map((each) => `\`${each}\``).join(', ');
      const all = await this.source.query(`SELECT * FROM \`${table.name}\` ORDER BY ${order}`) as unknown[];
      rows[table.name] = all.length;
      // When who may see what last changed is the time of an import, so it is told apart from what was imported.
      hash.update(JSON.stringify(all, (key, value: unknown) => (key === 'standing_changed_at' ? undefined : value)));
    }
    return { rows, hash: hash.digest('hex') };
  }
}

export const bundle = (resources: Resource[]): unknown => ({
  resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource, request: { method: 'POST', url: resource.resourceType } })),
});

const concept = (display: string, code = 'x', system = 'http://example.org/codes'): unknown => ({ coding: [{ system, code, display }], text: display });
export const urn = (id: string): { reference: string } => ({ reference: `urn:uuid:${id}` });

/** Short ways to the resources that the tests are made of. */
export const make = {
  patient: (id: string, more: object = {}): Resource => ({ resourceType: 'Patient', id, name: [{ use: 'official', family: 'Roe', given: ['Jane'] }], birthDate: '1980-02-03', ...more }),
  practitioner: (id: string, npi: string): Resource => ({ resourceType: 'Practitioner', id, identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }], name: [{ family: 'Doe', given: ['A'] }] }),
  organization: (id: string, name: string, more: object = {}): Resource => ({ resourceType: 'Organization', id, name, identifier: [{ system: 'urn:org', value: id }], ...more }),
  encounter: (id: string, patient: string, more: object = {}): Resource => ({
    resourceType: 'Encounter', id, status: 'finished', class: { code: 'AMB' }, type: [concept('Office visit')], subject: urn(patient),
    period: { start: '2025-03-01T10:00:00Z', end: '2025-03-01T10:30:00Z' }, ...more,
  }),
  condition: (id: string, patient: string, display: string, more: object = {}): Resource => ({
    resourceType: 'Condition', id, clinicalStatus: concept('Active', 'active'), code: concept(display), subject: urn(patient), onsetDateTime: '2025-03-01', ...more,
  }),
  observation: (id: string, patient: string, more: object = {}): Resource => ({
    resourceType: 'Observation', id, status: 'final', code: concept('Body height', '8302-2', 'http://loinc.org'), subject: urn(patient), effectiveDateTime: '2025-03-01T10:05:00Z',
    valueQuantity: { value: 170, unit: 'cm' }, ...more,
  }),
  claim: (id: string, patient: string, more: object = {}): Resource => ({
    resourceType: 'Claim', id, status: 'active', type: { coding: [{ code: 'professional' }] }, patient: urn(patient), billablePeriod: { start: '2025-03-01', end: '2025-03-02' },
    total: { value: 100, currency: 'USD' }, insurance: [{ focal: true, coverage: { display: 'Acme Health' } }], ...more,
  }),
};
export { concept };
