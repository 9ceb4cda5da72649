import { toldRecipient, type Recipient } from '../../vocabulary/recipients';
import { openedRead, overriddenRead } from '../compile/obligation-read';
import type { CompiledRead } from '../compile/sql';
import { chunksOf, padded, paddedSize, runValues, type Reading } from './reading';

/** What goes with an answer (HL7 v3 ActCode obligations and refrains; policy section 8). */
export interface Obligation { readonly code: string; readonly text: string; readonly authorizations?: readonly OpenedBy[] }
/** The authorization that opened a Part 2 record: its copy accompanies the disclosure (42 CFR 2.32). */
export interface OpenedBy { readonly id: string; readonly classes: unknown; readonly purposes: unknown; readonly recipients: unknown; readonly end: string | null }

/** 42 CFR 2.32(a), the short form that the regulation provides. */
const PART2_STATEMENT = '42 CFR part 2 prohibits unauthorized use or disclosure of these records.';
const OVERRIDDEN = 'A restriction that the member asked for was overridden for this emergency: do not use or disclose further (45 CFR 164.522(a)(1)(iv)).';

const run = async (reading: Reading, ids: readonly string[], key: string, make: (size: number) => CompiledRead) =>
  (await Promise.all(chunksOf(ids).map((chunk) => reading.database.rows(make(paddedSize(chunk.length)), runValues(reading, padded(chunk, paddedSize(chunk.length)), null))))).flat();

/** The obligations of what was read. Members are told nothing of the kind about their own record. */
export async function readObligations(reading: Reading): Promise<Obligation[]> {
  const { profile } = reading.access;
  const found: Obligation[] = [];
  if (profile.role === 'MEMBER') return found;
  if (reading.touched.part2Members.size > 0) {
    const rows = await run(reading, [...reading.touched.part2Members], 'opened', (size) => openedRead(reading.access, size));
    const authorizations = rows.map(([id, classes, purposes, recipients, end]) => ({ id: String(id), classes: JSON.parse(String(classes)) as unknown, purposes: JSON.parse(String(purposes)) as unknown, recipients: (JSON.parse(String(recipients)) as Recipient[]).map(toldRecipient), end: end === null ? null : String(end) }));
    found.push({ code: 'NORDSCLCD', text: PART2_STATEMENT, ...(authorizations.length > 0 ? { authorizations } : {}) });
  }
  if (profile.purpose === 'ETREAT' && reading.touched.members.size > 0) {
    const rows = await run(reading, [...reading.touched.members], 'overridden', (size) => overriddenRead(reading.access, size));
    if (rows.some(([count]) => Number(count) > 0)) found.push({ code: 'NODSCLCD', text: OVERRIDDEN });
  }
  return found;
}
