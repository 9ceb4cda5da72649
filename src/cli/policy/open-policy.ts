import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { createLedger } from '../../audit/ledger';
import { createPseudonyms } from '../../audit/pseudonym';
import { tagsOf, type FieldTags } from '../../directives/tags';
import type { Database } from '../../entities/database';
import { clausesOf } from '../../permissions/clauses';
import type { Clause } from '../../permissions/core/clause';
import { loadJurisdictions } from '../../permissions/jurisdictions';
import { Notices } from '../../permissions/notice';
import type { View } from '../../policy/explain-steps';
import type { SimulationSources } from '../../policy/simulate';
import { createReads } from '../../query/run/database';
import { statedFacts } from '../../resolvers/policy';
import { decideCoordinate } from '../../resolvers/root-verdicts';
import { SERVED_RESOLVERS } from '../../resolvers/served-resolvers';
import { buildGatewaySchema } from '../../schema/build-schema';
import type { Configuration } from '../../server/configuration';
import { loadKeys } from '../../server/keys';
import { instantOf } from '../../vocabulary/instants';
import { withDatabase } from '../current-database';

/** The policy of this configuration, without its database: what `matrix`, `catalogue`, `lint`, `diff` and `prove` read. */
export interface OpenPolicy { readonly schema: GraphQLSchema; readonly tags: ReadonlyMap<string, FieldTags>; readonly clauses: readonly Clause[]; readonly notices: Notices }
export function openPolicy(configuration: Configuration): OpenPolicy {
  const schema = buildGatewaySchema(SERVED_RESOLVERS);
  const clauses = clausesOf(loadJurisdictions(configuration.directories.jurisdictions));
  return { schema, tags: tagsOf(schema), clauses, notices: Notices.load(configuration.directories.notices, clauses) };
}

/** What the command line did with a member's privacy state, for the trail. */
export interface Done<T> { readonly result: T; readonly coordinates: readonly string[]; readonly members: readonly string[] }
export type Work<T> = (sources: SimulationSources, source: Database, now: string) => Promise<Done<T>>;

/**
 * Runs work over the database as the privacy office, or as an auditor sees it, and records it durably before anything is printed:
 * whoever has the terminal has the database, and the trail says what was looked at.
 */
export async function withSources<T>(configuration: Configuration, operation: string, view: View, work: Work<T>): Promise<T> {
  const policy = openPolicy(configuration);
  const pseudonyms = createPseudonyms(loadKeys(configuration).pseudonym);
  return withDatabase(configuration.database.url, async (source) => {
    const now = instantOf(new Date());
    const ledger = createLedger(source);
    try {
      const sources: SimulationSources = {
        ...policy, database: createReads(source), pseudonyms, callerFacts: (caller) => statedFacts(source, caller), mayEnter: (access, coordinate) => decideCoordinate({ access }, coordinate) === true,
      };
      const { result, coordinates, members } = await work(sources, source, now);
      await ledger.record({
        at: now, kind: 'ADMINISTRATION', subject: 'command-line', role: view === 'AUDITOR' ? 'AUDITOR' : 'PRIVACY_OFFICER', organization: null, purpose: 'HCOMPL', clause: null, operation, coordinates,
        members, labels: [], noticeVersion: policy.notices.at(now).version, outcome: 'PERMIT', flagged: false, reason: null, grant: null, requestId: randomUUID(), tokenId: null,
      });
      return result;
    } finally {
      await ledger.close();
    }
  });
}
