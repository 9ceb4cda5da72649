// npm run bench:import: how many resources are imported and labelled in a second, of one core of the process and by the clock, the first time and again.
// node bench/import.js [--members 1000] [--databases sqlite,mariadb] [--rounds 1] [--data sample,synthea,many] [--heap MB] [--profile FOLDER]
// MariaDB: a database is made on the server of BENCH_URL or TEST_MYSQL_URL and dropped again. The patients of ../shared/data are read where they lie;
// `many` has them several times, in a temporary folder.
const { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { parseArgs } = require('node:util');
const { gunzipSync, gzipSync } = require('node:zlib');
const { openDatabases, inProcess, measureStep, table, cells, CELLS } = require('./throughput');

const OUTSIDE = join(__dirname, '..', '..', 'shared', 'data', 'synthea-dev');

/** What is imported: our own sample, one file a type (as bulk exports have it) and one file a member, and Synthea's patients. */
async function dataSets(folder, members, names) {
  const { generateBundles } = require('../dist/src/cli/sample/generate.js');
  const { writeBundles, writeNdjson } = require('../dist/src/cli/sample/write.js');
  const sets = [];
  if (names.includes('sample')) {
    await writeNdjson(generateBundles(members, 1), join(folder, 'ndjson'), () => undefined);
    await writeBundles(generateBundles(members, 1), join(folder, 'bundles'), () => undefined);
    sets.push({ name: `sample, ${members} members, NDJSON`, path: join(folder, 'ndjson') }, { name: `sample, ${members} members, a bundle each`, path: join(folder, 'bundles') });
  }
  if (!existsSync(OUTSIDE)) return sets;
  if (names.includes('synthea')) sets.push({ name: 'Synthea, 60 patients, a bundle each, .gz', path: OUTSIDE });
  if (names.includes('many')) sets.push({ name: `Synthea, the same ${COPIES} times over under other ids`, path: copies(join(folder, 'many')) });
  return sets;
}

const COPIES = 6;
/** The same patients several times, each time as other people: 60 are over before the compiler of the runtime has warmed up. */
function copies(folder) {
  mkdirSync(folder);
  for (const file of readdirSync(OUTSIDE).filter((each) => /\.json\.gz$/.test(each))) {
    const text = gunzipSync(readFileSync(join(OUTSIDE, file))).toString('utf8');
    const own = /"resourceType":"Patient"/.test(text) ? new Set([...text.matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id]) => id)) : new Set();
    for (let copy = 0; copy < (own.size > 0 ? COPIES : 1); copy++) {
      const renamed = text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => (copy > 0 && own.has(id) ? `${String(copy).padStart(8, '0')}${id.slice(8)}` : id));
      writeFileSync(join(folder, `${basename(file, '.json.gz')}-${copy}.json.gz`), gzipSync(renamed));
    }
  }
  return folder;
}

/** One import in a process of its own. */
async function step({ url, path }) {
  const { createDataSource } = require('../dist/src/entities/data-source.js');
  const { importFiles } = require('../dist/src/fhir/importer.js');
  const { findFiles } = require('../dist/src/fhir/read/find-files.js');
  const { LabellingService } = require('../dist/src/labelling/labelling-service.js');
  await measureStep(
    async () => {
      const source = await createDataSource(url).initialize();
      await source.runMigrations();
      return { source, labelling: LabellingService.load({ codeSetsDir: null }) };
    },
    async ({ source, labelling }) => {
      const report = await importFiles(source, await findFiles([path]), { labelling });
      if (report.broken.length > 0) throw new Error(report.broken[0].reason);
      return { resources: report.resources };
    },
    ({ source }) => source.destroy(),
  );
}

async function main() {
  const { values: given } = parseArgs({ options: { members: { type: 'string', default: '1000' }, databases: { type: 'string', default: 'sqlite,mariadb' }, rounds: { type: 'string', default: '1' }, data: { type: 'string', default: 'sample,synthea,many' }, heap: { type: 'string' }, profile: { type: 'string' } } });
  if (given.profile) mkdirSync(given.profile, { recursive: true });
  const shared = await openDatabases([]);
  const rows = [];
  try {
    for (const data of await dataSets(shared.folder, Number(given.members), given.data.split(','))) for (let round = 0; round < Number(given.rounds); round++) {
      const { opened, close } = await openDatabases(given.databases.split(','));
      try {
        for (const database of opened) for (const time of ['first', 'again']) {
          const run = await inProcess(__filename, { step: `import-${time}`, url: database.url, path: data.path }, { database, heap: given.heap, profile: given.profile });
          rows.push([data.name, database.name, time, ...cells(run.resources, run)]);
          process.stderr.write(`${rows.at(-1).join(' | ')}\n`);
        }
      } finally {
        await close();
      }
    }
  } finally {
    await shared.close();
  }
  process.stdout.write(`${table(['data', 'database', 'import', 'resources', ...CELLS], rows)}\n`);
}
const work = process.env.BENCH_STEP ? step(JSON.parse(process.env.BENCH_STEP)) : main();
work.catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
