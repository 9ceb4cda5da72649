import type { EntityManager } from 'typeorm';
import type { LabellingService } from '../labelling/labelling-service';
import { keepAmendments } from '../privacy-office/amendments';
import { askAboutReversedPayments } from '../privacy-office/payment-reversal';
import { BrokenResource } from './broken';
import { completeClaims, type Completed } from './completing';
import { text, type Json } from './json';
import { MAPPERS } from './map';
import { Mapping, type RecordDraft } from './mapping';
import { writeMemberLinks } from './member-links';
import { byMember, ownLabels } from './own-labels';
import { optedOut, writePrivacy } from './privacy';
import { namedOf } from './naming';
import type { Programs } from './programs';
import type { Entry } from './read/read-resources';
import { concernedMembers, memberKey, manualLabels, storedKeys, storedSources, storedStates, type RecordState } from './record-state';
import { relabelMember } from './relabel-member';
import type { ImportReport } from './report';
import type { Resolver } from './resolver';
import { settle, type Settled } from './settle';
import { assertShape } from './shapes';
import { waitingFor, writeWaiting, type Awaited } from './waiting';
import { writeAliases, writeDirectory, writePlans } from './write/directory';
import { forgetRows } from './write/members';
import { writeRecords } from './write/records';
import { keepClosed, keepEnded } from './write/standing-decisions';
import { marks, slices, upsert } from './write/upsert';

export interface ImportContext {
  labelling: LabellingService; resolver: Resolver; programs: Programs; covered: ReadonlySet<string>; now: string;
  /** The input was received through an exchange: members who opted out are left out (policy section 6). */ fromExchange: boolean;
  /** Plans by name that have their row. */ plans: Set<string>; awaited: Awaited;
}
interface Read {
  mapping: Mapping; fullUrl: string | null; names: readonly string[];
  /** How often it counts: once for each file that says it, never because its target came and it is read again. */ counts: number;
}

/** Records by which organizations and plans come to a member; coverages do as well. */
const LINKING: ReadonlySet<string> = new Set(['Claim', 'Encounter']);

/** Imports one batch of resources in the transaction at hand, and whatever waited for them. */
export class Batch {
  constructor(private readonly manager: EntityManager, private readonly context: ImportContext, private readonly report: ImportReport) {}

  async import(entries: readonly Entry[]): Promise<void> {
    const names = await this.write(this.register(entries, false));
    const done = new Set<string>();
    await this.bringInWaiting(names, done);
  }

  /** Reads the resources that waited for these names once more; what they in turn complete may have been waited for as well. */
  private async bringInWaiting(names: readonly string[], done: Set<string>): Promise<void> {
    for await (const page of waitingFor(this.manager, this.context.awaited.among(names))) {
      const open = page.filter((each) => !done.has(`${each.type}/${each.id}`));
      for (const each of open) done.add(`${each.type}/${each.id}`);
      if (!open.length) continue;
      await this.bringInWaiting(await this.write(this.register(open.map(({ resource }) => ({ resource, fullUrl: null, size: 0 })), true)), done);
    }
  }

  /** Takes up the resources that have a place, under all the names that references may use. */
  private register(entries: readonly Entry[], again: boolean): Read[] {
    const { resolver } = this.context;
    resolver.startBatch();
    const reads = new Map<string, Read>();
    for (const entry of entries) {
      const { resource, fullUrl } = entry;
      const type = resource ? text(resource.resourceType) : null;
      if (!resource) { this.report.skip('Bundle.entry', 'it has no resource'); continue; }
      if (!type) throw new BrokenResource('Resource', 'resourceType', 'the name of a type');
      if (!MAPPERS[type]) { this.report.skip(type, 'the type has no place'); continue; }
      assertShape(resource);
      const { id, names } = namedOf(resource, fullUrl);
      resolver.register(names, { type, id, resource });
      reads.set(`${type}/${id}`, { mapping: new Mapping(resource, id, this.context), fullUrl, names, counts: again ? 0 : 1 + (entry.repeats ?? 0) });
    }
    return [...reads.values()];
  }

  /** Reads everything; what has to be looked up in the database is looked up at once, and read again. */
  private async map(reads: Read[]): Promise<Read[]> {
    const { resolver } = this.context;
    for (const { mapping } of reads) resolver.expect(mapping.resource);
    await resolver.lookUp(this.manager);
    let open = reads;
    for (let round = 0; open.length && round < 4; round += 1) {
      for (const read of open) {
        if (round > 0) read.mapping = new Mapping(read.mapping.resource, read.mapping.id, this.context);
        MAPPERS[read.mapping.type]?.(read.mapping);
      }
      open = open.filter((each) => each.mapping.missed);
      if (open.length) await resolver.lookUp(this.manager);
    }
    return reads;
  }

  private async write(taken: Read[]): Promise<string[]> {
    const { manager, context } = this;
    const directory = taken.filter(({ mapping }) => ['Organization', 'Practitioner', 'PractitionerRole'].includes(mapping.type));
    await this.map(directory);
    await writeDirectory(manager, directory.map((each) => each.mapping), context.programs, context.covered);
    const all = [...directory, ...await this.map(taken.filter((each) => !directory.includes(each)))];
    const reads = await this.withoutSkipped(all);
    const mappings = reads.map((each) => each.mapping);
    const known = await this.knownMembers(mappings);
    await writeAliases(manager, reads);
    await writePlans(manager, mappings, context.covered, context.now, context.plans);
    await this.writeMembers(mappings, known);
    await this.writeRecordsOf(mappings, known);
    context.awaited.add(mappings);
    await writeWaiting(manager, mappings, mappings.filter((each) => each.memberId === null || known.has(each.memberId)));
    await writePrivacy(manager, mappings, known);
    await this.settleProgramsAnew();
    await this.keepTheOfficesWork([...known]);
    return reads.flatMap(({ names }) => names);
  }

  private async withoutSkipped(reads: Read[]): Promise<Read[]> {
    const out = this.context.fromExchange ? await optedOut(this.manager, reads.flatMap(({ mapping }) => mapping.memberId ?? []), this.context.now) : new Set<string>();
    return reads.filter(({ mapping, counts }) => {
      const reason = mapping.memberId && out.has(mapping.memberId) ? 'the member opted out of exchanges' : mapping.skipped;
      for (let count = 0; count < counts; count += 1) {
        if (reason) this.report.skip(mapping.type, reason);
        else this.report.add(mapping.type);
        if (!reason) for (const each of mapping.leftOut) this.report.skip(mapping.type, each);
      }
      return !reason;
    });
  }

  /** The members of whom something is stored already; of the others nothing has to be read or replaced. */
  private async knownMembers(mappings: readonly Mapping[]): Promise<Set<string>> {
    const members = [...new Set(mappings.flatMap((each) => each.memberId ?? []))];
    const known = new Set<string>();
    for (const slice of slices(members)) {
      const rows = await this.manager.query(`SELECT id FROM member WHERE id IN (${marks(slice)})`, slice) as { id: string }[];
      for (const each of rows) known.add(each.id);
    }
    this.report.members += mappings.filter((each) => each.type === 'Patient' && !known.has(each.id)).length;
    return known;
  }

  private async writeMembers(mappings: readonly Mapping[], known: ReadonlySet<string>): Promise<void> {
    const { manager } = this;
    await forgetRows(manager, mappings.filter((each) => each.memberId !== null && known.has(each.memberId)));
    const rows = mappings.flatMap((each) => each.rows);
    for (const table of ['member', 'government_id', 'coverage', 'care_team'] as const) {
      const given = rows.flatMap((each) => (each.table === table ? [each.row] : []));
      await upsert(manager, table, table === 'care_team' ? await keepEnded(manager, given, known) : given, { keep: ['standing_changed_at'] });
    }
  }

  private async writeRecordsOf(mappings: readonly Mapping[], known: ReadonlySet<string>): Promise<void> {
    const { manager, context } = this;
    const completed = await completeClaims(manager, mappings.flatMap((each) => each.records), known);
    await keepClosed(manager, completed.drafts, known);
    const touched = new Set(completed.drafts.map((each) => each.row.member_id as string));
    const old = [...touched].filter((each) => known.has(each));
    const drafts = await this.draftStates(completed, old);
    const replaced = await storedKeys(manager, drafts.filter((each) => known.has(each.memberId)));
    const states = [...drafts, ...await this.storedStatesOf(await this.concerned(drafts, old), completed.drafts)];
    const settled: Settled[] = [];
    for (const group of byMember(states).values()) settled.push(...settle(group, context.programs));
    await writeRecords(manager, completed.drafts, settled, known, replaced);
    const linking = completed.drafts.flatMap((each) => (LINKING.has(each.type) ? [each.row.member_id as string] : []));
    const covered = mappings.flatMap((each) => (each.type === 'Coverage' && each.memberId ? [each.memberId] : []));
    const governed = new Set(states.filter((each) => each.row.governed_by === 'PLAN_AGREEMENT').map((each) => each.memberId));
    await writeMemberLinks(manager, [...new Set([...linking, ...covered])], [...governed]);
  }

  private async draftStates({ drafts, more }: Completed, old: readonly string[]): Promise<RecordState[]> {
    const manual = old.length ? await manualLabels(this.manager, old) : new Map<string, number>();
    return drafts.map((draft) => {
      const memberId = draft.row.member_id as string;
      const sources = [draft.source, ...(more.get(draft) ?? [])];
      const own = ownLabels(this.context.labelling, this.context.programs, sources);
      const set = manual.get(memberKey(memberId, draft.type, draft.id));
      return {
        memberId, type: draft.type, id: draft.id, draft: true, row: draft.row, cites: draft.cites, own: set ?? own.mask, bases: set === undefined ? own.bases : [],
        ownProgram: own.program, ownGoverned: sources.some((each) => each.planGoverned),
      };
    });
  }

  /** The members whose stored records have to be settled with what is written now: labels, programs and dates flow between records, and most have none. */
  private async concerned(drafts: readonly RecordState[], known: readonly string[]): Promise<string[]> {
    const { programs } = this.context;
    const members = new Set(drafts.filter((each) => each.own !== 0 || each.ownProgram !== null || each.ownGoverned || programs.has(each.row.organization_id as string | null)
      || (each.row.record_date ?? each.row.recorded_at ?? null) === null).map((each) => each.memberId));
    const stored = await concernedMembers(this.manager, known.filter((each) => !members.has(each)));
    return known.filter((each) => members.has(each) || stored.has(each));
  }

  /** Stored records of the members: whether a program or a plan has a hand in them is told by their sources, which few need. */
  private async storedStatesOf(members: readonly string[], drafts: readonly RecordDraft[]): Promise<RecordState[]> {
    if (!members.length) return [];
    const keys = new Set(drafts.map((each) => memberKey(each.row.member_id as string, each.type, each.id)));
    const states = await storedStates(this.manager, members, keys);
    const special = new Set(states.filter((each) => each.row.program_id !== null || each.row.governed_by !== 'NOTICE').map((each) => each.memberId));
    const byKey = new Map(states.map((each) => [memberKey(each.memberId, each.type, each.id), each]));
    for (const { memberId, type, id, source } of special.size ? await storedSources(this.manager, [...special]) : []) {
      const state = byKey.get(memberKey(memberId, type, id));
      if (!state) continue;
      state.ownProgram = this.context.programs.of(source);
      state.ownGoverned = source.planGoverned;
    }
    return states;
  }

  /** What the privacy office amended stays amended, and a payment that was reversed is a question for it. */
  private async keepTheOfficesWork(members: readonly string[]): Promise<void> {
    const { labelling, programs, now } = this.context;
    const office = { ownLabels: (input: Parameters<LabellingService['label']>[0]) => labelling.label(input), relabelMember: (manager: EntityManager, id: string) => relabelMember(manager, id, { labelling, programs }) };
    for (const slice of slices(members)) {
      await keepAmendments(this.manager, office, slice);
      await askAboutReversedPayments(this.manager, {}, slice, now);
    }
  }

  /** Where an organization became a program, or a practitioner came to one, what they produced before is settled again. */
  private async settleProgramsAnew(): Promise<void> {
    const { programs, labelling } = this.context;
    const changed = [...programs.changed];
    programs.changed.clear();
    const members = new Set<string>();
    for (const each of changed) {
      const rows = await this.manager.query('SELECT DISTINCT member_id FROM label_source WHERE input LIKE ?', [`%"${each}"%`]) as { member_id: string }[];
      for (const row of rows) members.add(row.member_id);
    }
    for (const each of members) await relabelMember(this.manager, each, { labelling, programs });
  }
}
