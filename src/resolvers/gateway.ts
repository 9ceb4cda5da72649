import type { GraphQLSchema } from 'graphql';
import type { Evidence } from '../audit/evidence';
import type { ChainWriter, Ledger } from '../audit/ledger';
import type { FieldTags } from '../directives/tags';
import type { Database, Transaction } from '../entities/database';
import type { Clause } from '../permissions/core/clause';
import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import type { Notices } from '../permissions/notice';
import { shieldTree, type ShieldTree } from '../permissions/shield';
import type { Office } from '../privacy-office/office';
import { Cursors } from '../query/cursor';
import type { ReadDatabase } from '../query/run/database';
import type { MemberExtras } from '../query/run/reading';
import type { Pseudonyms } from '../vocabulary/pseudonyms';
import { RoleSchemas } from './introspection';
import { PlanCache } from './plan-cache';
import { decideCoordinate, type DecisionContext } from './root-verdicts';

/** What a deployment of the gateway is made of. */
export interface GatewayMaterials {
  readonly source: Database;
  readonly database: ReadDatabase;
  readonly schema: GraphQLSchema;
  readonly tags: ReadonlyMap<string, FieldTags>;
  readonly clauses: readonly Clause[];
  readonly notices: Notices;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly ledger: Ledger;
  /** What this process knows to be durable of its own chains. */
  readonly ledgerHeads?: ChainWriter['heads'];
  /** The signed checkpoints that the ledger is verified against; without them by its own links alone. */
  readonly evidence?: Evidence;
  readonly pseudonyms: Pseudonyms;
  readonly cursorKey: Uint8Array;
  readonly extras: MemberExtras;
  /** What the privacy office needs besides the database: labels. */
  readonly relabelMember: (manager: Transaction, memberId: string) => Promise<unknown>;
  readonly ownLabels: Office['ownLabels'];
}

/** The materials with what is made of them once: the shield tree, the schemas of the roles, the plans. */
export interface Gateway extends GatewayMaterials {
  readonly shield: ShieldTree;
  readonly cursors: Cursors;
  readonly plans: PlanCache;
  readonly roleSchemas: RoleSchemas;
}

export function assembleGateway(materials: GatewayMaterials): Gateway {
  return Object.freeze({
    ...materials, shield: shieldTree<DecisionContext>(materials.tags, decideCoordinate), cursors: new Cursors(materials.cursorKey), plans: new PlanCache(),
    roleSchemas: new RoleSchemas(materials.schema, materials.tags),
  });
}
