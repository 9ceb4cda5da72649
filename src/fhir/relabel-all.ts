import type { DataSource } from 'typeorm';
import { transact } from '../entities/transaction';
import type { LabellingService } from '../labelling/labelling-service';
import { Programs } from './programs';
import { relabelMember } from './relabel-member';

export interface RelabelOptions { labelling: LabellingService; programs: readonly string[]; memberId: string | null }
const PAGE = 100;

/** Labels the records of every member (or of one) again, some members a transaction. Answers how many members it found. */
export async function relabelAll(source: DataSource, { labelling, programs, memberId }: RelabelOptions): Promise<number> {
  let after = '';
  let count = 0;
  for (;;) {
    const rows = memberId !== null ? await source.query('SELECT id FROM member WHERE id = ?', [memberId]) as { id: string }[]
      : await source.query(`SELECT id FROM member WHERE id > ? ORDER BY id LIMIT ${PAGE}`, [after]) as { id: string }[];
    const ids = rows.map((each) => each.id);
    if (ids.length) {
      await transact(source, async (manager) => {
        const known = await Programs.load(manager, programs);
        for (const id of ids) await relabelMember(manager, id, { labelling, programs: known });
      });
    }
    count += ids.length;
    if (memberId !== null || ids.length < PAGE) return count;
    after = ids.at(-1) as string;
  }
}
