import { RECORD_TYPES, type RecordType } from '../../vocabulary/records';
import type { Purpose } from '../../vocabulary/purposes';
import type { Reason } from '../../vocabulary/reasons';
import { createAccess, NO_FACTS, type Access } from '../plan/access';
import { denialRead } from '../compile/denial-read';
import type { Withheld } from '../plan/verdicts';
import { padded, paddedSize, runValues, type Reading } from './reading';

/** The two denials of 164.524(a)(1) that a member, and a representative within scope, is told. */
const TOLD: readonly Reason[] = ['PSYCHOTHERAPY_NOTE', 'LEGAL_PROCEEDING'];
/** The purposes of one's own access: a denial of access is told to who asks for access. */
const ACCESS: readonly Purpose[] = ['PATRQT', 'FAMRQT', 'PWATRNY'];

/** The same caller without the two denials: what they would see of these records otherwise. */
function undenied(access: Access): Access {
  const clauses = access.clauses.map((each) => ({ ...each, prohibits: each.prohibits.filter((rule) => !TOLD.includes(rule.reason)) }));
  return createAccess(clauses, access.caller, NO_FACTS);
}

/** Lines for what a member or representative asked for and is denied under 164.524(a)(1), by the connection that they asked. */
export async function readOwnDenials(reading: Reading, types: readonly RecordType[]): Promise<Withheld[]> {
  const { role, purpose } = reading.access.profile;
  const members = [...reading.touched.members];
  if ((role !== 'MEMBER' && role !== 'PERSONAL_REPRESENTATIVE') || !ACCESS.includes(purpose) || members.length === 0 || types.length === 0) return [];
  const size = paddedSize(members.length);
  const read = denialRead(undenied(reading.access), types, size);
  const rows = read ? await reading.database.rows(read, runValues(reading, padded(members.slice(0, 200), size), null)) : [];
  return rows.flatMap(([place, note, legal]) => {
    const coordinate = `Member.${RECORD_TYPES[types[Number(place)] as RecordType].connection}`;
    return [...(Number(note) === 1 ? [{ coordinate, reason: TOLD[0] as Reason, clause: 'access' as const }] : []), ...(Number(legal) === 1 ? [{ coordinate, reason: TOLD[1] as Reason, clause: 'access' as const }] : [])];
  });
}
