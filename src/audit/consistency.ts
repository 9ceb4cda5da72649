import type { DataSource } from 'typeorm';
import { consistencyRanges, rootsOf } from './merkle';
import { hashesOf } from './read-chains';

/**
 * That the tree of a chain's first `size` records is the beginning of its tree of `later` records: RFC 6962, section 2.1.2, in
 * hexadecimal. Two checkpoints state the two roots. @throws Error where 0 < size <= later does not hold, or the chain is shorter
 */
export async function consistencyOf(source: DataSource, chain: string, size: number, later: number): Promise<string[]> {
  if (!(size > 0 && size <= later)) throw new Error('size: expected to be between 1 and the later size');
  return rootsOf(consistencyRanges(size, [0, later]), hashesOf(source, chain, later));
}
