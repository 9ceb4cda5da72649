/** The random worlds: repeatable, rich in both answers; and laws that the oracle keeps on all of them. */
import { allCells, randomCaller, randomWorld } from './random-world';
import { contactView, reaches, refusal, rowVisible, visible } from './oracle';
import type { World, WorldCaller } from './world';

const WORLDS = 40;
const CALLERS = 40;

function everyPair(check: (world: World, caller: WorldCaller) => void): void {
  for (let seed = 0; seed < WORLDS; seed += 1) {
    const world = randomWorld(seed);
    for (let index = 0; index < CALLERS; index += 1) check(world, randomCaller(world, seed * CALLERS + index));
  }
}

test('the same seed gives the same world and caller', () => {
  expect(randomWorld(7)).toEqual(randomWorld(7));
  expect(randomWorld(7)).not.toEqual(randomWorld(8));
  expect(randomCaller(randomWorld(7), 3)).toEqual(randomCaller(randomWorld(7), 3));
});

test('ids are unique, and members are 4 to 12', () => {
  for (let seed = 0; seed < WORLDS; seed += 1) {
    const world = randomWorld(seed);
    expect(new Set(world.records.map((one) => one.id)).size).toBe(world.records.length);
    expect(world.members.length).toBeGreaterThanOrEqual(4);
    expect(world.members.length).toBeLessThanOrEqual(12);
  }
});

test('each role that sees cells at all sees many and misses many; a million decisions take seconds', () => {
  const counts = new Map<string, { seen: number; hidden: number }>();
  let decisions = 0;
  const started = process.hrtime.bigint();
  everyPair((world, caller) => {
    const count = counts.get(caller.role) ?? { seen: 0, hidden: 0 };
    for (const cell of allCells(world)) {
      decisions += 1;
      if (visible(world, caller, cell)) count.seen += 1;
      else count.hidden += 1;
    }
    counts.set(caller.role, count);
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  expect(decisions / seconds).toBeGreaterThan(1_000_000 / 60);
  for (const [role, { seen, hidden }] of counts) {
    expect(hidden).toBeGreaterThan(1000);
    if (role === 'AUDITOR') expect(seen).toBe(0);
    else expect(seen).toBeGreaterThan(300);
  }
});

test('a refused caller reaches nobody, who is out of reach has no cells, and administrative cells follow their row', () => {
  everyPair((world, caller) => {
    const refused = refusal(world, caller) !== null;
    for (const { id } of world.members) {
      if (refused) expect(reaches(world, caller, id)).toBe(false);
      if (contactView(world, caller, id) !== 'NOTHING') expect(visible(world, caller, { memberId: id, recordId: null, coordinate: 'Member.contact' })).toBe(true);
    }
    for (const record of world.records) {
      const shown = rowVisible(world, caller, record.memberId, record.id);
      const cell = { memberId: record.memberId, recordId: record.id, coordinate: `${record.type}.id` };
      if (shown !== visible(world, caller, cell) || (shown && !reaches(world, caller, record.memberId))) throw new Error(`Row and cell differ: ${record.id}`);
    }
  });
});

test('BTG and ETREAT are one purpose', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const world = randomWorld(seed);
    const cells = allCells(world);
    for (const role of ['NURSE', 'PHARMACIST', 'EXTERNAL_PROVIDER', 'HIE_PARTICIPANT']) {
      const caller = { ...randomCaller(world, seed), role, purpose: 'ETREAT', practitionerId: world.careTeam[0]?.practitionerId ?? null };
      const other = { ...caller, purpose: 'BTG' };
      expect(cells.filter((cell) => visible(world, caller, cell) !== visible(world, other, cell))).toEqual([]);
    }
  }
});
