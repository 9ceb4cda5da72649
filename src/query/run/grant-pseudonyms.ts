import { grantOrder, type GrantOrder } from '../grant-order';
import type { Pseudonyms, PseudonymKind } from '../../vocabulary/pseudonyms';

/** Ids as the reader of a grant without identifiers has them: pseudonyms that no other grant shares. */
export interface GrantPseudonyms {
  of(kind: PseudonymKind, id: string): string;
  /** The id behind a pseudonym of this grant; null for anything else, a real id and another grant's pseudonym included. */
  idOf(kind: PseudonymKind, pseudonym: string): string | null;
  /** The order of lists: that of ids would align the lists of two grants. */
  readonly order: GrantOrder;
}

/** The grant's id stands before the id that is sealed: equal ids of two grants have nothing in common. */
export function grantPseudonyms(pseudonyms: Pseudonyms, grantId: string): GrantPseudonyms {
  const scope = `${grantId}\n`;
  return Object.freeze({
    order: grantOrder(pseudonyms, grantId),
    of: (kind: PseudonymKind, id: string) => pseudonyms.of(kind, scope + id),
    idOf(kind: PseudonymKind, pseudonym: string) {
      const found = pseudonyms.idOf(kind, pseudonym);
      return found?.startsWith(scope) ? found.slice(scope.length) : null;
    },
  });
}

/** What no id is: it finds nothing. */
const NOBODY = '';

/** The arguments of a root field with the grant's pseudonyms turned into ids; what is none of them finds nothing. */
export function withIds(args: Readonly<Record<string, unknown>>, field: string, pseudonyms: GrantPseudonyms): Readonly<Record<string, unknown>> {
  const idOf = (given: unknown): string => pseudonyms.idOf('member', String(given)) ?? NOBODY;
  const filter = args['filter'] as Readonly<Record<string, unknown>> | null | undefined;
  const lists = Object.fromEntries(['ids', 'memberIds'].flatMap((name) => (Array.isArray(filter?.[name]) ? [[name, (filter[name] as unknown[]).map(idOf)]] : [])));
  return { ...args, ...(field === 'member' ? { id: idOf(args['id']) } : {}), ...(filter ? { filter: { ...filter, ...lists } } : {}) };
}
