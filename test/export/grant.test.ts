import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportToFolder } from '../../src/export/export-to-folder';
import { readExportRequest } from '../../src/export/request';
import type { Principal } from '../../src/identity/caller';
import { NOW, openGrantWorld, type GrantWorld } from '../grants/grant-world';
import { testDatabases } from '../support/databases';

const CATEGORIES = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'] as const;
const CANARIES = /canary|555-|"(ann|plain|visit|bill|note|measured|said|pill|gap|cover)"|\/(ann|visit|measured)"/i;
const agent: Principal = { subject: 'agent', role: 'DISCLOSURE_RECIPIENT', organization: null, practitioner: null, member: null, purposes: ['HRESCH'], tokenId: null };

describe.each(testDatabases())('under a grant, $name', ({ create }) => {
  let world: GrantWorld;
  const folder = mkdtempSync(join(tmpdir(), 'grant-export-'));
  beforeAll(async () => { world = await openGrantWorld(await create()); });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['gateway', 'fhir'])('a limited data set has no identifier in any byte of the shape %s', async (format) => {
    const grant = await world.grant({ clause: 'research', elements: { basis: 'limited-data-set' }, categories: CATEGORIES, memberIds: ['ann', 'bob'] });
    const out = join(folder, format);
    const manifest = await exportToFolder({ gateway: world.decided, principal: agent, purpose: 'HRESCH', grant, request: readExportRequest({ format }), folder: out, stopping: () => false, clock: () => new Date(NOW) });
    const text = readdirSync(out).filter((each) => each.endsWith('.ndjson')).map((each) => readFileSync(join(out, each), 'utf8')).join('');
    expect(text).not.toMatch(CANARIES);
    expect(text).toContain('38341003');
    expect(text).toContain('1980-05-17');
    expect(manifest?.members).toEqual({ exported: 2, leftOut: 0 });
    const released = (await world.trail()).filter((each) => each.kind === 'EXPORT' && each.grant_id === grant && each.members !== '[]');
    expect(released.map((each) => JSON.parse(each.members) as string[])).toEqual([['ann', 'bob']]);
  });

  it('nothing without the grant, nor under another person\'s', async () => {
    const grant = await world.grant({ clause: 'research', elements: { basis: 'limited-data-set' }, categories: CATEGORIES, memberIds: ['ann'] });
    const asked = { gateway: world.decided, purpose: 'HRESCH' as const, request: readExportRequest({}), stopping: () => false, clock: () => new Date(NOW) };
    await expect(exportToFolder({ ...asked, principal: { ...agent, subject: 'stranger' }, grant, folder: join(folder, 'stranger') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await exportToFolder({ ...asked, principal: agent, grant: null, folder: join(folder, 'none') }))?.output).toEqual([]);
  });
});
