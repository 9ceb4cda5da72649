import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import { TABLES, tableNamed } from '../entities/tables';
import { object, type Json } from './json';
import { conditionalOf, keyOfText, literalOf, urnId } from './references';

/** What a reference leads to: a resource of this batch, or a row of an earlier one. */
export interface Target {
  type: string; id: string;
  /** The resource, where it stands in this batch or was kept. */ resource?: Json;
  /** PractitionerRole: whose role it is. */ practitionerId?: string;
  /** Organization: what it is. */ kind?: string;
  /** Coverage: the plan of its row. */ planId?: string;
  /** Conditions: their code as stored, for the diagnoses of claims. */ code?: { system: string | null; code: string | null; display: string | null };
}

/** Where the resources of a type went; what a reference can lead to at all. */
const TABLE_OF: Readonly<Record<string, string>> = {
  Patient: 'member', Practitioner: 'practitioner', Organization: 'organization', Coverage: 'coverage', Condition: 'condition_record', Encounter: 'encounter', Observation: 'observation',
  Procedure: 'procedure_record', MedicationRequest: 'medication', MedicationStatement: 'medication', AllergyIntolerance: 'allergy', Immunization: 'immunization',
  DiagnosticReport: 'diagnostic_report', DocumentReference: 'document', CarePlan: 'care_plan', Claim: 'claim', DetectedIssue: 'care_gap', MeasureReport: 'care_gap',
};
/** Types that are known by an alias alone: they have no row of their own. */
const BY_ALIAS = new Set(['PractitionerRole', 'RelatedPerson']);
const KEPT = new Set(['Medication']);
const DIRECTORY = new Set(['Practitioner', 'PractitionerRole', 'Organization']);
const MOST_REMEMBERED = 50_000;
const SLICE = 500;

export const isReferable = (type: string): boolean => Object.hasOwn(TABLE_OF, type) || BY_ALIAS.has(type) || KEPT.has(type);
const missKey = (key: string, type: string): string => `${key} ${type}`;

/**
 * Finds what references lead to: first in the batch at hand, then in everything imported before. Looking into the database is
 * asynchronous and done for a whole batch at once: a first reading notes what it missed, `lookUp` finds it, a second reading has it.
 */
export class Resolver {
  private batch = new Map<string, Target>();
  private found = new Map<string, Target>();
  private missing = new Set<string>();
  private missed = new Map<string, Set<string>>();
  /** Practitioners and organizations are named by every file; they are remembered across batches. */
  private directory = new Map<string, Target>();
  private absent = new Set<string>();

  startBatch(): void {
    this.batch = new Map();
    this.found = new Map();
    this.missing = new Set();
    this.missed = new Map();
  }

  /** Two resources of one bundle by one name: the name leads nowhere (null), rather than to the wrong one. */
  register(names: readonly string[], target: Target): void {
    for (const name of names) {
      const known = this.batch.get(name);
      if (known && known.id !== target.id && conditionalOf(name)) this.batch.set(name, { type: '', id: '' });
      else this.batch.set(name, target);
    }
    if (!DIRECTORY.has(target.type)) return;
    this.absent.clear();
    for (const name of names) this.directory.delete(name);
  }

  /** The target; null where there is none; undefined where the database has to be asked first (`lookUp`). */
  find(key: string, types: readonly string[]): Target | null | undefined {
    const here = this.batch.get(key) ?? this.found.get(key) ?? this.directory.get(key);
    if (here) return types.includes(here.type) ? here : null;
    const named = literalOf(key)?.type ?? conditionalOf(key)?.type;
    const wanted = (named ? types.filter((each) => each === named) : types).filter(isReferable);
    const unknown = wanted.filter((type) => !this.missing.has(missKey(key, type)) && !this.absent.has(missKey(key, type)));
    if (!unknown.length) return null;
    const asked = this.missed.get(key);
    if (asked) for (const type of unknown) asked.add(type);
    else this.missed.set(key, new Set(unknown));
    return undefined;
  }

  /** Notes the references of a resource that name their type, so that they are looked up before it is read. */
  expect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) this.expect(each);
      return;
    }
    for (const element in value) {
      const inner = (value as Json)[element];
      if (typeof inner === 'object') this.expect(inner);
      else if (element === 'reference' && typeof inner === 'string' && !inner.startsWith('urn:') && !inner.startsWith('#')) {
        const key = keyOfText(inner);
        const type = literalOf(key)?.type ?? conditionalOf(key)?.type;
        if (type) this.find(key, [type]);
      }
    }
  }

  /** Asks the database for everything that was missed since the last call. */
  async lookUp(manager: EntityManager): Promise<void> {
    const missed = this.missed;
    this.missed = new Map();
    const ids = new Map<string, Map<string, string[]>>();
    const aliases = new Map<string, Map<string, string[]>>();
    for (const [key, types] of missed) {
      const literal = literalOf(key);
      const conditional = conditionalOf(key);
      const id = literal?.id ?? urnId(key);
      for (const type of types) {
        if (id && !BY_ALIAS.has(type)) note(ids, type, id, key);
        if (!literal || BY_ALIAS.has(type)) note(aliases, type, conditional?.alias ?? id ?? key, key);
        if (!literal && !conditional && id !== key) note(aliases, type, key, key);
      }
    }
    for (const [type, keys] of ids) await this.byIds(manager, type, keys);
    for (const [type, keys] of aliases) await this.byAliases(manager, type, keys);
    for (const [key, types] of missed) for (const type of types) if (!this.found.has(key) && !this.directory.has(key)) {
      (DIRECTORY.has(type) ? this.absent : this.missing).add(missKey(key, type));
    }
    if (this.absent.size > MOST_REMEMBERED) this.absent.clear();
    if (this.directory.size > MOST_REMEMBERED) this.directory.clear();
  }

  private remember(keys: readonly string[], target: Target): void {
    for (const key of keys) (DIRECTORY.has(target.type) ? this.directory : this.found).set(key, target);
  }

  private async byIds(manager: EntityManager, type: string, keys: ReadonlyMap<string, string[]>): Promise<void> {
    if (KEPT.has(type)) return this.kept(manager, type, keys);
    const table = tableNamed(TABLE_OF[type] as string);
    const columns = ['id', ...(MORE[type] ?? [])].join(', ');
    for (const slice of slices([...keys.keys()])) {
      const rows = await manager.query(`SELECT ${columns} FROM ${table.name} WHERE id IN (${slice.map(() => '?').join(', ')})`, slice) as Record<string, string | null>[];
      for (const row of rows) {
        this.remember(keys.get(row.id as string) ?? [], { type, id: row.id as string, ...moreOf(type, row) });
      }
    }
  }

  private async kept(manager: EntityManager, type: string, keys: ReadonlyMap<string, string[]>): Promise<void> {
    for (const slice of slices([...keys.keys()])) {
      for (const row of await selectRows(manager, TABLES.source_resource, { source_type: type, source_id: slice })) {
        const resource = object(JSON.parse(row.content));
        if (resource) this.remember(keys.get(row.source_id) ?? [], { type, id: row.source_id, resource });
      }
    }
  }

  private async byAliases(manager: EntityManager, type: string, keys: ReadonlyMap<string, string[]>): Promise<void> {
    for (const slice of slices([...keys.keys()])) {
      for (const row of await selectRows(manager, TABLES.reference_alias, { type, alias: slice })) {
        if (!row.target_id) continue;
        const target: Target = type === 'PractitionerRole' ? { type, id: row.alias, practitionerId: row.target_id } : { type, id: row.target_id };
        this.remember(keys.get(row.alias) ?? [], target);
      }
    }
  }
}

/** What else is wanted of a row that a reference leads to. */
const MORE: Readonly<Record<string, readonly string[]>> = { Condition: ['code_system', 'code', 'code_display'], Coverage: ['plan_id'], Organization: ['kind'] };
function moreOf(type: string, row: Readonly<Record<string, string | null>>): Partial<Target> {
  if (type === 'Condition') return { code: { system: row.code_system ?? null, code: row.code ?? null, display: row.code_display ?? null } };
  if (type === 'Organization' && row.kind) return { kind: row.kind };
  return type === 'Coverage' && row.plan_id ? { planId: row.plan_id } : {};
}

function note(into: Map<string, Map<string, string[]>>, type: string, name: string, key: string): void {
  let ofType = into.get(type);
  if (!ofType) into.set(type, (ofType = new Map()));
  const keys = ofType.get(name);
  if (keys) keys.push(key);
  else ofType.set(name, [key]);
}

function slices<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += SLICE) parts.push(all.slice(start, start + SLICE));
  return parts;
}
