import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { GatewayError } from '../vocabulary/errors';

/** Where a page ends: the keys of its last row and, under an order, that row's visible value. */
export interface Place { readonly id: string; readonly member?: string; readonly value?: string | null }
/** What a cursor is bound to: used anywhere else it does not open. */
export interface Binding { readonly subject: string; readonly role: string; readonly organization: string | null; readonly purpose: string; readonly coordinate: string; readonly filter: unknown; readonly order: unknown; readonly noticeVersion: string; readonly grant?: string }

const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Sealed cursors: AES-256-GCM, so that nothing can be read from one or changed in it, with the binding as authenticated data. They
 * live one hour. Privacy state is no part of the binding: a cursor stays good when a consent changes (policy section 6).
 */
export class Cursors {
  /** `key`: 32 bytes, the same on every node. */
  constructor(private readonly key: Uint8Array) {}

  seal(place: Place, binding: Binding, at: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    cipher.setAAD(Buffer.from(JSON.stringify(binding)));
    const body = Buffer.concat([cipher.update(JSON.stringify({ ...place, at: Date.parse(at) }), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** The place, or BAD_USER_INPUT naming the argument: made for another caller, purpose, filter, order or Notice, altered, or too old. */
  open(cursor: string, binding: Binding, at: string): Place {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(JSON.stringify(binding)));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const { at: sealedAt, ...place } = JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as Place & { at: number };
      const age = Date.parse(at) - sealedAt;
      if (age <= LIFETIME_MS && age >= -LIFETIME_MS) return place;
    } catch {
      // What does not open is refused below, whatever the cause: a cause told would be an oracle.
    }
    throw new GatewayError('BAD_USER_INPUT', 'after: the cursor is not one of this caller, purpose, filter, order and Notice version, or is older than one hour');
  }
}
