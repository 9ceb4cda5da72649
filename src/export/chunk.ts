import type { AuditEntry } from '../audit/entry';
import type { Caller } from '../identity/caller';
import { connectionType, withheldLine, type Withheld } from '../query/plan/verdicts';
import type { PlannedField } from '../query/plan/selection';
import { readObligations, type Obligation } from '../query/run/read-obligations';
import { readOwnDenials } from '../query/run/read-own-denials';
import { readReliance, type ReliedOn } from '../query/run/read-reliance';
import { readMembersByIds } from '../query/run/read-members';
import { readRecordsOf } from '../query/run/read-records';
import { bindingOf, toldId, type Reading } from '../query/run/reading';
import type { Answer } from '../query/run/shape';
import { entryOf } from '../resolvers/audit-entry';
import type { Gateway } from '../resolvers/gateway';
import { prepareOperation, type Operation } from '../resolvers/operation';
import { GatewayError, invariant } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { isRecordType, type RecordType } from '../vocabulary/records';
import { membersChanged, membersToTellWhole } from './changed-standing';
import { documentFor, PAGE } from './document';
import type { ExportRequest, ExportType } from './request';
import { shapeOfFormat } from './shape-of-format';

/** One step of an export: what it releases, line by line and file by file, and what goes on record for it first. */
export interface Chunk {
  readonly lines: ReadonlyMap<string, readonly string[]>;
  /** Null where nothing of anybody is released. */
  readonly entry: AuditEntry | null;
  readonly relied: readonly ReliedOn[];
  readonly leftOut: number;
  readonly withheld: readonly Withheld[];
  readonly obligations: readonly Obligation[];
}

/** The parts of the operation that an export reads by. */
export interface ExportPlan { readonly members: PlannedField; readonly nodes: PlannedField; readonly connections: readonly { readonly field: PlannedField; readonly type: RecordType }[] }

function child(field: PlannedField | undefined, name: string): PlannedField {
  const found = field?.selections.find((each) => each.name === name);
  invariant(found, `an export selects ${name}`);
  return found;
}
export function planOf({ plan, verdicts }: Operation): ExportPlan {
  const [members, records] = plan.roots;
  invariant(members, 'an export reads members');
  const refused = verdicts.refused.get(members.id);
  if (refused) throw refused;
  const connections = records === undefined ? [] : child(records, 'nodes').selections.map((field) => ({ field, type: connectionType(field.name) }));
  return { members, nodes: child(members, 'nodes'), connections: connections.flatMap(({ field, type }) => (type ? [{ field, type }] : [])) };
}

/** Decides the export anew for this instant: agreements, facts of the organization, the clauses of the Notice in effect, the grant. */
export const prepareExport = (gateway: Gateway, caller: Caller, types: readonly ExportType[], kind: 'ALL' | 'CHANGES' = 'ALL'): Promise<Operation> =>
  prepareOperation(gateway, { document: documentFor(gateway.schema, types, kind), operationName: 'Export', variables: {}, caller });

/** The types that this caller can never see, each with why. */
export function withheldTypes(operation: Operation): { type: ExportType; reason: string; clause: string | null }[] {
  return planOf(operation).connections.filter(({ field }) => operation.verdicts.denied.has(field.id)).map(({ field, type }) => {
    const line = withheldLine(operation.access, field.coordinate);
    return { type, reason: line?.reason ?? 'MINIMUM_NECESSARY', clause: line?.clause ?? null };
  });
}

const withArguments = (reading: Reading, field: PlannedField, more: Readonly<Record<string, unknown>>): Reading => ({
  ...reading, arguments: new Map([...reading.arguments, [field.id, { ...reading.arguments.get(field.id), ...more }]]),
});
interface Page { readonly nodes: readonly Answer[]; readonly pageInfo: { readonly hasNextPage: boolean } }

/** The records of one type of these members, whole: a member with more than a page is read on alone. */
async function recordsOf(reading: Reading, field: PlannedField, type: RecordType, ids: readonly string[], since: string | null): Promise<ReadonlyMap<string, readonly Answer[]>> {
  const filtered = since === null ? reading : withArguments(reading, field, { filter: { changedSince: since } });
  const found = await readRecordsOf(filtered, field, type, ids);
  const records = new Map<string, readonly Answer[]>();
  for (const [member, answer] of found) {
    let page = answer as unknown as Page;
    const all = [...page.nodes];
    while (page.pageInfo.hasNextPage) {
      const told = String(all.at(-1)?.['id']);
      const id = reading.pseudonyms ? reading.pseudonyms.idOf('record', told) : told;
      const after = reading.cursors.seal({ id: id ?? '', member }, bindingOf(filtered, field), reading.access.caller.at);
      page = (await readRecordsOf(withArguments(filtered, field, { after }), field, type, [member])).get(member) as unknown as Page;
      all.push(...page.nodes);
      invariant(page.nodes.length > 0 && page.nodes.length <= PAGE, 'a page that is not the last has rows');
    }
    records.set(member, all);
  }
  return records;
}

/** Keeps the lines of each file in the order of members, and who is in them. */
class Lines {
  readonly files = new Map<string, string[]>();
  readonly members = new Set<string>();
  constructor(private readonly format: ExportRequest['format']) {}

  add(member: string, type: ExportType, answer: Answer): void {
    this.members.add(member);
    for (const [file, value] of shapeOfFormat(this.format, type, answer)) this.put(file, value);
  }
  put(file: string, value: unknown): void {
    const known = this.files.get(file);
    if (known) known.push(JSON.stringify(value));
    else this.files.set(file, [JSON.stringify(value)]);
  }
}

/** Types of records that are read side by side. */
const AT_ONCE = 4;

/** What an import or a write had begun and not ended when the last export read, was not in it: changes are told from so long before. */
const OVERLAP_MILLISECONDS = 3_600_000;
const overlapping = (since: string): string => instantOf(new Date(Date.parse(since) - OVERLAP_MILLISECONDS));

/** What every chunk of a job is read with. */
export interface ChunkRequest { readonly caller: Caller; readonly request: ExportRequest; readonly ids: readonly string[] }

/** Reads one chunk: the members of these ids that the caller reaches now, and of their records what the caller may see now. */
export async function readChunk(gateway: Gateway, { caller, request, ids }: ChunkRequest): Promise<Chunk> {
  const operation = await prepareExport(gateway, caller, request.types);
  const { reading } = operation;
  const plan = planOf(operation);
  const members = await readMembersByIds(reading, plan.nodes, ids);
  const there = ids.filter((id) => members.has(id));
  const lines = new Lines(request.format);
  const window = request.since === null ? null : { since: overlapping(request.since), now: caller.at };
  const whole = window && there.length > 0 ? await membersToTellWhole(gateway.source, gateway.notices, caller, there, window) : new Set(there);
  if (window) for (const id of there) if (whole.has(id)) lines.put('Replaced', { memberId: members.get(id)?.['id'] });
  if (request.types.includes('Member')) {
    const changed = window && there.length > 0 ? await membersChanged(gateway.source, there, window.since) : whole;
    for (const id of there) if (whole.has(id) || changed.has(id)) lines.add(id, 'Member', members.get(id) as Answer);
  }
  const later = there.filter((id) => !whole.has(id));
  const changes = later.length === 0 ? null : await prepareExport(gateway, caller, request.types, 'CHANGES');
  const read = async ({ field, type }: ExportPlan['connections'][number], place: number): Promise<ReadonlyMap<string, readonly Answer[]>> => {
    if (operation.verdicts.denied.has(field.id)) return new Map();
    const all = await recordsOf(reading, field, type, there.filter((id) => whole.has(id)), null);
    if (changes === null) return all;
    const changed = await recordsOf({ ...changes.reading, touched: reading.touched }, planOf(changes).connections[place]?.field ?? field, type, later, window?.since ?? null);
    return new Map([...all, ...changed]);
  };
  // A few types at a time: the database has more than one hand, and others want theirs.
  for (let start = 0; start < plan.connections.length; start += AT_ONCE) {
    const some = plan.connections.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((each, place) => read(each, start + place)));
    some.forEach(({ type }, place) => { for (const id of there) for (const record of found[place]?.get(id) ?? []) lines.add(id, type, record); });
    // Others are answered between them: a chunk may not hold the event loop.
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  return released(gateway, operation, lines, ids.length - there.length);
}

/** What accompanies the lines: obligations, the authorizations relied on, the record of the disclosure with everyone in it. */
async function released(gateway: Gateway, operation: Operation, lines: Lines, leftOut: number): Promise<Chunk> {
  const { reading, verdicts } = operation;
  const asReleased = { ...reading, touched: { ...reading.touched, members: lines.members } };
  const obligations: Obligation[] = [];
  // Member by member, so that the line does not depend on where a chunk ends.
  for (const id of [...lines.members].filter((each) => reading.touched.part2Members.has(each))) {
    const own = await readObligations({ ...reading, touched: { ...reading.touched, members: new Set([id]), part2Members: new Set([id]) } });
    for (const each of own) lines.put('Obligation', { memberId: toldId(reading, 'member', id), ...each });
    obligations.push(...own);
  }
  const entry = lines.members.size === 0 ? null : Object.freeze({ ...entryOf({ ...operation, reading: asReleased }, 'PERMIT'), kind: 'EXPORT' as const });
  const denied = await readOwnDenials(asReleased, planOf(operation).connections.map((each) => each.type));
  return { lines: lines.files, entry, relied: await readReliance(asReleased, gateway.jurisdictions), leftOut, withheld: [...verdicts.withheld, ...denied], obligations };
}

/** A type that the caller named alone and can never see is refused: there would be nothing else to tell. */
export function refuseNothing(operation: Operation, request: ExportRequest): void {
  if (!request.named) return;
  const withheld = withheldTypes(operation);
  const asked = request.types.filter(isRecordType);
  if (request.types.includes('Member') || asked.some((type) => !withheld.some((each) => each.type === type))) return;
  throw new GatewayError('FORBIDDEN', 'types: this role can see none of them for this purpose');
}
