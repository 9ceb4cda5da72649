import { list, object, text, type Json } from './json';
import type { Mapping } from './mapping';
import { organizationIdOf } from './references';

/** What files write where nobody but the member pays: no plan. */
const NO_PLAN = /^(no[\s_-]*insurance|un-?insured|none|self([\s_-]*(pay|paid|paying|payment|insured))?|cash|patient|out[\s_-]*of[\s_-]*pocket)$/i;

/** The plan that an organization reference names: by its id, or, where only a name is given, by an id that follows from the name. */
export function planOf(mapping: Mapping, value: unknown, path: string): string | null {
  const given = object(value);
  if (!given) return null;
  const name = text(given.display);
  if (name && NO_PLAN.test(name)) return null;
  const target = mapping.find(given, ['Organization', 'Patient', 'RelatedPerson'], path);
  if (target?.type === 'Organization') return ofOrganization(mapping, target.id, target.resource, name);
  if (target || [...mapping.unresolved.values()].some((each) => each.path === path)) return null;
  return name ? named(mapping, name) : null;
}

function ofOrganization(mapping: Mapping, id: string, resource: Json | undefined, name: string | null): string | null {
  const called = text(resource?.name) ?? name;
  if (called && NO_PLAN.test(called)) return null;
  if (!id) return called ? named(mapping, called) : null;
  mapping.plans.set(id, null);
  return id;
}

function named(mapping: Mapping, name: string): string {
  const id = organizationIdOf(name);
  mapping.plans.set(id, name);
  return id;
}

/** The payers of a Coverage; a type that says self-pay is none. */
export function payersOf(mapping: Mapping, coverage: Json, path: string): string[] {
  const payers = list(coverage.payor).length ? list(coverage.payor) : list(coverage.insurer);
  return [...new Set(payers.flatMap((each) => planOf(mapping, each, path) ?? []))];
}

/** The plan that a claim is billed to: the focal insurance's coverage, by whichever of its forms, else the insurer. */
export function billedTo(mapping: Mapping): string | null {
  const insurances = list(mapping.resource.insurance);
  const focal = insurances.find((each) => each.focal === true) ?? insurances[0];
  const coverage = object(focal?.coverage);
  if (coverage && (coverage.reference ?? coverage.identifier)) {
    const target = mapping.find(coverage, ['Coverage'], 'insurance.coverage');
    if (target?.resource) return payersOf(mapping, target.resource, 'insurance.coverage.payor')[0] ?? (text(coverage.display) ? namedIn(mapping, coverage) : null);
    if (target?.planId) return target.planId;
  }
  const insurer = planOf(mapping, mapping.resource.insurer, 'insurer');
  return insurer ?? (coverage ? namedIn(mapping, coverage) : null);
}

/** Many files give the coverage of a claim by the payer's name alone. */
function namedIn(mapping: Mapping, coverage: Json): string | null {
  const name = text(coverage.display);
  return name && !NO_PLAN.test(name) ? named(mapping, name) : null;
}
