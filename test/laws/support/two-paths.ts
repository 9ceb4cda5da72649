/** Both ways to an answer, as texts: the one place that knows in what form the gateway hands an answer on. */
import { GraphQLError } from 'graphql';
import type { AuditEntry } from '../../../src/audit/entry';
import type { Binding, Place } from '../../../src/query/cursor';
import { executeOperation, type ExecutionAnswer } from '../../../src/resolvers/execute';
import type { Gateway } from '../../../src/resolvers/gateway';
import { GatewayError } from '../../../src/vocabulary/errors';
import { toGraphQLError } from '../../../src/server/error-format';
import type { Request, Station } from './laboratory';
import { answerByReference } from './reference-answer';

/** `text`: what would be sent, with cursors opened; `record`: what the trail would have; `sent`: with the cursors as they are. */
export interface Told { readonly text: string; readonly record: string; readonly sent: string }

/** An answer as it would be sent, byte for byte. Where the gateway comes to hand on text already, this is what changes. */
const textOf = ({ data, errors, extensions }: ExecutionAnswer): string =>
  JSON.stringify({ ...(data === undefined ? {} : { data }), ...(errors ? { errors: inOrder(errors).map((each) => each.toJSON()) } : {}), ...(extensions ? { extensions } : {}) });

/** Roots are read side by side, and fail in any order: errors are compared in the order of their paths. */
const inOrder = (errors: readonly GraphQLError[]): GraphQLError[] => [...errors].sort((left, right) => (String(left.path) < String(right.path) ? -1 : 1));

const AUDIT_ID = /"auditId":(null|"[^"]*")/;
const SEALED = /"([\w-]{40,})"/g;

const TRIES = 3;
/** A database that is too busy to answer in time says nothing of the answer. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run();
    } catch (error) {
      if (tried === TRIES || !(error instanceof GatewayError) || error.code !== 'DATABASE_UNAVAILABLE') throw error;
    }
  }
}

export class TwoPaths {
  private readonly sealed = new Map<string, { readonly binding: Binding; readonly at: string }>();
  private readonly gateway: Gateway;

  constructor(readonly station: Station) {
    const { cursors } = station.gateway;
    const seal = (place: Place, binding: Binding, at: string): string => {
      const text = cursors.seal(place, binding, at);
      this.sealed.set(text, { binding, at });
      return text;
    };
    this.gateway = Object.freeze({ ...station.gateway, cursors: Object.assign(Object.create(cursors) as typeof cursors, { seal }) });
  }

  /** By chance are an audit id, and the seal of a cursor: what it opens to, and what it is bound to, is compared. */
  private opened(sent: string): string {
    return sent.replace(AUDIT_ID, '"auditId":"?"').replace(SEALED, (quoted, token: string) => {
      const known = this.sealed.get(token);
      return known ? JSON.stringify({ place: this.gateway.cursors.open(token, known.binding, known.at), bound: known.binding }) : quoted;
    });
  }

  private async told(answer: () => Promise<{ answer: ExecutionAnswer; entry: AuditEntry | undefined }>): Promise<Told> {
    let made: { answer: ExecutionAnswer; entry: AuditEntry | undefined };
    try {
      made = await patiently(answer);
    } catch (error) {
      // Whatever bears no code is a fault of the gateway's own, not an answer.
      if (!(error instanceof GatewayError)) throw error;
      made = { answer: { errors: [toGraphQLError(error)] }, entry: undefined };
    }
    const sent = textOf(made.answer);
    return { sent, text: this.opened(sent), record: JSON.stringify(made.entry ?? null) };
  }

  byGateway(request: Request): Promise<Told> {
    const { entries } = this.station.notebook;
    return this.told(async () => {
      const answer = await executeOperation(this.gateway, { operationName: null, ...request });
      return { answer, entry: entries.at(-1) };
    });
  }
  byReference(request: Request): Promise<Told> {
    return this.told(() => answerByReference(this.gateway, { operationName: null, ...request }));
  }
  /** Forgets the cursors sealed so far. */
  forget(): void { this.sealed.clear(); this.station.notebook.entries.length = 0; }
}
