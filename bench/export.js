// npm run bench:export: how many rows a bulk export of everything writes in a second, of one core of the process and by the clock.
// node bench/export.js [--members 3000] [--databases sqlite,mariadb] [--data workload,sample] [--formats gateway,fhir] [--rounds 1] [--heap MB] [--profile FOLDER]
// MariaDB: a database is made on the server of BENCH_URL or TEST_MYSQL_URL and dropped again.
const { execFileSync } = require('node:child_process');
const { mkdirSync, mkdtempSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { openDatabases, inProcess, measureStep, table, cells, CELLS } = require('./throughput');

const WHO = {
  'workforce, operations': { role: 'WORKFORCE', subject: 'bench-workforce', organization: { workload: 'org-phi', sample: 'org-phi' }, purpose: 'HOPERAT' },
  'health plan, payment': { role: 'HEALTH_PLAN', subject: 'bench-plan', organization: { workload: 'org-plan', sample: 'org-plan-a' }, purpose: 'HPAYMT' },
};

/** The workload of the bench (bench/seed.js): every member with 27 records; or our own sample, where most have ten that these callers see. */
const DATA = { workload: fillWorkload, sample: fillSample };

async function fillWorkload({ url, members }) {
  execFileSync(process.execPath, [join(__dirname, 'seed.js'), String(members)], { env: { ...process.env, BENCH_STEP: '', BENCH_URL: url }, stdio: 'inherit' });
  process.send({});
}

async function fillSample({ url, members, folder }) {
  const { createDataSource } = require('../dist/src/entities/data-source.js');
  const { importFiles } = require('../dist/src/fhir/importer.js');
  const { findFiles } = require('../dist/src/fhir/read/find-files.js');
  const { LabellingService } = require('../dist/src/labelling/labelling-service.js');
  const { generateBundles } = require('../dist/src/cli/sample/generate.js');
  const { writeNdjson } = require('../dist/src/cli/sample/write.js');
  const path = join(folder, 'sample');
  await writeNdjson(generateBundles(members, 1), path, () => undefined);
  const source = await createDataSource(url).initialize();
  await source.runMigrations();
  await importFiles(source, await findFiles([path]), { labelling: LabellingService.load({ codeSetsDir: null }) });
  await source.destroy();
  process.send({});
}

/** One export in a process of its own, as the command does it. */
async function exported({ url, keys, out, who, format, data }) {
  process.env.DATABASE_URL = url;
  process.env.KEYS_DIR = keys;
  const { loadConfiguration } = require('../dist/src/server/configuration.js');
  const { openDecided } = require('../dist/src/server/assemble.js');
  const { exportToFolder } = require('../dist/src/export/export-to-folder.js');
  const { readExportRequest } = require('../dist/src/export/request.js');
  const { principalOf } = require('../dist/src/identity/principal.js');
  const names = { role: 'role', organization: 'organization', purposes: 'purpose', practitioner: 'practitioner', members: 'member' };
  const { purpose } = WHO[who];
  const principal = principalOf({ sub: WHO[who].subject, role: WHO[who].role, organization: WHO[who].organization[data], purpose: [purpose], member: [] }, names);
  await measureStep(
    () => openDecided(loadConfiguration()),
    async (opened) => {
      const manifest = await exportToFolder({ gateway: opened.decided, principal, purpose, grant: null, request: readExportRequest({ format }), folder: out, stopping: () => false });
      return { rows: manifest.output.reduce((sum, each) => sum + each.count, 0), bytes: manifest.output.reduce((sum, each) => sum + each.bytes, 0), members: manifest.members.exported };
    },
    (opened) => opened.close(),
  );
}

async function main() {
  const { values: given } = parseArgs({ options: { members: { type: 'string', default: '3000' }, databases: { type: 'string', default: 'sqlite,mariadb' }, data: { type: 'string', default: 'workload,sample' }, rounds: { type: 'string', default: '1' }, formats: { type: 'string', default: 'gateway,fhir' }, heap: { type: 'string' }, profile: { type: 'string' } } });
  if (given.profile) mkdirSync(given.profile, { recursive: true });
  const rows = [];
  for (const data of given.data.split(',')) {
    const { folder, opened, close } = await openDatabases(given.databases.split(','));
    try {
      for (const database of opened) {
        await inProcess(__filename, { step: 'fill', data, url: database.url, members: Number(given.members), folder }, { database });
        for (let round = 0; round < Number(given.rounds); round++) for (const who of Object.keys(WHO)) for (const format of given.formats.split(',')) {
          const run = await inProcess(__filename, { step: 'export', data, url: database.url, keys: join(folder, 'keys'), out: mkdtempSync(join(folder, 'out-')), who, format }, { database, heap: given.heap, profile: given.profile });
          rows.push([data, who, format, database.name, run.members, ...cells(run.rows, run)]);
          process.stderr.write(`${rows.at(-1).join(' | ')}\n`);
        }
      }
    } finally {
      await close();
    }
  }
  process.stdout.write(`${table(['data', 'caller', 'format', 'database', 'members', 'rows', ...CELLS], rows)}\n`);
}
const STEPS = { fill: (step) => DATA[step.data](step), export: exported };
const given = process.env.BENCH_STEP ? JSON.parse(process.env.BENCH_STEP) : null;
(given ? STEPS[given.step](given) : main()).catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
