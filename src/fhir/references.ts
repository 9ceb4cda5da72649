import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { object, text, type Json } from './json';

/** A reference of any form as one string, so that an index finds who waits for a target; `display` is all that some files give. */
export interface Reference { key: string; contained: string | null }

const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-._]{1,64})(?:\/_history\/[^/]+)?$/;
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(?:.*&)?identifier=([^&]+)/;
/** What a `line` column holds (src/entities/table.ts). */
const LONGEST = 255;

export const fits = (key: string): string => (key.length <= LONGEST ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`);
export const byId = (type: string, id: string): string => `${type}/${id}`;
export const byIdentifier = (type: string, system: string | null, value: string): string => fits(`${type}?identifier=${system ?? ''}|${value}`);

function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try { return decodeURIComponent(part); } catch { return part; }
}

/**
 * The reference that an element makes: `urn:uuid:…`, `Type/id` (absolute or not), `Type?identifier=system|value`, `#contained`, or
 * an identifier alone (its type, else `type`). Null where it refers to nothing.
 */
export function referenceOf(json: Json, type: string): Reference | null {
  const given = text(json.reference);
  if (given) return ofText(given);
  const identifier = object(json.identifier);
  const value = identifier && text(identifier.value);
  if (!value) return null;
  return { key: byIdentifier(text(json.type) ?? type, text(identifier.system), value), contained: null };
}

function ofText(given: string): Reference {
  if (given.startsWith('#')) return { key: given, contained: given.slice(1) };
  if (given.startsWith('urn:')) return { key: fits(given), contained: null };
  const conditional = CONDITIONAL.exec(given);
  if (conditional) {
    const [system, value] = splitToken(decoded(conditional[2] as string));
    return { key: byIdentifier(conditional[1] as string, system, value), contained: null };
  }
  const literal = LITERAL.exec(given);
  return { key: literal ? byId(literal[1] as string, literal[2] as string) : fits(given), contained: null };
}

function splitToken(token: string): [string | null, string] {
  const bar = token.indexOf('|');
  return bar < 0 ? [null, token] : [token.slice(0, bar) || null, token.slice(bar + 1)];
}

export const keyOfText = (reference: string): string => ofText(reference).key;

/** The type and id of a literal reference; null for the other forms. */
export function literalOf(key: string): { type: string; id: string } | null {
  const literal = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-._]{1,64})$/.exec(key);
  return literal ? { type: literal[1] as string, id: literal[2] as string } : null;
}
export const urnId = (key: string): string | null => (key.startsWith('urn:uuid:') || key.startsWith('urn:oid:') ? key.slice(key.indexOf(':', 4) + 1) : null);
export const conditionalOf = (key: string): { type: string; alias: string } | null => {
  const at = key.indexOf('?identifier=');
  return at > 0 ? { type: key.slice(0, at), alias: key.slice(at + '?identifier='.length) } : null;
};

/** Every key by which other resources can name this one. */
export function namesOf(resource: Json, id: string, fullUrl: string | null): string[] {
  const type = resource.resourceType as string;
  const names = [byId(type, id), `urn:uuid:${id}`];
  if (fullUrl && fullUrl !== names[1]) names.push(ofText(fullUrl).key);
  for (const alias of identifiersOf(resource)) names.push(fits(`${type}?identifier=${alias}`));
  return names;
}

/** The identifiers of a resource as `system|value`. */
export function identifiersOf(resource: Json): string[] {
  const given = resource.identifier;
  const identifiers = Array.isArray(given) ? given : given ? [given] : [];
  return identifiers.flatMap((each) => {
    const identifier = object(each);
    const value = identifier && text(identifier.value);
    return value ? [`${text(identifier.system) ?? ''}|${value}`] : [];
  });
}

/** Every claim names its payer. */
const NAMED_ORGANIZATIONS = new LRUCache<string, string>({ max: 1_000 });

/** The stable id of an organization known only by its name (interface: "Imported FHIR"). */
export function organizationIdOf(name: string): string {
  const known = NAMED_ORGANIZATIONS.get(name);
  if (known) return known;
  const id = `org-${createHash('sha256').update(name.normalize('NFC').trim().toLowerCase()).digest('hex').slice(0, 32)}`;
  NAMED_ORGANIZATIONS.set(name, id);
  return id;
}
