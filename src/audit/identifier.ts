import { randomBytes } from 'node:crypto';

/** UUIDs of version 7 (RFC 9562, section 5.7): in the order of time; those of one millisecond in the order of making. */
export function createIdentifiers(clock: () => number = Date.now): () => string {
  let last = 0;
  let counter = 0;
  return () => {
    const now = clock();
    // Twelve bits count within a millisecond; a clock that goes back, or a full count, goes on from the last one.
    if (now > last) [last, counter] = [now, 0];
    else if ((counter += 1) > 0xfff) [last, counter] = [last + 1, 0];
    const bytes = randomBytes(16);
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
