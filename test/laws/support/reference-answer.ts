/** The whole of an answer from the reference path, as `executeOperation` would give it: refusals, errors, what is told beside the data, the record. */
import { GraphQLError, isNonNullType } from 'graphql';
import type { AuditEntry } from '../../../src/audit/entry';
import { entryOf } from '../../../src/resolvers/audit-entry';
import type { ExecutionAnswer } from '../../../src/resolvers/execute';
import type { Gateway } from '../../../src/resolvers/gateway';
import type { Operation, OperationRequest } from '../../../src/resolvers/operation';
import { neverSeen, runReference } from '../../../src/resolvers/reference';
import { decideCoordinate } from '../../../src/resolvers/root-verdicts';
import type { PlannedField } from '../../../src/query/plan/selection';
import { connectionType, withheldLine, type Withheld } from '../../../src/query/plan/verdicts';
import { readObligations } from '../../../src/query/run/read-obligations';
import { readOwnDenials } from '../../../src/query/run/read-own-denials';
import { ENTRY_TYPES } from '../../../src/directives/tags';
import { ERROR_STATUS, GatewayError } from '../../../src/vocabulary/errors';
import type { RecordType } from '../../../src/vocabulary/records';

export interface ReferenceAnswer { readonly answer: ExecutionAnswer; readonly entry: AuditEntry }

const isMeta = (field: PlannedField): boolean => field.name.startsWith('__');

/** The error of an entry that is not for this caller; null for any other field. */
function refusal({ access }: Operation, field: PlannedField): Error | null {
  if (isMeta(field) || !ENTRY_TYPES.includes(field.parent)) return null;
  const verdict = decideCoordinate({ access }, field.coordinate);
  return verdict === true ? null : verdict || new GatewayError('FORBIDDEN', field.name);
}

/** A refused entry that cannot be null, or roots that are all refused, refuse the request (policy section 11). */
function wholeRefusal(operation: Operation): Error | null {
  const { roots } = operation.plan;
  const entries = roots.flatMap((root) => (root.name === 'policy' ? [root, ...root.selections] : [root]));
  const isAll = roots.every((root) => refusal(operation, root) !== null);
  for (const field of entries) {
    const refused = refusal(operation, field);
    if (refused && (isAll || (field.definition && isNonNullType(field.definition.type)))) return refused;
  }
  return null;
}

/** What can never be seen, in the order of the document; what stands below it is not told. */
function lines(operation: Operation, fields: readonly PlannedField[], found: Map<string, Withheld>): void {
  for (const field of fields) {
    if (refusal(operation, field)) continue;
    const line = neverSeen(operation, field);
    if (line) found.set(field.coordinate, line);
    else lines(operation, field.selections, found);
  }
}
function connectionsOf(fields: readonly PlannedField[], found = new Set<RecordType>()): Set<RecordType> {
  for (const field of fields) {
    const type = field.parent === 'Member' ? connectionType(field.name) : null;
    if (type) found.add(type);
    connectionsOf(field.selections, found);
  }
  return found;
}
async function withheld(operation: Operation): Promise<Withheld[]> {
  const { plan, access, reading } = operation;
  const never = new Map<string, Withheld>();
  lines(operation, plan.roots, never);
  const used = [...reading.touched.used].map((coordinate) => withheldLine(access, coordinate)).filter((each) => each !== null);
  const denials = await readOwnDenials(reading, [...connectionsOf(plan.roots)]);
  return [...new Map([...never.values(), ...used, ...denials].map((each) => [`${each.coordinate} ${each.reason}`, each])).values()];
}

function rootError(error: Error, key: string): GraphQLError {
  if (!(error instanceof GatewayError) || ERROR_STATUS[error.code] >= 500) throw error;
  return new GraphQLError(error.message, { path: [key], extensions: { ...error.extensions, code: error.code } });
}

/** @throws GatewayError where the request is refused as a whole, and whatever is our own mistake */
export async function answerByReference(gateway: Gateway, request: OperationRequest): Promise<ReferenceAnswer> {
  const { operation, result, failures } = await runReference(gateway, request);
  const refused = wholeRefusal(operation);
  if (refused) throw refused;
  const errors = operation.plan.roots.flatMap(({ key }) => { const error = failures.get(key); return error ? [rootError(error, key)] : []; });
  // The gateway fails at roots alone: whatever else graphql-js met is a difference.
  const below = (result.errors ?? []).filter((each) => each.path?.length !== 1);
  const { caller, notice, reading } = operation;
  const privacy = { purposeOfUse: caller.purpose, noticeVersion: notice.version, auditId: null, withheld: await withheld(operation), obligations: await readObligations(reading) };
  const told = [...errors, ...below];
  return { answer: { data: result.data, ...(told.length > 0 ? { errors: told } : {}), extensions: { privacy } }, entry: entryOf(operation, told.length > 0 ? 'ERROR' : 'PERMIT') };
}
