import { folderOfDatabase } from '../audit/checkpoint-folder';
import { createCheckpoints, type Checkpoints } from '../audit/checkpoints';
import { assertDurable } from '../audit/durability';
import { describeFinding } from '../audit/finding';
import { createLedger, type Ledger } from '../audit/ledger';
import { createPseudonyms } from '../audit/pseudonym';
import { auditPublicKeys } from '../audit/public-keys';
import { printTaggedSchema } from '../directives/print-schema';
import { tagsOf } from '../directives/tags';
import { createDataSource } from '../entities/data-source';
import type { Database } from '../entities/database';
import { openExports } from './open-exports';
import { Programs } from '../fhir/programs';
import { relabelMember } from '../fhir/relabel-member';
import { LabellingService } from '../labelling/labelling-service';
import { clausesOf } from '../permissions/clauses';
import { loadJurisdictions } from '../permissions/jurisdictions';
import { Notices } from '../permissions/notice';
import { createReads, type Recorder } from '../query/run/database';
import { schemaReadEntry } from '../resolvers/audit-entry';
import { assembleGateway, type Gateway as Decided } from '../resolvers/gateway';
import { createExtras } from '../resolvers/extras';
import { executeOperation } from '../resolvers/execute';
import { SERVED_RESOLVERS } from '../resolvers/served-resolvers';
import { buildGatewaySchema } from '../schema/build-schema';
import { createGateway, type Gateway } from './app';
import type { Configuration } from './configuration';
import { loadKeys } from './keys';
import { openVerifier } from './open-verifier';
import { unusedSettings } from './unused-settings';

/** A gateway over its database, ready to start; `close` ends the ledger and the connection after `stop`. */
export interface Assembled extends Opened { readonly gateway: Gateway }
export interface AssembleOptions { readonly recorder?: Recorder | null; readonly clock?: () => Date }

/** An older database is refused with the command to run; a newer one too. */
export async function assertMigrated(source: Database): Promise<void> {
  if (await source.showMigrations()) throw new Error('the database is not at this version\'s schema: run `phi-gateway migrate`');
}

/** A line for the operator, in the shape of the log's own. */
const complain = (message: string, level = 50): void => { process.stderr.write(`${JSON.stringify({ level, time: Date.now(), service: 'phi-gateway', msg: message })}\n`); };
const WARNING = 40;

/** What decides and reads, without HTTP: for the server and for commands that read as a caller does. */
export interface Opened { readonly decided: Decided; readonly source: Database; readonly ledger: Ledger; readonly checkpoints: Checkpoints; close(): Promise<void> }

/** Opens the database and puts together what decides: keys, policy, schema, ledger. */
export async function openDecided(configuration: Configuration, options: AssembleOptions = {}): Promise<Opened> {
  const keys = loadKeys(configuration);
  const source = await createDataSource(configuration.database.url, { poolSize: configuration.database.poolSize }).initialize();
  try {
    await assertMigrated(source);
    await assertDurable(source, { asserted: configuration.database.durabilityAsserted });
    const jurisdictions = loadJurisdictions(configuration.directories.jurisdictions);
    const clauses = clausesOf(jurisdictions);
    const labelling = LabellingService.load({ codeSetsDir: configuration.directories.codeSets });
    const schema = buildGatewaySchema(SERVED_RESOLVERS);
    const ledger = createLedger(source, { clock: options.clock });
    const evidence = { folder: folderOfDatabase(configuration.directories.auditCheckpoints, configuration.database.url), publicKeys: auditPublicKeys(configuration.directories.keys) };
    const checkpoints = createCheckpoints(source, {
      folder: evidence.folder, signing: keys.auditSigning, earlierKeys: evidence.publicKeys, clock: options.clock, heads: () => ledger.heads(),
      onFinding: (finding) => complain(`the audit ledger is broken: ${describeFinding(finding)}`), onError: () => complain('an audit checkpoint could not be written; the next one is tried in a minute'),
    });
    const decided = assembleGateway({
      source, database: createReads(source, options.recorder ?? null), schema, tags: tagsOf(schema), clauses, jurisdictions,
      notices: Notices.load(configuration.directories.notices, clauses), ledger, ledgerHeads: () => ledger.heads(), evidence, pseudonyms: createPseudonyms(keys.pseudonym), cursorKey: keys.cursor,
      extras: createExtras(source, configuration.coveredOrganizations),
      relabelMember: async (manager, memberId) => relabelMember(manager, memberId, { labelling, programs: await Programs.load(manager, configuration.part2Programs) }),
      ownLabels: (input) => labelling.label(input),
    });
    return { decided, source, ledger, checkpoints, close: async () => { await ledger.close(); await checkpoints.close(); await source.destroy(); } };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** Puts the parts together as the configuration says: what decides, and HTTP. */
export async function assemble(configuration: Configuration, options: AssembleOptions = {}): Promise<Assembled> {
  for (const line of unusedSettings(configuration)) complain(line, WARNING);
  const opened = await openDecided(configuration, options);
  const { decided, decided: { schema }, source, ledger, checkpoints } = opened;
  try {
    const exports_ = openExports(decided, configuration, { clock: options.clock, onError: (message) => complain(message) });
    const gateway = await createGateway({
      configuration, schema, verifier: await openVerifier(configuration, options.clock), sdl: printTaggedSchema(schema), clock: options.clock,
      execute: (request) => executeOperation(decided, request),
      recordSchemaRead: async (auditor) => { await ledger.record(schemaReadEntry(auditor, decided.notices.at(auditor.at).version)); },
      routes: (router, services) => { exports_.routes(router, services); },
      readiness: { database: async () => { await source.query('SELECT 1'); } },
    });
    checkpoints.start();
    exports_.worker.start();
    return { gateway, decided, source, ledger, checkpoints, close: async () => { await exports_.worker.stop(); await opened.close(); } };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
