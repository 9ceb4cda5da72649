/** What a caller may see of a world, member by member, from the oracle alone. */
import { coordinatesOf } from '../../oracle/fields';
import { Oracle } from '../../oracle/oracle';
import type { World, WorldCaller, WorldRecord } from '../../oracle/world';
import { amendedField } from './rich-rows';

export interface MemberView {
  readonly fields: ReadonlySet<string>;
  readonly contact: string;
  /** Of each visible record its visible coordinates. */
  readonly records: ReadonlyMap<string, ReadonlySet<string>>;
  /** What the member or a representative is told of denials: by record type and reason. */
  readonly told: ReadonlySet<string>;
  /** The same as one text: two worlds are alike for a caller where these are. */
  readonly digest: string;
}

const OWN = ['MEMBER', 'PERSONAL_REPRESENTATIVE'];
const ACCESS = ['PATRQT', 'FAMRQT', 'PWATRNY'];
const isToldOf = (one: WorldRecord): boolean => one.legal || one.labels.includes('PSYTHPN');
const undenied = (world: World): World => ({ ...world, records: world.records.map((one) => ({ ...one, legal: false, labels: one.labels.filter((label) => label !== 'PSYTHPN') })) });

/** Amendments as the privacy office and the member see them. */
const amended = (fields: ReadonlySet<string>, { role }: WorldCaller, records: readonly WorldRecord[]): string[] =>
  (fields.has('Member.privacy') && role !== 'PERSONAL_REPRESENTATIVE' ? records.filter((one) => amendedField(one) !== null).map((one) => `${one.type} ${one.id}`).sort() : []);

/** Members that the caller reaches; what is not in the map does not exist for them. */
export function viewOf(world: World, caller: WorldCaller): ReadonlyMap<string, MemberView> {
  const oracle = new Oracle(world);
  const otherwise = OWN.includes(caller.role) && ACCESS.includes(caller.purpose) ? new Oracle(undenied(world)) : null;
  const recordsOf = new Map<string, WorldRecord[]>();
  for (const one of world.records) recordsOf.set(one.memberId, [...(recordsOf.get(one.memberId) ?? []), one]);
  const found = new Map<string, MemberView>();
  for (const { id } of world.members) {
    if (!oracle.reaches(caller, id)) continue;
    const seen = (type: string, recordId: string | null): Set<string> => new Set(coordinatesOf(type).filter((coordinate) => oracle.visible(caller, { memberId: id, recordId, coordinate })));
    const fields = seen('Member', null);
    const contact = oracle.contactView(caller, id);
    const records = new Map<string, ReadonlySet<string>>();
    const told = new Set<string>();
    for (const record of recordsOf.get(id) ?? []) {
      if (oracle.rowVisible(caller, id, record.id)) records.set(record.id, seen(record.type, record.id));
      if (otherwise && isToldOf(record) && otherwise.rowVisible(caller, id, record.id)) told.add(`${record.type} ${record.labels.includes('PSYTHPN')} ${record.legal}`);
    }
    const digest = JSON.stringify([[...fields], contact, [...records].map(([record, cells]) => [record, [...cells]]).sort(), [...told].sort(), amended(fields, caller, recordsOf.get(id) ?? [])]);
    found.set(id, { fields, contact, records, told, digest });
  }
  return found;
}
