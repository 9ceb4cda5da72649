import { createPublicKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key that signs, and the ones before it, kept beside it when keys are changed: `audit-signing-NAME.pem`, private or public. */
const FILE = /^audit-signing(-[\w.-]+)?\.pem$/;

/**
 * The public keys of a keys folder, the current one first.
 * @throws Error naming the file that is not an Ed25519 key
 */
export function auditPublicKeys(folder: string): KeyObject[] {
  const names = readdirSync(folder).filter((name) => FILE.test(name)).sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return names.map((name) => {
    try {
      return publicKeyOf(readFileSync(join(folder, name), 'utf8'));
    } catch {
      // The parser's own words could quote the file.
      throw new Error(`KEYS_DIR: expects an Ed25519 key (PEM) in ${name}`);
    }
  });
}

/** @throws Error where the text is no Ed25519 key in PEM, private or public */
export function publicKeyOf(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('expected an Ed25519 key');
  return key;
}
