import { catalogue, type CatalogueFilter } from '../policy/catalogue';
import { clausePolicy } from '../policy/clause-policy';
import { explain, type ExplainRequest } from '../policy/explain';
import type { View } from '../policy/explain-steps';
import { matrix, type MatrixFilter } from '../policy/matrix';
import { simulate, type SimulationRequest, type SimulationSources } from '../policy/simulate';
import type { Caller } from '../identity/caller';
import { readCallerFacts } from '../privacy-office/caller-facts';
import { grantOf } from '../privacy-office/read-grant';
import { NO_FACTS, readerOf, type CallerFacts } from '../query/plan/access';
import type { PlannedField } from '../query/plan/selection';
import { shape } from '../query/run/shape';
import { GatewayError } from '../vocabulary/errors';
import { purposeCovers } from '../vocabulary/purposes';
import type { Gateway } from './gateway';
import type { Operation } from './operation';
import { decideCoordinate } from './root-verdicts';

/** What the database knows of a caller that is stated and not here: of the recipient's organization, where it reads under a grant. */
export async function statedFacts(source: Gateway['source'], caller: Caller): Promise<CallerFacts> {
  const grant = caller.grant === null ? null : await grantOf(source, { ...caller, grant: caller.grant });
  if (grant && !grant.clause.purposes.some((each) => purposeCovers(each, caller.purpose))) throw new GatewayError('NOT_FOUND', 'input.grantId: there is none for this purpose');
  const reader = readerOf(caller, grant);
  const facts = reader.organization === null ? NO_FACTS : await readCallerFacts(source, reader);
  return grant ? { ...facts, grant } : facts;
}

/** What the policy's own account is given from, of a gateway. */
export const policySources = (gateway: Gateway): SimulationSources => ({
  database: gateway.database, notices: gateway.notices, tags: gateway.tags, pseudonyms: gateway.pseudonyms, schema: gateway.schema,
  callerFacts: (caller) => statedFacts(gateway.source, caller),
  mayEnter: (access, coordinate) => decideCoordinate({ access }, coordinate) === true,
});

type Answering = (operation: Operation, args: Readonly<Record<string, unknown>>) => Promise<unknown>;
const viewOf = ({ caller }: Operation): View => (caller.role === 'AUDITOR' ? 'AUDITOR' : caller.role === 'MEMBER' ? 'MEMBER' : 'PRIVACY_OFFICER');

async function answerExplain(operation: Operation, args: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { gateway, caller, access, reading } = operation;
  const own = caller.role === 'MEMBER' ? access : null;
  const { memberId, ...explanation } = await explain(policySources(gateway), args['input'] as ExplainRequest, viewOf(operation), caller.at, own);
  // It tells how a member's privacy state decides: the trail names the member.
  reading.touched.members.add(memberId);
  return explanation;
}

/** The fields of `Policy`, each with what answers it from its own arguments. */
const FIELDS: Readonly<Record<string, Answering>> = {
  catalogue: async ({ gateway }, args) => catalogue(gateway.tags, args as CatalogueFilter),
  matrix: async ({ gateway, notice }, args) => matrix((typeof args['asOf'] === 'string' ? gateway.notices.at(args['asOf']) : notice).clauses, gateway.tags, { roles: args['roles'], purposes: args['purposes'] } as MatrixFilter),
  clause: async ({ notice }, args) => clausePolicy(notice, String(args['id'])),
  explain: answerExplain,
  simulate: async (operation, args) => simulate(policySources(operation.gateway), args['input'] as SimulationRequest, viewOf(operation), operation.caller.at),
};

/** The root field `policy`: each selected field under its key. What section 11 refuses was refused before anything was read. */
export async function answerPolicy(operation: Operation, field: PlannedField): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = {};
  for (const each of field.selections) {
    const refused = operation.verdicts.refused.get(each.id);
    if (refused) throw refused;
    if (each.name === '__typename') { answer[each.key] = 'Policy'; continue; }
    const answering = FIELDS[each.name];
    if (!answering) throw new GatewayError('FORBIDDEN', `policy.${each.name}: not served`);
    answer[each.key] = shape(await answering(operation, operation.arguments.get(each.id) ?? {}), each);
  }
  return answer;
}
