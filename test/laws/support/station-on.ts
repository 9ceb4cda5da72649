import type { TestDatabase } from '../../support/databases';
import type { World } from '../../oracle/world';
import { ENGINE } from './engine';
import { Laboratory, type Station } from './laboratory';
import { richRows } from './rich-rows';

/** The gateway over a database of its own that holds this world, from before the first test of the block until after its last. */
export function stationOn(create: () => Promise<TestDatabase>, world: World): () => Station {
  let opened: { database: TestDatabase; laboratory: Laboratory; station: Station } | undefined;
  beforeAll(async () => {
    const database = await create();
    const laboratory = await Laboratory.open(database.url);
    opened = { database, laboratory, station: laboratory.station(ENGINE) };
    await laboratory.load(richRows(world));
  }, 120_000);
  afterAll(async () => { await opened?.laboratory.close(); await opened?.database.drop(); });
  return () => { if (!opened) throw new Error('the database is not open yet'); return opened.station; };
}
