import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { readKeyFile, readOrMakeKeyFile } from '../identity/key-file';
import { ConfigurationError, type Configuration } from './configuration';

/** The gateway's own keys, the same on every node. Symmetric ones have 32 bytes. */
export interface Keys {
  readonly cursor: Uint8Array;
  readonly pseudonym: Uint8Array;
  readonly index: Uint8Array;
  /** Ed25519. */
  readonly auditSigning: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

const SYMMETRIC = ['cursor', 'pseudonym', 'index'] as const;
const SIGNING_FILE = 'audit-signing.pem';
const fileOf = (name: (typeof SYMMETRIC)[number]): string => `${name}.key`;
export const KEY_FILES: readonly string[] = Object.freeze([...SYMMETRIC.map(fileOf), SIGNING_FILE]);

/**
 * Opens the keys of KEYS_DIR. Outside production a missing one is made, with file mode 0600.
 * @throws ConfigurationError naming KEYS_DIR and each file that is missing or malformed
 */
export function loadKeys(configuration: Pick<Configuration, 'production' | 'directories'>): Keys {
  const folder = configuration.directories.keys;
  const mistakes: string[] = [];
  const read = (file: string, make: () => string): string => {
    const path = join(folder, file);
    if (!configuration.production) return readOrMakeKeyFile(path, make);
    const kept = readKeyFile(path);
    if (kept === null) mistakes.push(`KEYS_DIR: expects the file ${file} when NODE_ENV=production`);
    return kept ?? '';
  };
  const symmetric = SYMMETRIC.map((name) => {
    const contents = read(fileOf(name), () => `${randomBytes(32).toString('base64')}\n`);
    const key = Buffer.from(contents.trim(), 'base64');
    if (contents && key.length !== 32) mistakes.push(`KEYS_DIR: expects 32 bytes in base64 in ${fileOf(name)}`);
    return new Uint8Array(key);
  });
  const pem = read(SIGNING_FILE, () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const privateKey = pem ? signingKey(pem, mistakes) : null;
  const [cursor, pseudonym, index] = symmetric;
  if (mistakes.length || !privateKey || !cursor || !pseudonym || !index) throw new ConfigurationError(mistakes);
  return Object.freeze({ cursor, pseudonym, index, auditSigning: Object.freeze({ privateKey, publicKey: createPublicKey(privateKey) }) });
}

function signingKey(pem: string, mistakes: string[]): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, with the other shapes that do not fit: the parser's own words could quote the file.
  }
  mistakes.push(`KEYS_DIR: expects an Ed25519 private key (PKCS #8, PEM) in ${SIGNING_FILE}`);
  return null;
}
