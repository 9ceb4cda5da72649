import { createHash } from 'node:crypto';
import type { Answer } from '../../query/run/shape';
import { ACT_CODE_SYSTEM, hl7CodesOf, isClass } from '../../vocabulary/sensitivity';

/** Elements of FHIR R4 resources, made of what an answer has: a cell that may not be seen is no element. */
export type Element = Readonly<Record<string, unknown>>;
export interface Resource extends Element { readonly resourceType: string; readonly id?: unknown }

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const EXTENSIONS = 'urn:phi-gateway:extension:';

export const isThere = (value: unknown): boolean => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
/** The elements that are there. */
export const present = (elements: Element): Element => Object.fromEntries(Object.entries(elements).filter(([, value]) => isThere(value)));
export const list = (value: unknown): readonly Answer[] => (Array.isArray(value) ? value as Answer[] : []);
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Why an element that R4 demands is not there (data-absent-reason). */
export const masked: Element = Object.freeze({ extension: [{ url: ABSENT, valueCode: 'masked' }] });
/** A demanded element that is an object: itself, or why it is not there. */
export const demanded = (value: Element | null): Element => value ?? masked;
/** A demanded element that is a primitive: itself, or an extension beside it. */
export const demandedPrimitive = (name: string, value: unknown): Element => (isThere(value) ? { [name]: value } : { [`_${name}`]: masked });

const SYSTEM = /^(https?:|urn:)/;
export function concept(code: unknown): Element | null {
  const { system, code: value, display } = (code ?? {}) as Answer;
  if (!isThere(value) && !isThere(display)) return null;
  const coding = present({ system: typeof system === 'string' && SYSTEM.test(system) ? system : null, code: value, display });
  return present({ coding: isThere(value) ? [coding] : null, text: display });
}

const ID = /^[A-Za-z0-9.-]{1,64}$/;
/** An id as R4 allows one; what is none, such as a pseudonym, is told by its SHA-256: the same for the same, wherever it is named. */
export const idOf = (id: unknown): string | null => (typeof id !== 'string' || id === '' ? null : ID.test(id) ? id : createHash('sha256').update(id).digest('hex'));
export const reference = (type: string, id: unknown): Element | null => (text(id) ? { reference: `${type}/${idOf(id) ?? ''}` } : null);
export const period = (start: unknown, end: unknown): Element | null => (isThere(start) || isThere(end) ? present({ start, end }) : null);
/** A code of a value set that is bound as required; what is none of its codes is not told as one. */
export const codeIn = (codes: readonly string[], value: unknown, otherwise: string | null = null): string | null =>
  (typeof value === 'string' && codes.includes(value) ? value : otherwise);
export const coded = (system: string, code: string | null): Element | null => (code === null ? null : { coding: [{ system, code }] });

/** Security labels as DS4P has them: R where the record reveals a special class, the HL7 codes of the classes. */
function security(labels: unknown): Element[] {
  const classes = (Array.isArray(labels) ? labels as string[] : []).filter(isClass);
  const codes = [...new Set(classes.flatMap((each) => hl7CodesOf(each)))];
  return [{ system: CONFIDENTIALITY, code: classes.length > 0 ? 'R' : 'N' }, ...codes.map((code) => ({ system: ACT_CODE_SYSTEM, code }))];
}

/** Amendments with what the member says to a denial: they travel with the record. */
const amendments = (answer: Answer): Element[] => list(answer['amendments']).map((each) => ({
  url: `${EXTENSIONS}amendment`,
  extension: Object.entries(each).filter(([, value]) => typeof value === 'string').map(([name, value]) => ({ url: name, valueString: value })),
}));

/** What every record's resource begins with. */
export function recordHead(resourceType: string, answer: Answer): Resource {
  const governed = answer['governedBy'] === 'PLAN_AGREEMENT' ? [{ url: `${EXTENSIONS}governed-by`, valueCode: 'PLAN_AGREEMENT' }] : [];
  return { resourceType, ...present({ id: idOf(answer['id']), meta: { security: security(answer['labels']) }, extension: [...governed, ...amendments(answer)] }) };
}
export const memberHead = (resourceType: string, id: unknown): Resource => ({ resourceType, ...present({ id: idOf(id) }), meta: { security: security([]) } });
export const extension = (name: string, value: Element): Element => ({ url: `${EXTENSIONS}${name}`, ...value });
