import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { generateBundles } from '../../src/cli/sample/generate';
import { sqliteDatabase } from '../support/databases';
import { World } from './support';

jest.setTimeout(300_000);
const MEMBERS = 3_000;
const MEGABYTE = 1024 * 1024;
/** What may come and go with the garbage collector; the file and its rows held in memory would take several times as much. */
const BOUND = 150 * MEGABYTE;
const average = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

test(`${MEMBERS} members in one file are imported at constant memory`, async () => {
  const world = await World.open(sqliteDatabase);
  try {
    const path = join(world.folder, 'all.ndjson');
    const stream = createWriteStream(path);
    for (const bundle of generateBundles(MEMBERS, 7)) if (!stream.write(`${JSON.stringify(bundle)}\n`)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    const resident: number[] = [];
    const started = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    const report = await world.importPaths([path], { onProgress: () => { resident.push(process.memoryUsage().rss); } });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const { user, system } = process.cpuUsage(cpu);
    const perCore = report.resources / ((user + system) / 1e6);
    process.stdout.write(`${report.resources} resources in ${seconds.toFixed(1)} s: ${Math.round(report.resources / seconds)} a second, ${Math.round(perCore)} a second of processor time; `
      + `resident memory ${resident.map((each) => Math.round(each / MEGABYTE)).join(' ')} MB\n`);
    expect(report.members).toBe(MEMBERS);
    expect(resident.length).toBeGreaterThan(4);
    const half = Math.floor(resident.length / 2);
    expect(average(resident.slice(half)) - average(resident.slice(1, half + 1))).toBeLessThan(BOUND);
  } finally {
    await world.close();
  }
});
