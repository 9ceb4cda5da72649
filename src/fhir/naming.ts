import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { BrokenResource } from './broken';
import { text, type Json } from './json';
import { MAPPERS } from './map';
import type { Entry } from './read/read-resources';
import { namesOf } from './references';

/** What a resource is called: its type and id, and every key by which references name it. */
export interface Named { readonly type: string; readonly id: string; readonly names: readonly string[] }

const ID = /^[A-Za-z0-9\-._]{1,64}$/;

/** The id of a resource: its own, else the one of its fullUrl, else one that follows from what it says. */
function idOf(resource: Json, fullUrl: string | null): string {
  const own = resource.id;
  if (own !== undefined && (typeof own !== 'string' || !ID.test(own))) throw new BrokenResource(String(resource.resourceType), 'id', 'an id of FHIR');
  if (typeof own === 'string') return own;
  const urn = /^urn:uuid:([A-Za-z0-9\-._]{1,64})$/.exec(fullUrl ?? '')?.[1];
  return urn ?? createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 40);
}

const NAMED = new WeakMap<Json, Named>();
/** Worked out once for a resource of a file. @throws BrokenResource for an id that is none */
export function namedOf(resource: Json, fullUrl: string | null): Named {
  const known = NAMED.get(resource);
  if (known) return known;
  const id = idOf(resource, fullUrl);
  const made = { type: resource.resourceType as string, id, names: namesOf(resource, id, fullUrl) };
  NAMED.set(resource, made);
  return made;
}

/**
 * The resources of several files on their way into one batch. Each file is read as if it came alone: what a name leads to, and which of two
 * resources of one id stands, must not depend on which files are written together.
 */
export class Together {
  private readonly owners = new Map<string, Entry>();

  /**
   * Takes up the entries of the next file: those to be written, without what an earlier file said in the same words (which counts it).
   * Null where a name is another resource's already: what was taken up before has to be written first.
   */
  take(entries: readonly Entry[]): Entry[] | null {
    const own: Entry[] = [];
    const again: Entry[] = [];
    for (const entry of entries) {
      const said = isNamed(entry) ? this.saidBefore(entry) : null;
      if (said === 'OTHERWISE') return null;
      if (said === null) own.push(entry);
      else again.push(said);
    }
    for (const each of again) each.repeats = (each.repeats ?? 0) + 1;
    for (const entry of own) if (isNamed(entry)) for (const name of namedOf(entry.resource, entry.fullUrl).names) this.owners.set(name, entry);
    return own;
  }
  forget(): void { this.owners.clear(); }

  private saidBefore(entry: Entry & { readonly resource: Json }): Entry | 'OTHERWISE' | null {
    const { names } = namedOf(entry.resource, entry.fullUrl);
    const owner = this.owners.get(names[0] as string);
    if (names.some((name) => this.owners.get(name) !== owner)) return 'OTHERWISE';
    if (owner === undefined) return null;
    return owner.fullUrl === entry.fullUrl && isDeepStrictEqual(owner.resource, entry.resource) ? owner : 'OTHERWISE';
  }
}

const isNamed = (entry: Entry): entry is Entry & { readonly resource: Json } => Boolean(entry.resource && MAPPERS[text(entry.resource.resourceType) ?? '']);
