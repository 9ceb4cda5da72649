import type { Interaction, InteractionTable } from '../interaction-table';
import type { TellingLimit } from '../telling-limit';
import { GatewayError } from '../../vocabulary/errors';
import { classBit } from '../../vocabulary/sensitivity';
import { compileActiveMedications, compileHiddenInteractions } from '../compile/interaction-read';
import { rowsFor, type Reading } from './reading';

/** As `InteractionAlert` of the schema. */
export interface InteractionAlert {
  readonly __typename: 'InteractionAlert';
  readonly severity: string; readonly hidden: boolean; readonly visibleMedicationId: string | null; readonly otherMedicationId: string | null; readonly advice: string; readonly source: string;
}
/** What the safety check is made of. `coveredOrganizations`: ids of the company's own (COVERED_ORGANIZATIONS). */
export interface InteractionCheck { readonly table: InteractionTable; readonly limit: TellingLimit; readonly coveredOrganizations: readonly string[] }
interface Medication { readonly id: string; readonly ingredients: readonly string[]; readonly labels: number }

const PART2 = classBit('PART2');
/** One text, severity and source for whatever is hidden: nothing here may differ with what it is. */
const HIDDEN = Object.freeze({
  severity: 'HIGH', source: 'Published list of high-severity interactions',
  advice: 'This medication may interact seriously with one that you are not shown. Before you dispense, give or change it, ask the member or the prescriber; where that cannot wait, emergency access shows the record.',
});
const hiddenAlert = (id: string): InteractionAlert => ({ __typename: 'InteractionAlert', hidden: true, visibleMedicationId: id, otherMedicationId: null, ...HIDDEN });
const alertOf = (one: string, other: string, { severity, advice, source }: Interaction): InteractionAlert =>
  ({ __typename: 'InteractionAlert', severity, hidden: false, visibleMedicationId: one, otherMedicationId: other, advice, source });

/** Each pair of visible medications that interact, once, in the order of their ids. */
function visiblePairs(table: InteractionTable, medications: readonly Medication[]): { alerts: InteractionAlert[]; told: Medication[] } {
  const alerts: InteractionAlert[] = [];
  const told: Medication[] = [];
  medications.forEach((one, place) => medications.slice(place + 1).forEach((other) => {
    const interaction = table.between(one.ingredients, other.ingredients);
    if (!interaction) return;
    alerts.push(alertOf(one.id, other.id, interaction));
    told.push(one, other);
  }));
  return { alerts, told };
}

/** Refuses whoever was told too often of what is hidden; once more within an operation that was told already is the same telling. */
function refuseTooMany({ access, touched }: Reading, limit: TellingLimit, memberIds: readonly string[]): void {
  const { subject, at } = access.caller;
  if (memberIds.some((id) => !touched.alerted.has(id) && limit.isReached(subject, id, at)))
    throw new GatewayError('RATE_LIMITED', 'interactionAlerts: asked too often about a member; leave it out, or ask again within the hour');
}
/** Counts the telling; operations that were asked at once are refused here, where the first of them used up the limit. */
function noteTold(reading: Reading, limit: TellingLimit, memberId: string): void {
  if (reading.touched.alerted.has(memberId)) return;
  refuseTooMany(reading, limit, [memberId]);
  reading.touched.alerted.add(memberId);
  limit.count(reading.access.caller.subject, memberId, reading.access.caller.at);
}

async function activeMedications(reading: Reading, memberIds: readonly string[]): Promise<ReadonlyMap<string, Medication[]>> {
  const byMember = new Map<string, Medication[]>();
  const rows = await rowsFor(reading, 'interactions:active', memberIds, (size) => compileActiveMedications(reading.access, size), null);
  for (const [member, id, ingredients, labels] of rows) {
    const list = byMember.get(String(member)) ?? [];
    list.push({ id: String(id), ingredients: JSON.parse(String(ingredients)) as string[], labels: Number(labels) });
    byMember.set(String(member), list);
  }
  return byMember;
}
async function hiddenPartners(reading: Reading, check: InteractionCheck, memberIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const byMember = new Map<string, string[]>();
  const rows = await rowsFor(reading, 'interactions:hidden', memberIds, (size) => compileHiddenInteractions(reading.access, check.table, check.coveredOrganizations, size), null);
  for (const [member, id] of rows) byMember.set(String(member), [...(byMember.get(String(member)) ?? []), String(id)]);
  return byMember;
}

/**
 * The interactions among the active medications of these members (policy section 6): visible pairs in full, and of a visible medication
 * that interacts with one hidden by an agreed restriction that it does, never with what. Two statements, however many members.
 * @throws RATE_LIMITED where this subject was told of something hidden of one of these members too often within the hour
 */
export async function readInteractionAlerts(reading: Reading, check: InteractionCheck, memberIds: readonly string[]): Promise<ReadonlyMap<string, readonly InteractionAlert[]>> {
  refuseTooMany(reading, check.limit, memberIds);
  const [medications, partners] = await Promise.all([activeMedications(reading, memberIds), hiddenPartners(reading, check, memberIds)]);
  return new Map(memberIds.map((memberId) => {
    const own = medications.get(memberId) ?? [];
    const hidden = partners.get(memberId) ?? [];
    const { alerts, told } = visiblePairs(check.table, own);
    if (hidden.length > 0) noteTold(reading, check.limit, memberId);
    for (const { labels } of [...told, ...own.filter((each) => hidden.includes(each.id))]) {
      reading.touched.labels |= labels;
      if (labels & PART2) reading.touched.part2Members.add(memberId);
    }
    return [memberId, [...alerts, ...hidden.map(hiddenAlert)]];
  }));
}
