import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { PseudonymKind, Pseudonyms } from '../vocabulary/pseudonyms';

const TAG = 16;
/** Ids are padded to whole blocks, so that a pseudonym does not tell the length of its id. */
const BLOCK = 64;

/**
 * Deterministic authenticated encryption in the SIV construction (RFC 5297's idea, with HMAC-SHA-256 as the pseudorandom
 * function): the tag is the HMAC of kind and id and serves as the counter block of AES-256-CTR. Without the key a pseudonym is a
 * keyed hash; with it an auditor's filter finds its member at once, with no table of pseudonyms to keep.
 * @param key 32 bytes (`Keys.pseudonym`)
 */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  if (key.length !== 32) throw new Error('The pseudonym key must have 32 bytes');
  const derive = (use: string): Buffer => createHmac('sha256', key).update(use).digest();
  const [tagKey, cipherKey] = [derive('pseudonym tag'), derive('pseudonym cipher')];
  const tagOf = (kind: PseudonymKind, text: Buffer): Buffer => createHmac('sha256', tagKey).update(`${kind}\0`).update(text).digest().subarray(0, TAG);
  return Object.freeze({
    of(kind: PseudonymKind, id: string): string {
      const text = padded(id);
      const tag = tagOf(kind, text);
      return Buffer.concat([tag, createCipheriv('aes-256-ctr', cipherKey, tag).update(text)]).toString('base64url');
    },
    idOf(kind: PseudonymKind, pseudonym: string): string | null {
      const bytes = Buffer.from(pseudonym, 'base64url');
      if (bytes.length <= TAG || bytes.toString('base64url') !== pseudonym) return null;
      const tag = bytes.subarray(0, TAG);
      const text = createDecipheriv('aes-256-ctr', cipherKey, tag).update(bytes.subarray(TAG));
      return timingSafeEqual(tagOf(kind, text), tag) ? unpadded(text) : null;
    },
  });
}

function padded(id: string): Buffer {
  const bytes = Buffer.from(id, 'utf8');
  const room = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([bytes, Buffer.from([0x80]), Buffer.alloc(room - 1)]);
}
const unpadded = (text: Buffer): string => text.subarray(0, text.lastIndexOf(0x80)).toString('utf8');
