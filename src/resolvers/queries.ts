import { readAuditEvents, type AuditFilter } from '../audit/read-events';
import { verifyLedger } from '../audit/verify-ledger';
import { consentsSeenBy } from '../fhir/consent-out';
import { openMember } from '../privacy-office/break-glass';
import { readBreakGlassUses } from '../privacy-office/break-glass-review';
import type { RequestKind } from '../privacy-office/due';
import { previewAuthorization, previewRestriction, type PreviewLine } from '../privacy-office/preview';
import { readWorklist } from '../privacy-office/read-worklist';
import type { RequestStatus } from '../privacy-office/requests';
import { accountingOfDisclosures } from '../privacy-office/read-accounting';
import { purposePermitted } from '../permissions/core/decide';
import { pageSize, placeAfter } from '../query/run/reading';
import { connectionAnswer } from '../query/run/connection';
import { readMemberPage, readMembersByIds } from '../query/run/read-members';
import { readOperations } from '../query/run/read-operations';
import { readRecordsAcross } from '../query/run/read-records';
import { shape, shapeObject } from '../query/run/shape';
import type { PlannedField } from '../query/plan/selection';
import { categoriesOf } from '../vocabulary/categories';
import { canonicalPurpose } from '../vocabulary/purposes';
import type { Caller } from '../identity/caller';
import type { Gateway } from './gateway';
import { checkNamedRecords } from './named-records';
import type { Operation } from './operation';
import { answerPolicy } from './policy';

/** What answers each root field of Query: the value under its selection, by response key. */
type Answering = (operation: Operation, field: PlannedField) => Promise<unknown>;

const argument = (operation: Operation, field: PlannedField, name: string): unknown => operation.arguments.get(field.id)?.[name];

/** Roles for which a reason opens one member for an hour; an exchange participant states a reason on each request and opens nobody. */
const BREAKS_GLASS = ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'];

/** Opens the one member that the operation opens, its first `member`, before anything is read: all of its fields then answer alike. */
export async function breakGlass(operation: Operation): Promise<void> {
  const { caller, plan, gateway } = operation;
  const first = plan.roots.find((each) => each.name === 'member');
  if (!first || canonicalPurpose(caller.purpose) !== 'ETREAT' || !BREAKS_GLASS.includes(caller.role)) return;
  await openMember(gateway.source, caller, String(argument(operation, first, 'id')));
}

async function answerMember(operation: Operation, field: PlannedField): Promise<unknown> {
  const id = String(argument(operation, field, 'id'));
  return (await readMembersByIds(operation.reading, field, [id])).get(id) ?? null;
}

async function answerViewer({ caller, access, facts, notice }: Operation, field: PlannedField): Promise<unknown> {
  const listed = access.profile.agreementCategories | access.profile.remuneratedCategories;
  const cell = access.categories === 'AUTHORIZED' ? [] : access.categories;
  const categories = caller.role === 'BUSINESS_ASSOCIATE' ? cell.filter((each) => categoriesOf(listed).includes(each)) : cell;
  // Staff who read under a grant see the recipient's part: what is known of an organization is the recipient's.
  const organization = caller.organization === null || (caller.grant !== null && caller.role !== 'DISCLOSURE_RECIPIENT') ? null : { id: caller.organization, name: facts.organizationName ?? caller.organization, kind: access.profile.organizationKind };
  return shapeObject({
    subject: caller.subject, role: caller.role, organization, purposeOfUse: caller.purpose, permittedPurposes: caller.purposes.filter((each) => purposePermitted(notice.clauses, caller.role, each) || caller.role === 'AUDITOR'),
    categories, noticeVersion: notice.version,
  }, field.selections, 'Viewer');
}

async function answerNotice(operation: Operation, field: PlannedField): Promise<unknown> {
  const asOf = argument(operation, field, 'asOf');
  const notice = typeof asOf === 'string' ? operation.gateway.notices.at(asOf) : operation.notice;
  return shapeObject({ ...notice }, field.selections, 'Notice');
}

async function answerAuditEvents(operation: Operation, field: PlannedField): Promise<unknown> {
  const { reading, gateway, caller } = operation;
  const first = pageSize(field, argument(operation, field, 'first'));
  const place = placeAfter(reading, field);
  const view = caller.role === 'AUDITOR' ? 'AUDITOR' : 'PRIVACY_OFFICER';
  const after = place ? { at: String(place.value), id: place.id } : null;
  const page = await readAuditEvents(gateway.source, { filter: (argument(operation, field, 'filter') ?? null) as AuditFilter | null, first, after, reader: caller.subject }, view, gateway.pseudonyms);
  return connectionAnswer(reading, field, page.events.length, page.hasNextPage, (index) => ({ id: page.events[index]?.id ?? '', value: page.events[index]?.at ?? null }), (index, node) => shape(page.events[index], node));
}

async function answerWorklist(operation: Operation, field: PlannedField): Promise<unknown> {
  const { reading, gateway, caller } = operation;
  const first = pageSize(field, argument(operation, field, 'first'));
  const place = placeAfter(reading, field);
  const after = place ? { rank: String(place.value), id: place.id } : null;
  const page = await readWorklist(gateway.source, caller, {
    kind: (argument(operation, field, 'kind') ?? null) as RequestKind | null, status: (argument(operation, field, 'status') ?? null) as RequestStatus | null, first, after,
  });
  for (const { memberId } of page.requests) if (memberId !== null) reading.touched.members.add(memberId);
  return connectionAnswer(reading, field, page.requests.length, page.hasNextPage, (index) => ({ id: page.places[index]?.id ?? '', value: page.places[index]?.rank ?? null }), (index, node) => shape(page.requests[index], node));
}

async function answerBreakGlassReviews(operation: Operation, field: PlannedField): Promise<unknown> {
  const reviewed = argument(operation, field, 'reviewed') === true;
  const uses = await readBreakGlassUses(operation.gateway.source, { reviewed, first: pageSize(field, argument(operation, field, 'first')) });
  for (const { memberId } of uses) operation.reading.touched.members.add(memberId);
  return shape(uses, field);
}

async function answerPreview<Input>({ gateway, caller, arguments: given, reading }: Operation, field: PlannedField, preview: (office: Gateway, caller: Caller, args: { memberId: string; input: Input }) => Promise<PreviewLine[]>): Promise<unknown> {
  const args = given.get(field.id) as { memberId: string; input: Input };
  const lines = await preview(gateway, caller, args);
  reading.touched.members.add(args.memberId);
  return shape(lines, field);
}

async function answerAccounting({ gateway, caller, arguments: given, reading }: Operation, field: PlannedField): Promise<unknown> {
  const args = given.get(field.id) as { memberId: string; from?: string | null; to?: string | null };
  const accounting = await accountingOfDisclosures(gateway.source, caller, args, gateway.jurisdictions);
  reading.touched.members.add(args.memberId);
  return shapeObject({ ...accounting }, field.selections, 'Accounting');
}

async function answerConsents({ gateway, caller, reading, ...operation }: Operation, field: PlannedField): Promise<unknown> {
  const memberId = String(operation.arguments.get(field.id)?.['memberId']);
  const consents = await consentsSeenBy(gateway.source, caller, memberId);
  reading.touched.members.add(memberId);
  return consents.map((each) => JSON.stringify(each));
}

/** The root fields of Query, each with what answers it. */
export const QUERIES: Readonly<Record<string, Answering>> = {
  member: answerMember,
  members: ({ reading }, field) => readMemberPage(reading, field),
  careGaps: ({ reading }, field) => readRecordsAcross(reading, field, 'CareGap'),
  claims: ({ reading }, field) => readRecordsAcross(reading, field, 'Claim'),
  operations: async ({ reading }, field) => shape(await readOperations(reading, field), { ...field, selections: field.selections.map((each) => ({ ...each, name: each.name === '__typename' ? each.name : each.key })) }),
  viewer: answerViewer,
  notice: answerNotice,
  privacyWorklist: answerWorklist,
  breakGlassReviews: answerBreakGlassReviews,
  fhirConsents: answerConsents,
  previewAuthorization: (operation, field) => answerPreview(operation, field, previewAuthorization),
  previewRestriction: async (operation, field) => {
    await checkNamedRecords(operation, 'requestRestriction', operation.arguments.get(field.id) ?? {});
    return answerPreview(operation, field, previewRestriction);
  },
  policy: answerPolicy,
  accountingOfDisclosures: answerAccounting,
  auditEvents: answerAuditEvents,
  auditIntegrity: async ({ gateway, caller }, field) => shapeObject({ ...(await verifyLedger(gateway.source, { evidence: gateway.evidence, heads: gateway.ledgerHeads?.(), clock: () => new Date(caller.at) })) }, field.selections, 'AuditIntegrity'),
};
