import { chosenCoding, codeOf, codingsOf } from '../codes';
import { dateIn } from '../dates';
import { first, list, number, object, text, type Json } from '../json';
import type { Cells, Mapping } from '../mapping';
import { billedTo } from '../payers';
import { coverageRows } from './coverage';

type Coding = ReturnType<typeof chosenCoding>;

/** The diagnoses of a claim, coded in it or by the condition that it names. */
function diagnosesOf(mapping: Mapping): { codes: Coding[]; cites: string[] } {
  const codes: Coding[] = [];
  const cites: string[] = [];
  for (const each of list(mapping.resource.diagnosis)) {
    if (each.diagnosisCodeableConcept) codes.push(chosenCoding(each.diagnosisCodeableConcept));
    const target = object(each.diagnosisReference) && mapping.find(each.diagnosisReference, ['Condition'], 'diagnosis.diagnosisReference');
    if (!target) continue;
    if (target.id) cites.push(`Condition/${target.id}`);
    if (target.code) codes.push(target.code);
    else if (target.resource) codes.push(chosenCoding(target.resource.code));
  }
  return { codes: codes.filter((each) => each.code ?? each.display), cites };
}

function citedBy(mapping: Mapping): string[] {
  const { resource } = mapping;
  return [
    ...mapping.cited(list(resource.procedure).map((each) => each.procedureReference), 'procedure.procedureReference'),
    ...mapping.cited(resource.prescription, 'prescription'),
    ...mapping.cited(list(first(resource, 'supportingInfo', 'information')).map((each) => each.valueReference), 'supportingInfo.valueReference'),
  ];
}

const encounterOf = (mapping: Mapping): string | null =>
  mapping.encounter(...list(mapping.resource.item).flatMap((item) => list(item.encounter)).map((each): [Json, string] => [each, 'item.encounter']));

/** The dates of service: the items' own, else the billable period (which some files stretch over a year after the visit). */
function serviceDates(resource: Json, preferItems: boolean): { start: string | null; end: string | null } {
  const items = list(resource.item).flatMap((item) => {
    const period = object(item.servicedPeriod);
    const start = dateIn(item.servicedDate) ?? dateIn(period?.start);
    return start ? [{ start, end: dateIn(period?.end) ?? start }] : [];
  });
  const starts = items.map((each) => each.start).sort();
  const ends = items.map((each) => each.end).sort();
  const period = object(resource.billablePeriod);
  const billed = { start: dateIn(period?.start), end: dateIn(period?.end) };
  const served = { start: starts[0] ?? null, end: ends.at(-1) ?? null };
  return preferItems ? { start: served.start ?? billed.start, end: served.end ?? billed.end } : { start: billed.start ?? served.start, end: billed.end ?? served.end };
}

/** What every claim has, whoever tells of it. */
function claimRow(mapping: Mapping, diagnoses: Coding[], money: Cells, fromItems: boolean): Cells {
  const { resource } = mapping;
  const service = serviceDates(resource, fromItems);
  const provider = mapping.find(resource.provider, ['Organization', 'Practitioner', 'PractitionerRole'], 'provider');
  const date = service.start ? `${service.start}T00:00:00.000Z` : null;
  const created = dateIn(resource.created);
  return {
    ...mapping.common({
      code: resource.type, status: text(resource.status), date, encounterId: encounterOf(mapping), authorId: provider ? mapping.practitioner(provider, 'provider') : null,
      recordedAt: created ? `${created}T00:00:00.000Z` : null,
    }),
    plan_id: billedTo(mapping), ...money, service_start: service.start, service_end: service.end ?? service.start,
    diagnoses: JSON.stringify(diagnoses), provider_id: provider?.type === 'Organization' ? provider.id || null : null, completes_claim_id: null,
  };
}

const NOTHING_PAID: Cells = { paid_by_member: null, plan_paid: null, shortfall: null, paid_in_full: null };

export function mapClaim(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.patient, 'patient')) return;
  containedCoverages(mapping);
  const diagnoses = diagnosesOf(mapping);
  const total = object(resource.total);
  const nets = list(resource.item).flatMap((item) => number(object(item.net)?.value) ?? []);
  const money = {
    billed_amount: number(total?.value) ?? (nets.length ? rounded(nets.reduce((sum, each) => sum + each, 0)) : null),
    currency: text(total?.currency) ?? text(object(list(resource.item)[0]?.net)?.currency), ...NOTHING_PAID,
  };
  const row = claimRow(mapping, diagnoses.codes, money, false);
  mapping.record('Claim', 'claim', row, claimSource(mapping, row), [...diagnoses.cites, ...citedBy(mapping)]);
}

const claimSource = (mapping: Mapping, row: Cells): ReturnType<Mapping['source']> => mapping.source('Claim', row.record_date as string | null, {
  people: row.author_id ? [row.author_id as string] : [], organizations: row.provider_id ? [row.provider_id as string] : [],
});

/** An ExplanationOfBenefit completes the claim that it names, when that is known; until then it is a claim of its own. */
export function mapExplanation(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.patient, 'patient')) return;
  containedCoverages(mapping);
  const diagnoses = diagnosesOf(mapping);
  const named = object(resource.claim) && mapping.find(resource.claim, ['Claim'], 'claim');
  const waits = [...mapping.unresolved.values()].some((each) => each.path === 'claim');
  const row = claimRow(mapping, diagnoses.codes, paymentOf(resource), true);
  const source = claimSource(mapping, row);
  const cites = [...diagnoses.cites, ...citedBy(mapping)];
  if (named?.id && !waits) {
    const { plan_id, billed_amount, paid_by_member, plan_paid, shortfall, paid_in_full, currency } = row;
    source.completes = { claim: named.id, cites, payment: { plan_id, billed_amount, paid_by_member, plan_paid, shortfall, paid_in_full, currency } as Cells };
  }
  mapping.record('Claim', 'claim', row, source, cites);
}

/** A contained Coverage tells a period of coverage where it has one; without one it only names the payer. */
function containedCoverages(mapping: Mapping): void {
  for (const each of list(mapping.resource.contained)) {
    const period = object(each.period);
    if (each.resourceType !== 'Coverage' || !mapping.memberId || !(period?.start ?? period?.end)) continue;
    coverageRows(mapping, each, `${mapping.id}.${text(each.id) ?? 'coverage'}`, mapping.memberId, 'contained.payor');
  }
}

const rounded = (amount: number): number => Math.round(amount * 100) / 100;
/** An adjudication category by its code: HL7's, CARIN Blue Button's, or CMS's variables, which are URLs. */
const categoryOf = (each: Json): string => (codeOf(each.category) ?? codingsOf(each.category)[0]?.display ?? '').split('/').pop()?.toLowerCase() ?? '';

function sums(resource: Json): { total: Map<string, number>; lines: Map<string, number> } {
  const total = new Map<string, number>();
  const lines = new Map<string, number>();
  const add = (into: Map<string, number>, each: Json): void => {
    const amount = number(object(each.amount)?.value);
    if (amount === null) return;
    const category = categoryOf(each);
    into.set(category, (into.get(category) ?? 0) + amount);
  };
  for (const each of list(resource.total)) add(total, each);
  for (const item of [...list(resource.item), ...list(resource.addItem)]) for (const each of list(item.adjudication)) add(lines, each);
  for (const each of list(resource.adjudication)) add(total, each);
  return { total, lines };
}

const BY_MEMBER = ['paidbypatient', 'line_bene_pmt_amt'];
const SHARE_OF_MEMBER = ['line_coinsrnc_amt', 'line_bene_ptb_ddctbl_amt', 'copay', 'coinsurance', 'deductible'];
const BY_PLAN = ['benefit', 'paidtoprovider', 'line_prvdr_pmt_amt', 'line_nch_pmt_amt'];
const ALLOWED = ['eligible', 'line_alowd_chrg_amt'];
const SUBMITTED = ['submitted', 'line_sbmtd_chrg_amt'];

/** What was billed, who paid what, and what nobody paid. A payment that was taken back counts as it stands now. */
function paymentOf(resource: Json): Cells {
  const { total, lines } = sums(resource);
  const firstOf = (categories: readonly string[]): number | null => {
    for (const from of [total, lines]) for (const each of categories) if (from.has(each)) return from.get(each) as number;
    return null;
  };
  const shares = SHARE_OF_MEMBER.flatMap((each) => total.get(each) ?? lines.get(each) ?? []);
  const byMember = firstOf(BY_MEMBER) ?? (shares.length ? shares.reduce((sum, each) => sum + each, 0) : null);
  const byPlan = number(object(object(resource.payment)?.amount)?.value) ?? firstOf(BY_PLAN);
  const billed = firstOf(SUBMITTED) ?? number(object(resource.total)?.value);
  const due = firstOf(ALLOWED) ?? billed;
  const shortfall = due === null ? null : Math.max(0, rounded(due - (byMember ?? 0) - (byPlan ?? 0)));
  const paidInFull = billed === null || byMember === null ? null : Number(byMember > 0 && (byPlan ?? 0) === 0 && shortfall === 0);
  const currency = [...list(resource.total), ...list(resource.payment)].map((each) => text(object(each.amount)?.currency)).find(Boolean) ?? null;
  return {
    billed_amount: billed === null ? null : rounded(billed), paid_by_member: byMember === null ? null : rounded(byMember), plan_paid: byPlan === null ? null : rounded(byPlan), shortfall,
    paid_in_full: paidInFull, currency,
  };
}
