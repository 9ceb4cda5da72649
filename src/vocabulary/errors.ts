/** The closed list of error codes (interface: "What an answer carries"), with the HTTP status of a whole refused request. */
export const ERROR_STATUS = {
  UNAUTHENTICATED: 401, PURPOSE_REQUIRED: 403, PURPOSE_NOT_PERMITTED: 403, FORBIDDEN: 403, BAD_USER_INPUT: 400, NOT_FOUND: 404,
  CONFLICT: 409, GRANT_INCOMPLETE: 400, OPERATION_TOO_COMPLEX: 400, RATE_LIMITED: 429, INAUTHENTIC: 403, AUDIT_UNAVAILABLE: 503,
  DATABASE_UNAVAILABLE: 503, INTERNAL: 500, GRAPHQL_PARSE_FAILED: 400, GRAPHQL_VALIDATION_FAILED: 400,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * What a caller did or met, with a stable code. The message is for the caller: it names the argument, header or limit, and
 * never carries an input value, a record value, SQL, a path or a stack.
 */
export class GatewayError extends Error {
  constructor(readonly code: ErrorCode, message: string, readonly extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'GatewayError';
  }
  get status(): number { return ERROR_STATUS[this.code]; }
}

/** What must hold whatever a caller does; a breach is our own mistake and denies. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${what}`);
}
