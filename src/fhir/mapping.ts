import type { AuthorizationRow, RestrictionRow } from '../entities/tables/privacy';
import type { LabellingService } from '../labelling/labelling-service';
import type { TableName } from '../entities/tables';
import type { LabelInput } from '../labelling/labels';
import type { RecordType } from '../vocabulary/records';
import { codeColumns, codingsOf, revealing } from './codes';
import { list, object, text, type Json } from './json';
import { literalOf, referenceOf, urnId } from './references';
import type { Resolver, Target } from './resolver';

export type Cell = string | number | null;
export type Cells = Record<string, Cell>;
export interface TableRow { table: TableName; row: Cells }

/** What a record's own labels come from, kept so that they can be found again after the code sets changed. */
export interface LabelSource extends LabelInput {
  /** Practitioners who recorded, authored or asserted it, and organizations that keep it: is one of them a Part 2 program? */
  people: string[]; organizations: string[];
  /** It is itself tagged as made under a plan's agreement. */ planGoverned: boolean;
  /** An ExplanationOfBenefit: the claim that it completes, what it cites, and what it says of payment. */
  completes?: { claim: string; cites: string[]; payment: Cells };
}
/** A record on its way into its table; `cites` are keys `Type/id`. */
export interface RecordDraft { type: RecordType; table: TableName; id: string; row: Cells; source: LabelSource; cites: string[] }
export interface Unresolved { path: string; reference: string }

/** What a Consent becomes (src/fhir/consent.ts). */
export interface PrivacyDraft { authorizations: AuthorizationRow[]; restrictions: RestrictionRow[]; optOut: { memberId: string; since: string; channel: string } | null }

const PEOPLE = ['Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'RelatedPerson'];
/** Record types by the FHIR types that become them. */
export const RECORD_TYPE_OF: Readonly<Record<string, RecordType>> = {
  Condition: 'Condition', MedicationRequest: 'Medication', MedicationStatement: 'Medication', AllergyIntolerance: 'Allergy', Observation: 'Observation', Immunization: 'Immunization',
  Procedure: 'Procedure', Encounter: 'Encounter', DiagnosticReport: 'DiagnosticReport', DocumentReference: 'Document', CarePlan: 'CarePlan', DetectedIssue: 'CareGap', MeasureReport: 'CareGap',
  Claim: 'Claim', ExplanationOfBenefit: 'Claim',
};
const RECORDS = Object.keys(RECORD_TYPE_OF);
const tagged = (resource: Json, system: string, code: string): boolean =>
  list(object(resource.meta)?.tag).some((tag) => tag.system === system && tag.code === code);

/** One resource while it is read: it collects the rows that it becomes, and what it refers to without finding it. */
export class Mapping {
  readonly type: string;
  readonly rows: TableRow[] = [];
  readonly records: RecordDraft[] = [];
  readonly unresolved = new Map<string, Unresolved>();
  readonly aliases: { type: string; alias: string; target: string }[] = [];
  /** Payers known by name or reference: they are plans. */
  readonly plans = new Map<string, string | null>();
  /** A reference was not looked up yet: this reading does not count. */
  missed = false;
  memberId: string | null = null;
  /** What a Consent becomes. */ privacy: PrivacyDraft | null = null;
  /** Parts of it that have no place, by reason: counted beside it. */
  readonly leftOut: string[] = [];
  /** Why it is left out, where it is. */
  skipped: string | null = null;
  /** It says something that waits for its target: the whole resource is read again then. */
  get waits(): boolean { return this.unresolved.size > 0; }

  constructor(readonly resource: Json, readonly id: string, private readonly context: { resolver: Resolver; labelling: LabellingService; now: string }) {
    this.type = resource.resourceType as string;
  }

  get now(): string { return this.context.now; }
  isMedicationReview(type: unknown): 0 | 1 { return this.context.labelling.isMedicationReviewType(codingsOf(type)) ? 1 : 0; }

  /** What a reference leads to, among these types; what is not there yet is noted, with the path of the element. */
  find(value: unknown, types: readonly string[], path: string): Target | null {
    const json = object(value);
    const reference = json && referenceOf(json, types[0] as string);
    if (!json || !reference) return null;
    if (reference.contained !== null) return this.contained(reference.contained, types, path);
    const literal = literalOf(reference.key);
    if (literal && !types.includes(literal.type)) return null;
    const said = literal?.type ?? text(json.type);
    const target = this.context.resolver.find(reference.key, said && types.includes(said) ? [said] : types);
    if (target) return target;
    if (target === undefined) this.missed = true;
    this.unresolved.set(`${path} ${reference.key}`, { path, reference: reference.key });
    const id = literal?.id ?? urnId(reference.key);
    const only = types.length === 1 ? types[0] : said && types.includes(said) ? said : null;
    return id && only && only !== 'PractitionerRole' && only !== 'Medication' ? { type: only, id } : null;
  }

  private contained(id: string, types: readonly string[], path: string): Target | null {
    const resource = list(this.resource.contained).find((each) => each.id === id);
    if (!resource) {
      this.unresolved.set(`${path} #${id}`, { path, reference: `#${id}` });
      return null;
    }
    const type = text(resource.resourceType);
    return type && types.includes(type) ? { type, id: '', resource } : null;
  }

  /** The member, when it is known: a record of nobody cannot be kept, and waits. */
  member(value: unknown, path: string): string | null {
    const given = object(value);
    if (!given || !referenceOf(given, 'Patient')) {
      this.skipped = 'it names no patient';
      return null;
    }
    const target = this.find(value, ['Patient'], path);
    const waits = [...this.unresolved.values()].some((each) => each.path === path);
    if (!target && !waits) this.skipped = 'its subject is no patient';
    return (this.memberId = target && !waits ? target.id : null);
  }

  /** The ids of the practitioners among these references, a role standing for its practitioner, and of the organizations. */
  people(value: unknown, path: string): { practitioners: string[]; organizations: string[] } {
    const practitioners: string[] = [];
    const organizations: string[] = [];
    for (const each of list(value)) {
      const target = this.find(each, PEOPLE, path);
      if (target?.type === 'Organization' && target.id) organizations.push(target.id);
      const practitioner = target && this.practitioner(target, path);
      if (practitioner) practitioners.push(practitioner);
    }
    return { practitioners, organizations };
  }

  practitioner(target: Target, path: string): string | null {
    if (target.type === 'Practitioner') return target.id || null;
    if (target.type !== 'PractitionerRole') return null;
    if (target.practitionerId) return target.practitionerId;
    return target.resource ? this.find(target.resource.practitioner, ['Practitioner'], path)?.id || null : null;
  }

  /** The keys of the records that these references lead to. */
  cited(value: unknown, path: string): string[] {
    return list(value).flatMap((each) => {
      const target = this.find(each, RECORDS, path);
      const type = target?.id ? RECORD_TYPE_OF[target.type] : undefined;
      return target && type ? [`${type}/${target.id}`] : [];
    });
  }

  /** The encounter's id: a reference to one that is not there yet already binds (a restriction of the encounter must hold). */
  encounter(...given: [unknown, string][]): string | null {
    for (const [value, path] of given) {
      const target = object(value) && this.find(value, ['Encounter'], path);
      if (target && target.id) return target.id;
    }
    return null;
  }

  /** Where labels come from: every coding and word of the resource, and what the caller adds (texts of attachments, of the drug). */
  source(type: RecordType, date: string | null, more: Partial<Pick<LabelSource, 'people' | 'organizations'>> & { also?: Json[]; words?: string[] } = {}): LabelSource {
    const { codings, words } = revealing(this.resource);
    const security = [...list(object(this.resource.meta)?.security)];
    for (const each of more.also ?? []) {
      const beside = revealing(each);
      codings.push(...beside.codings);
      words.push(...beside.words);
      security.push(...list(object(each.meta)?.security));
    }
    if (more.words) words.push(...more.words);
    return {
      type, codings, texts: words, date, part2Program: false, security: security.map((each) => ({ system: text(each.system), code: text(each.code) })),
      people: [...new Set(more.people ?? [])], organizations: [...new Set(more.organizations ?? [])],
      planGoverned: tagged(this.resource, 'urn:phi-gateway:governance', 'PLAN_AGREEMENT'),
    };
  }

  /** The columns that every record has (src/entities/tables/records.ts); labels, date fallback and program come when it is settled. */
  common(given: { code?: unknown; status?: string | null; recordedAt?: string | null; encounterId?: string | null; date?: string | null; authorId?: string | null }): Cells {
    const coding = given.code ? codeColumns(given.code) : { code_system: null, code: null, code_display: null };
    return {
      member_id: this.memberId, id: this.id, ...coding, status: given.status ?? null, recorded_at: given.recordedAt ?? null, encounter_id: given.encounterId ?? null,
      record_date: given.date ?? given.recordedAt ?? null, labels: 0, own_labels: 0, labelled: 0, governed_by: 'NOTICE', governing_plan_id: null, program_id: null,
      author_id: given.authorId ?? null, legal: tagged(this.resource, 'urn:phi-gateway:compilation', 'LEGAL') ? 1 : 0, withheld: 0, source_type: this.type, updated_at: this.now, changed_at: this.now,
    };
  }

  record(type: RecordType, table: TableName, row: Cells, source: LabelSource, cites: readonly string[] = []): void {
    const id = row.id as string;
    this.records.push({ type, table, id, row, source, cites: [...new Set(cites)].filter((key) => key !== `${type}/${id}`) });
  }
}

