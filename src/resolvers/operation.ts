import type { DocumentNode } from 'graphql';
import { ENTRY_TYPES } from '../directives/tags';
import type { Caller } from '../identity/caller';
import { purposePermitted } from '../permissions/core/decide';
import type { NoticeVersion } from '../permissions/notice';
import { verdicts } from '../permissions/shield';
import { readCallerFacts } from '../privacy-office/caller-facts';
import { grantOf, type GrantInForce } from '../privacy-office/read-grant';
import { createAccess, NO_FACTS, readerOf, type Access, type CallerFacts } from '../query/plan/access';
import { bindArguments, coerceVariables, coordinatesOf, type Arguments, type OperationPlan } from '../query/plan/operation-plan';
import type { PlannedField } from '../query/plan/selection';
import { withheldLine, type Withheld } from '../query/plan/verdicts';
import { grantPseudonyms, withIds, type GrantPseudonyms } from '../query/run/grant-pseudonyms';
import { readMembersByIds } from '../query/run/read-members';
import { untouched, type Reading } from '../query/run/reading';
import { GatewayError } from '../vocabulary/errors';
import { canonicalPurpose, purposeCovers } from '../vocabulary/purposes';
import { isRecordType } from '../vocabulary/records';
import type { Gateway } from './gateway';
import type { PreparedOperation, PreparedVerdicts } from './plan-cache';

/** One operation of one caller, decided and ready to be read: every value that the steps after it need, frozen. */
export interface Operation {
  readonly gateway: Gateway;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly facts: CallerFacts & { readonly organizationName: string | null };
  readonly access: Access;
  readonly notice: NoticeVersion;
  readonly plan: OperationPlan;
  readonly arguments: Arguments;
  readonly verdicts: PreparedVerdicts;
  readonly reading: Reading;
}

/** A purpose that nothing gives to the role is refused; one that an authorization or a grant can open is admitted (policy section 1). */
export function refusePurpose(caller: Caller, { clauses }: Pick<NoticeVersion, 'clauses'>): void {
  const purpose = canonicalPurpose(caller.purpose);
  const admitted = caller.role === 'AUDITOR' ? purpose === 'HCOMPL'
    : caller.role === 'DISCLOSURE_RECIPIENT' ? purpose !== 'ETREAT'
      : purposePermitted(clauses, caller.role, caller.purpose);
  if (!admitted) throw new GatewayError('PURPOSE_NOT_PERMITTED', 'X-Purpose-Of-Use: this role has no use for this purpose');
}

/** The grant that the request names, for one of its clause's purposes; null where it names none. */
async function grantOfCaller(gateway: Gateway, caller: Caller): Promise<GrantInForce | null> {
  if (caller.grant === null) return null;
  const found = await grantOf(gateway.source, { ...caller, grant: caller.grant });
  if (!found.clause.purposes.some((each) => purposeCovers(each, caller.purpose))) throw new GatewayError('PURPOSE_NOT_PERMITTED', 'X-Purpose-Of-Use: the grant in X-Grant is not for this purpose');
  return found;
}

/** What is known of the caller's organization; of the recipient's, where a grant is read. */
async function factsOf(gateway: Gateway, caller: Caller, grant: GrantInForce | null): Promise<CallerFacts> {
  const reader = readerOf(caller, grant);
  const facts = reader.organization === null ? NO_FACTS : await readCallerFacts(gateway.source, reader);
  return grant ? { ...facts, grant } : facts;
}

/** Asks the shield tree once for every field of the operation; what is denied is marked, what is refused keeps its error. */
async function decideFields(gateway: Gateway, access: Access, plan: OperationPlan): Promise<PreparedVerdicts> {
  const fields: PlannedField[] = [];
  const visit = (field: PlannedField): void => {
    if (!field.name.startsWith('__')) fields.push(field);
    field.selections.forEach(visit);
    field.byType?.forEach((each) => each.forEach(visit));
  };
  plan.roots.forEach(visit);
  const found = await verdicts(gateway.shield, fields.map((each) => each.coordinate), { access });
  const denied = new Set<number>();
  const deniedWithin = new Set<number>();
  const deny = (field: PlannedField): void => { (field.parent === 'Member' || isRecordType(field.parent) ? denied : deniedWithin).add(field.id); };
  const refused = new Map<number, Error>();
  const withheld = new Map<string, Withheld>();
  // Of an interface, what is selected of each type is decided too; which type it will be is not known, so no line is told.
  const below = (field: PlannedField, told = true): void => {
    const verdict = found.get(field.coordinate);
    // Nothing but true opens: where a rule threw or a tag lacks, an entry is refused as well, and a field below it is null.
    if (verdict !== true && verdict !== undefined && ENTRY_TYPES.includes(field.parent)) {
      refused.set(field.id, verdict || new GatewayError('FORBIDDEN', `${field.name}: not for this role and purpose`));
      return;
    }
    if (verdict !== true && verdict !== undefined) {
      deny(field);
      const line = withheldLine(access, field.coordinate);
      if (line && told) withheld.set(field.coordinate, line);
      return;
    }
    field.selections.forEach((each) => below(each, told));
    field.byType?.forEach((fields_) => fields_.forEach((each) => below(each, false)));
  };
  plan.roots.forEach((each) => below(each));
  return Object.freeze({ denied, deniedWithin, refused, withheld: Object.freeze([...withheld.values()]), coordinates: Object.freeze(coordinatesOf(plan.roots)) });
}

/** Ids in arguments are the grant's pseudonyms where it tells ids as such. */
function argumentsOf(plan: OperationPlan, given: Arguments, pseudonyms: GrantPseudonyms | null): Arguments {
  if (!pseudonyms) return given;
  const roots = plan.roots.flatMap((field) => { const args = given.get(field.id); return args ? [[field.id, withIds(args, field.name, pseudonyms)] as const] : []; });
  return new Map([...given, ...roots]);
}

export interface OperationRequest { readonly document: DocumentNode; readonly operationName: string | null; readonly variables: Readonly<Record<string, unknown>>; readonly caller: Caller }

/** From the request to the decided operation. Refuses the whole where the purpose is not the role's. */
export async function prepareOperation(gateway: Gateway, request: OperationRequest): Promise<Operation> {
  const { caller, document, operationName } = request;
  const notice = gateway.notices.at(caller.at);
  const grant = await grantOfCaller(gateway, caller);
  if (!grant) refusePurpose(caller, notice);
  const { variables } = coerceVariables(gateway.schema, document, operationName, request.variables);
  const facts = await factsOf(gateway, caller, grant);
  const access = createAccess(notice.clauses, caller, facts);
  const prepared: PreparedOperation = gateway.plans.get(gateway.schema, document, operationName, variables, `${notice.version} ${access.key}`);
  prepared.verdicts ??= await decideFields(gateway, access, prepared.plan);
  const pseudonyms = grant && grant.terms.form !== 'FULL' ? grantPseudonyms(gateway.pseudonyms, grant.id) : null;
  const boundArguments = argumentsOf(prepared.plan, bindArguments(prepared.plan, variables), pseudonyms);
  const reading: Reading = {
    database: gateway.database, access, arguments: boundArguments, statements: prepared.statements, cursors: gateway.cursors, noticeVersion: notice.version,
    extras: gateway.extras, members: readMembersByIds, denied: prepared.verdicts.denied, touched: untouched(), pseudonyms,
  };
  return Object.freeze({
    gateway, document, operationName, variables, caller, facts, access, notice, plan: prepared.plan, arguments: boundArguments, verdicts: prepared.verdicts, reading,
  });
}
