import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const HASH = z.string().regex(/^[0-9a-f]{64}$/);
const CHAIN = z.strictObject({ chain: z.string().min(1).max(64), head: HASH, peaks: z.array(HASH).max(53), root: HASH, size: z.int().positive() });
const BODY = z.strictObject({
  at: z.iso.datetime({ precision: 3 }), chains: z.array(CHAIN), complete: z.boolean(), events: z.int().nonnegative(), key: HASH, number: z.int().positive(), previous: HASH,
  version: z.literal(1),
});

/** One chain as a checkpoint seals it: so many records, the hash of the last, the root of their tree and of its whole subtrees (docs/ledger.md). */
export type SealedChain = Readonly<z.infer<typeof CHAIN>>;
/**
 * What a checkpoint states. `chains`: those that grew since the one before, or all where `complete`; `events`: sealed so far in all
 * chains; `previous`: the hash of the checkpoint before; `key`: which key signs.
 */
export type CheckpointBody = Readonly<z.infer<typeof BODY>>;
/** A signed checkpoint. `text` is what is signed; `hash` is SHA-256 of its file: the text, a line end, the signature, a line end. */
export interface Checkpoint { readonly body: CheckpointBody; readonly text: string; readonly signature: string; readonly hash: string }

export const FIRST_PREVIOUS = '0'.repeat(64);
export const fileTextOf = ({ text, signature }: Pick<Checkpoint, 'text' | 'signature'>): string => `${text}\n${signature}\n`;
const sealed = (body: CheckpointBody, text: string, signature: string): Checkpoint =>
  Object.freeze({ body, text, signature, hash: createHash('sha256').update(fileTextOf({ text, signature }), 'utf8').digest('hex') });

/** SHA-256, in hexadecimal, of a public key (SPKI, DER): what a checkpoint names its key by. */
export const keyName = (publicKey: KeyObject): string => createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex');

/** Names in order and no blanks (RFC 8785): the literal below is written in that order. */
const textOf = ({ at, chains, complete, events, key, number, previous, version }: CheckpointBody): string => JSON.stringify({
  at, chains: chains.map(({ chain, head, peaks, root, size }) => ({ chain, head, peaks, root, size })), complete, events, key, number, previous, version,
});

export function signCheckpoint(stated: Omit<CheckpointBody, 'key' | 'version'>, privateKey: KeyObject): Checkpoint {
  const body: CheckpointBody = { ...stated, key: keyName(createPublicKey(privateKey)), version: 1 };
  const text = textOf(body);
  return sealed(body, text, sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'));
}

/** A checkpoint as it was kept; null where it is none, or is not written as one is. Its signature is not looked at here. */
export function readCheckpoint(text: string, signature: string): Checkpoint | null {
  let stated: unknown;
  try {
    stated = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = BODY.safeParse(stated);
  return parsed.success && textOf(parsed.data) === text ? sealed(parsed.data, text, signature) : null;
}

/** A checkpoint from the contents of its file; null where they are none. */
export function readCheckpointFile(contents: string): Checkpoint | null {
  const [text = '', signature = '', end, ...more] = contents.split('\n');
  return end === '' && more.length === 0 ? readCheckpoint(text, signature) : null;
}

/** True where one of the keys is the one that the checkpoint names and the signature is its own. */
export function signatureHolds({ body, text, signature }: Checkpoint, publicKeys: readonly KeyObject[]): boolean {
  const key = publicKeys.find((each) => keyName(each) === body.key);
  return key !== undefined && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
}
