/** Records of one member: encounters with many records each, and loose ones; ids with characters that trip quoting and collation. */
import { CLASSES } from './classes';
import { RECORD_TYPE_NAMES } from './fields';
import { daysFrom } from './random-time';
import type { Cast } from './random-cast';
import type { Random } from './random';
import type { WorldRecord } from './world';

const ODD = ["'", '"', '%', '_', '\\', '--', ';', '😀', 'é', 'É', '.', 'A', 'a', '`', '${x}', '\u0301'];

function labels(random: Random, type: string): string[] {
  if (type === 'Document' && random.chance(0.2)) return ['PSYTHPN'];
  if (random.chance(0.45)) return [];
  return random.some(CLASSES, random.chance(0.75) ? 1 : random.integer(2, 3));
}

function record(random: Random, all: Cast, now: string, memberId: string, id: string, type: string): WorldRecord {
  const plan = random.chance(0.12);
  const borne = labels(random, type);
  return {
    id, memberId, type, encounterId: null,
    date: random.maybe(0.92, random.pick([daysFrom(now, -random.integer(1, 900)), daysFrom(now, -1), now, daysFrom(now, -800), daysFrom(now, -900)])),
    labels: borne, labelled: random.chance(0.93),
    authorId: random.maybe(0.7, random.pick(all.practitioners)),
    programId: borne.includes('PART2') ? random.maybe(0.6, random.pick(all.organizations.filter((one) => one.part2Program)).id) : null,
    governedBy: plan ? 'PLAN_AGREEMENT' : 'NOTICE', governingPlanId: plan ? random.maybe(0.9, random.pick(all.plans)) : null,
    payerId: type === 'Claim' ? random.maybe(0.85, random.pick(all.plans)) : null,
    legal: random.chance(0.06), withheld: random.chance(0.06),
    medicationReview: type === 'Document' && random.chance(0.5), cites: [],
  };
}

export function recordsOf(random: Random, all: Cast, now: string, memberId: string): WorldRecord[] {
  const records: WorldRecord[] = [];
  const used = new Set<string>();
  // Now and then the id before it with a space more, or in capitals: a database that folds either would take one for the other.
  const freshId = (): string => {
    const before = records[records.length - 1]?.id;
    const twin = before !== undefined && random.chance(0.15) ? random.pick([`${before} `, before.toUpperCase()]) : '';
    const id = twin !== '' && !used.has(twin) ? twin : `${memberId}-r${records.length}${random.chance(0.3) ? random.pick(ODD) : ''}`;
    used.add(id);
    return id;
  };
  const add = (type: string, encounterId: string | null): void => {
    const made = record(random, all, now, memberId, freshId(), type);
    made.encounterId = encounterId;
    if (records.length > 0 && random.chance(0.3)) made.cites = [random.pick(records).id];
    records.push(made);
  };
  for (let encounters = random.integer(0, 2); encounters > 0; encounters -= 1) {
    add('Encounter', null);
    const encounterId = records[records.length - 1]?.id ?? null;
    for (let count = random.integer(2, 5); count > 0; count -= 1) add(random.pick(RECORD_TYPE_NAMES.filter((type) => type !== 'Encounter')), encounterId);
  }
  for (let count = random.integer(2, 8); count > 0; count -= 1) add(random.pick(RECORD_TYPE_NAMES), null);
  return records;
}
