import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Caller } from '../identity/caller';
import { GatewayError } from '../vocabulary/errors';
import { codeOf, toGraphQLError } from './error-format';
import { traceOf } from './observe';
import type { Exchange } from './respond';
import type { Limits } from './too-complex';

export interface ExecutionRequest {
  document: DocumentNode;
  operationName: string | null;
  /** As sent; they passed coercion. */
  variables: Record<string, unknown>;
  caller: Caller;
  schema: GraphQLSchema;
}
export interface ExecutionAnswer {
  data?: unknown;
  errors?: readonly GraphQLError[];
  extensions?: Record<string, unknown>;
  /** The HTTP status of a refusal of the whole request. */
  httpStatus?: number;
}
export interface ExecutionParts {
  /** The full schema; every document is validated against it. */
  readonly schema: GraphQLSchema;
  /** Runs one validated operation, introspection included. Returns errors with `extensions.code`; may throw a GatewayError to refuse the whole. */
  execute(request: ExecutionRequest): Promise<ExecutionAnswer>;
}

/** What Apollo hands from hook to hook. It copies the context, so what changes lies one level below. */
export interface RequestContext { caller: Caller; exchange: Exchange; outcome: { httpStatus?: number } }

/** Runs an operation within its deadline. An error that bears no code of the contract is ours: it is logged and masked. */
export function createExecutor(parts: ExecutionParts, limits: Limits, log: Logger): GatewayExecutor {
  return async ({ request, document, operationName, context }) => {
    const { caller, outcome } = context as RequestContext;
    const run = { document, operationName: request.operationName ?? operationName, variables: request.variables ?? {}, caller, schema: parts.schema };
    try {
      const answer = await withinDeadline(parts.execute(run), limits.requestMilliseconds);
      for (const each of answer.errors ?? []) if (codeOf(each) === 'INTERNAL') logFailure(log, caller, each.originalError ?? each);
      outcome.httpStatus = answer.httpStatus;
      if (answer.data === undefined && !answer.errors?.length) throw new Error('an operation answered neither data nor errors');
      const { data, errors, extensions } = answer;
      return { ...(data === undefined ? {} : { data }), ...(errors?.length ? { errors } : {}), ...(extensions ? { extensions } : {}) } as ExecutionResult<Record<string, unknown>, Record<string, unknown>>;
    } catch (error) {
      if (error instanceof GatewayError) return { errors: [toGraphQLError(error)] };
      logFailure(log, caller, error);
      return { errors: [toGraphQLError(new GatewayError('INTERNAL', 'The operation failed.'))] };
    }
  };
}

const logFailure = (log: Logger, caller: Caller, error: unknown): void => log.error({ requestId: caller.requestId, ...traceOf(error) }, 'operation failed');

/** What answers after the deadline is never sent; it may stand on the audit trail as undelivered. */
async function withinDeadline<T>(running: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new GatewayError('DATABASE_UNAVAILABLE', 'The request took too long (DEADLINE_REQUEST_MS).')), milliseconds);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
