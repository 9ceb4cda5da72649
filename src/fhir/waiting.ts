import type { EntityManager } from 'typeorm';
import type { Json } from './json';
import type { Mapping } from './mapping';
import { marks, slices, upsert } from './write/upsert';

export interface Waiting { resource: Json; type: string; id: string }
const PAGE = 2000;

/**
 * What is waited for, in memory as long as it is little (files name the same few practitioners over and over), so that a batch need not
 * ask the database whether somebody waits for each of its resources.
 */
export class Awaited {
  private static readonly MOST = 100_000;
  private constructor(private references: Set<string> | null) {}

  static async load(manager: EntityManager): Promise<Awaited> {
    const rows = await manager.query(`SELECT DISTINCT reference FROM unresolved_reference LIMIT ${Awaited.MOST + 1}`) as { reference: string }[];
    return new Awaited(rows.length > Awaited.MOST ? null : new Set(rows.map((each) => each.reference)));
  }
  add(mappings: readonly Mapping[]): void {
    for (const mapping of mappings) for (const each of mapping.unresolved.values()) this.references?.add(each.reference);
    if (this.references && this.references.size > Awaited.MOST) this.references = null;
  }
  /** Those of the names that somebody may wait for. */
  among(names: readonly string[]): string[] { return this.references ? names.filter((each) => this.references?.has(each)) : [...names]; }
}

/** Keeps what a batch could not resolve, and the resources that wait for it; forgets what it has resolved since. */
export async function writeWaiting(manager: EntityManager, mappings: readonly Mapping[], stale: readonly Mapping[]): Promise<void> {
  const byType = new Map<string, string[]>();
  for (const each of stale) byType.set(each.type, [...(byType.get(each.type) ?? []), each.id]);
  for (const [type, ids] of byType) for (const slice of slices(ids)) {
    await manager.query(`DELETE FROM unresolved_reference WHERE source_type = ? AND source_id IN (${marks(slice)})`, [type, ...slice]);
    await manager.query(`DELETE FROM source_resource WHERE source_type = ? AND source_id IN (${marks(slice)})`, [type, ...slice]);
  }
  await upsert(manager, 'unresolved_reference', mappings.flatMap((mapping) => [...mapping.unresolved.values()].map((each) => ({
    source_type: mapping.type, source_id: mapping.id, path: each.path, reference: each.reference, member_id: mapping.memberId,
  }))));
  await upsert(manager, 'source_resource', mappings.filter((each) => each.waits || each.type === 'Medication').map((each) => ({
    source_type: each.type, source_id: each.id, content: JSON.stringify(each.resource),
  })));
}

/** The kept resources that wait for one of these names, a page at a time. */
export async function* waitingFor(manager: EntityManager, names: readonly string[]): AsyncGenerator<Waiting[]> {
  const sources = new Map<string, { source_type: string; source_id: string }>();
  for (const slice of slices(names)) {
    const rows = await manager.query(`SELECT DISTINCT source_type, source_id FROM unresolved_reference WHERE reference IN (${marks(slice)})`, slice) as { source_type: string; source_id: string }[];
    for (const each of rows) sources.set(`${each.source_type}/${each.source_id}`, each);
  }
  for (const page of slices([...sources.values()], PAGE)) yield await contentsOf(manager, page);
}

async function contentsOf(manager: EntityManager, page: readonly { source_type: string; source_id: string }[]): Promise<Waiting[]> {
  const byType = new Map<string, string[]>();
  for (const each of page) byType.set(each.source_type, [...(byType.get(each.source_type) ?? []), each.source_id]);
  const found: Waiting[] = [];
  for (const [type, ids] of byType) for (const slice of slices(ids)) {
    const rows = await manager.query(`SELECT source_id, content FROM source_resource WHERE source_type = ? AND source_id IN (${marks(slice)})`, [type, ...slice]) as { source_id: string; content: string }[];
    for (const each of rows) found.push({ type, id: each.source_id, resource: JSON.parse(each.content) as Json });
  }
  return found;
}
