import { StringDecoder } from 'node:string_decoder';
import { BrokenFile } from '../broken';

const QUOTE = 34; const BACKSLASH = 92; const OPEN = 123; const CLOSE = 125; const OPEN_LIST = 91; const CLOSE_LIST = 93;
/** What stands outside of `entry` in a bundle is small; a file that holds more there is no bundle. */
const MOST_OUTSIDE = 64 * 1024 * 1024;

/**
 * Cuts a JSON object into the elements of its `entry` list while the bytes arrive, so that a bundle of any size needs the memory
 * of one entry. What stands outside of the list is kept, with the list empty: it tells whether it was a Bundle at all.
 */
export class BundleSplitter {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inEntries = false;
  private elementStart = -1;
  private rest: Buffer = Buffer.alloc(0);
  private outside: Buffer[] = [];
  private outsideBytes = 0;
  private tail = '';

  constructor(private readonly onEntry: (json: string) => void) {}

  /** Takes the next bytes; calls `onEntry` for each element that ended in them. */
  write(bytes: Buffer): void {
    const buffer = this.rest.length ? Buffer.concat([this.rest, bytes]) : bytes;
    let at = this.rest.length;
    let kept = this.inEntries ? -1 : 0;
    for (; at < buffer.length; at += 1) {
      const byte = buffer[at] as number;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === OPEN || byte === OPEN_LIST) {
        this.depth += 1;
        if (!this.inEntries && byte === OPEN_LIST && this.depth === 2 && this.namesEntries(buffer, kept, at)) {
          this.keep(buffer.subarray(kept, at + 1));
          this.inEntries = true;
        } else if (this.inEntries && this.depth === 3) this.elementStart = at;
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        this.depth -= 1;
        if (this.depth < 0) throw new BrokenFile('is not JSON');
        if (this.inEntries && this.depth === 2 && this.elementStart >= 0) {
          this.onEntry(buffer.toString('utf8', this.elementStart, at + 1));
          this.elementStart = -1;
        } else if (this.inEntries && this.depth === 1) {
          this.inEntries = false;
          kept = at;
        }
      }
    }
    if (this.inEntries) this.rest = this.elementStart >= 0 ? Buffer.from(buffer.subarray(this.elementStart)) : Buffer.alloc(0);
    else { this.keep(buffer.subarray(kept)); this.rest = Buffer.alloc(0); }
    if (this.elementStart >= 0) this.elementStart = 0;
  }

  private namesEntries(buffer: Buffer, kept: number, at: number): boolean {
    const before = this.tail + buffer.toString('latin1', Math.max(kept, at - 40), at);
    return /"entry"\s*:\s*$/.test(before);
  }

  private keep(bytes: Buffer): void {
    this.outsideBytes += bytes.length;
    if (this.outsideBytes > MOST_OUTSIDE) throw new BrokenFile('is one object too large to be a resource, and no Bundle');
    this.outside.push(Buffer.from(bytes));
    this.tail = (this.tail + bytes.toString('latin1', Math.max(0, bytes.length - 40))).slice(-40);
  }

  /** What stood outside of the entries, as JSON text. */
  end(): string {
    if (this.depth !== 0 || this.inString) throw new BrokenFile('ends in the middle of its JSON');
    return new StringDecoder('utf8').write(Buffer.concat(this.outside));
  }
}
