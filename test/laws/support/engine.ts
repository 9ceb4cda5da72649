/** The engine under test, as one value: required again for each mutant, with one function wrapped. */
import { createPseudonyms } from '../../../src/audit/pseudonym';
import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { Notices } from '../../../src/permissions/notice';
import { createReads } from '../../../src/query/run/database';
import { createExtras } from '../../../src/resolvers/extras';
import { executeOperation } from '../../../src/resolvers/execute';
import { assembleGateway } from '../../../src/resolvers/gateway';

export const ENGINE = { createPseudonyms, clausesOf, JURISDICTIONS, Notices, createReads, createExtras, executeOperation, assembleGateway };
export type Engine = typeof ENGINE;
