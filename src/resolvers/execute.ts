import { GraphQLError, isNonNullType } from 'graphql';
import { connectionType, withheldLine, type Withheld } from '../query/plan/verdicts';
import type { PlannedField } from '../query/plan/selection';
import { asGatewayError } from '../query/run/database';
import { assertPages } from '../query/run/reading';
import { readObligations, type Obligation } from '../query/run/read-obligations';
import { readOwnDenials } from '../query/run/read-own-denials';
import { withhold } from '../query/run/withhold';
import { readReliance } from '../query/run/read-reliance';
import { noteEmergency } from '../privacy-office/break-glass';
import { recordReliance } from '../privacy-office/reliance';
import { ERROR_STATUS, GatewayError } from '../vocabulary/errors';
import type { RecordType } from '../vocabulary/records';
import { entryOf, refusalEntry } from './audit-entry';
import type { Gateway } from './gateway';
import { introspect } from './introspection';
import { answerMutation } from './mutations';
import { prepareOperation, type Operation, type OperationRequest } from './operation';
import { breakGlass, QUERIES } from './queries';

export interface ExecutionAnswer { data?: unknown; errors?: readonly GraphQLError[]; extensions?: Record<string, unknown>; httpStatus?: number }

const isIntrospection = (field: PlannedField): boolean => field.name === '__schema' || field.name === '__type';
const asGraphQLError = (error: unknown, path: readonly string[]): GraphQLError => {
  const known = error instanceof GatewayError ? error : null;
  return new GraphQLError(known?.message ?? 'The operation failed.', { path: [...path], extensions: { ...known?.extensions, code: known?.code ?? 'INTERNAL' }, ...(known ? {} : { originalError: error as Error }) });
};
/** What refuses the whole request wherever it occurs: nothing can be served beside it. */
const refusesAll = (error: unknown): boolean => !(error instanceof GatewayError) || ERROR_STATUS[error.code] >= 500;

interface Roots { readonly data: Record<string, unknown> | null; readonly errors: readonly GraphQLError[]; readonly auditId: string | null }

/** Answers the root fields: queries at once, mutations one after the other, each error at its path. */
async function answerRoots(operation: Operation): Promise<Roots> {
  const { plan } = operation;
  const data: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  let auditId: string | null = null;
  let isNull = false;
  const answerOne = async (field: PlannedField): Promise<void> => {
    try {
      data[field.key] = await answerRoot(operation, field, (id) => { auditId = id; });
    } catch (error) {
      if (refusesAll(error)) throw error;
      errors.push(asGraphQLError(error, [field.key]));
      data[field.key] = null;
      if (field.definition && isNonNullType(field.definition.type)) isNull = true;
    }
  };
  plan.roots.forEach((field) => { data[field.key] = null; });
  if (plan.kind === 'mutation') for (const field of plan.roots) { if (!isNull) await answerOne(field); }
  else await Promise.all(plan.roots.filter((each) => !isIntrospection(each)).map(answerOne));
  const asked = plan.roots.filter(isIntrospection);
  if (asked.length > 0) Object.assign(data, await introspect(operation.gateway.roleSchemas.for(operation.caller, operation.facts, operation.notice), operation.document, operation.operationName, asked, operation.variables));
  return { data: isNull ? null : data, errors, auditId };
}

async function answerRoot(operation: Operation, field: PlannedField, onAudited: (auditId: string) => void): Promise<unknown> {
  if (field.name === '__typename') return field.parent;
  const refused = operation.verdicts.refused.get(field.id);
  if (refused) throw refused;
  const { deniedWithin } = operation.verdicts;
  if (operation.plan.kind === 'mutation') return withhold(await answerMutation(operation, field, onAudited), field, deniedWithin);
  const answer = QUERIES[field.name];
  if (!answer) throw new GatewayError('FORBIDDEN', `${field.name}: not served`);
  assertPages(operation.reading, field);
  return withhold(await answer(operation, field), field, deniedWithin);
}

/** A refused root field that cannot be null, or that stands alone, refuses the whole request (policy section 11). */
function refuseWhole({ plan, verdicts }: Operation): void {
  for (const field of plan.roots.flatMap((root) => (root.name === 'policy' ? [root, ...root.selections] : [root]))) {
    const refused = verdicts.refused.get(field.id);
    const nullable = field.definition !== null && !isNonNullType(field.definition.type);
    if (refused && (!nullable || plan.roots.every((each) => verdicts.refused.has(each.id)))) throw refused;
  }
}

const askedTypes = (fields: readonly PlannedField[]): RecordType[] => {
  const found = new Set<RecordType>();
  const visit = (field: PlannedField): void => {
    const type = field.parent === 'Member' ? connectionType(field.name) : null;
    if (type) found.add(type);
    field.selections.forEach(visit);
  };
  fields.forEach(visit);
  return [...found];
};

/** Lines for fields that can never be seen, those that filters and orders used among them; and what a member is told of denials. */
async function withheldLines({ verdicts, reading, access, plan }: Operation): Promise<Withheld[]> {
  const lines = new Map(verdicts.withheld.map((each) => [`${each.coordinate} ${each.reason}`, each]));
  const used = [...reading.touched.used].map((coordinate) => withheldLine(access, coordinate)).filter((each) => each !== null);
  for (const each of [...used, ...(await readOwnDenials(reading, askedTypes(plan.roots)))]) lines.set(`${each.coordinate} ${each.reason}`, each);
  return [...lines.values()];
}

const privacyExtension = (operation: Operation, auditId: string, withheld: readonly Withheld[], obligations: readonly Obligation[]) => ({
  privacy: { purposeOfUse: operation.caller.purpose, noticeVersion: operation.notice.version, auditId, withheld, obligations },
});

/** Runs one validated operation to the end: read, record durably, then answer. No data leaves before its record is durable. */
export async function executeOperation(gateway: Gateway, request: OperationRequest): Promise<ExecutionAnswer> {
  let operation: Operation | null = null;
  try {
    operation = await prepareOperation(gateway, request);
    refuseWhole(operation);
    await breakGlass(operation);
    const { data, errors, auditId } = await answerRoots(operation);
    const withheld = await withheldLines(operation);
    const obligations = await readObligations(operation.reading);
    const relied = await readReliance(operation.reading, gateway.jurisdictions);
    await noteEmergency(gateway.source, request.caller, operation.reading.touched.members);
    const recorded = auditId ?? await gateway.ledger.record(entryOf(operation, errors.length > 0 ? 'ERROR' : 'PERMIT'));
    await recordReliance(gateway.source, request.caller, recorded, relied);
    return { data, ...(errors.length > 0 ? { errors } : {}), extensions: privacyExtension(operation, recorded, withheld, obligations) };
  } catch (error) {
    // Not every statement of an operation goes through the reads: a lost database is told as one wherever it was met.
    const told = asGatewayError(error);
    await recordRefusal(gateway, request, operation, told);
    throw told;
  }
}

/** A refused or failed operation is on the trail too, where it can be; what cannot be recorded was not answered either. */
async function recordRefusal(gateway: Gateway, request: OperationRequest, operation: Operation | null, error: unknown): Promise<void> {
  if (error instanceof GatewayError && (error.code === 'AUDIT_UNAVAILABLE' || error.code === 'DATABASE_UNAVAILABLE')) return;
  const version = gateway.notices.at(request.caller.at).version;
  const denied = error instanceof GatewayError && ERROR_STATUS[error.code] === 403;
  const entry = operation ? { ...entryOf(operation, denied ? 'DENY' : 'ERROR'), members: [], labels: [], clause: null } : refusalEntry(request.caller, version, request.operationName);
  await gateway.ledger.record(entry);
}
