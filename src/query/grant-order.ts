import { hkdfSync } from 'node:crypto';
import type { Pseudonyms } from '../vocabulary/pseudonyms';

/**
 * An order of ids that a grant has to itself: lists of two grants that leave identifiers out could else be laid side by side, row by row. It is
 * a keyed hash of the id (tabulation: a secret place of each character in a shuffled alphabet, times a secret weight of its position, modulo a
 * prime), because both databases must work it out, page by page, and have no keyed hash in common.
 */
export interface GrantOrder {
  readonly alphabet: string;
  /** One for each position of an id; whole numbers below the prime. */
  readonly weights: readonly number[];
  /** What the databases make of an id. */
  of(id: string): number;
}

/** The longest id of FHIR has 64 characters, and parts of a resource have a suffix. */
export const ORDERED_CHARACTERS = 68;
/** The largest prime below 2^37: the sum of all positions is exact in the doubles of both databases. */
export const ORDER_PRIME = 137_438_953_447;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:';

/** @param pseudonyms of the deployment: their key is the secret of the order */
export function grantOrder(pseudonyms: Pseudonyms, grantId: string): GrantOrder {
  const secret = pseudonyms.of('record', `order\n${grantId}`);
  const stream = Buffer.from(hkdfSync('sha256', secret, '', 'order of a grant', 6 * (ORDERED_CHARACTERS + CHARACTERS.length)));
  const drawn = (place: number): number => stream.readUIntBE(6 * place, 6);
  const weights = Array.from({ length: ORDERED_CHARACTERS }, (_, place) => 1 + (drawn(place) % (ORDER_PRIME - 1)));
  const shuffled = [...CHARACTERS].map((each, place) => [drawn(ORDERED_CHARACTERS + place), each] as const).sort(([left], [right]) => left - right);
  const alphabet = shuffled.map(([, each]) => each).join('');
  return Object.freeze({
    alphabet, weights: Object.freeze(weights),
    // Beyond the end is the empty text, which INSTR finds in the first place.
    of(id: string) {
      const characters = [...id];
      return weights.reduce((sum, weight, place) => { const each = characters[place]; return sum + weight * (each === undefined ? 1 : alphabet.indexOf(each) + 1); }, 0) % ORDER_PRIME;
    },
  });
}
