import type { RecordType } from '../../vocabulary/records';
import { compileRecordRead } from '../compile/record-read';
import { runValues, statement, type Reading } from './reading';

/** Whether the caller sees a record at all: it is asked of ids that a caller names, so that one out of sight is answered as one that does not exist. */
export async function recordIsVisible(reading: Reading, type: RecordType, memberId: string, id: string): Promise<boolean> {
  const made = statement(reading, `visible:${type}`, () => compileRecordRead(reading.access, type, [], { kind: 'ONE' }, null));
  return made !== null && (await reading.database.rows(made.read, runValues(reading, [memberId, id], null))).length > 0;
}
