import { randomUUID } from 'node:crypto';

/** UUIDs of version 7 (RFC 9562, section 5.7): in the order of time; those of one millisecond in the order of making. */
export function createIdentifiers(clock: () => number = Date.now): () => string {
  let last = 0;
  let counter = 0;
  return () => {
    const now = clock();
    // Twelve bits count within a millisecond; a clock that goes back, or a full count, goes on from the last one.
    if (now > last) [last, counter] = [now, 0];
    else if ((counter += 1) > 0xfff) [last, counter] = [last + 1, 0];
    const time = last.toString(16).padStart(12, '0');
    // The variant and its 62 random bits are those of a UUID of version 4, which Node takes from numbers that it drew in advance.
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`;
  };
}
