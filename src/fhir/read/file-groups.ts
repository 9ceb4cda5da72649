import type { SourceFile } from './find-files';

/** Bytes of small files that are written in one transaction, unpacked as far as can be told: about a second of work. */
const GROUP_BYTES = 4 * 1024 * 1024;
const GROUP_FILES = 500;
/** Bytes of JSON for one of a `.gz`, usually. */
const PACKED = 12;

/** Files in their order, small ones that follow each other together: what a transaction costs is then paid once for all of them. */
export function inGroups(files: readonly SourceFile[]): SourceFile[][] {
  const groups: SourceFile[][] = [];
  let group: SourceFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const size = file.bytes * (/\.gz$/i.test(file.path) ? PACKED : 1);
    if (group.length > 0 && (bytes + size > GROUP_BYTES || group.length === GROUP_FILES)) {
      groups.push(group);
      group = [];
      bytes = 0;
    }
    group.push(file);
    bytes += size;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}
