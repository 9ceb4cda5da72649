/** What an import did, in counts alone: no name of a person, no id, no value. */
export class ImportReport {
  readonly imported = new Map<string, number>();
  readonly skipped = new Map<string, number>();
  readonly unresolved = new Map<string, number>();
  readonly broken: { file: string; reason: string }[] = [];
  files = 0;
  members = 0;

  add(type: string): void { this.imported.set(type, (this.imported.get(type) ?? 0) + 1); }
  skip(type: string, reason: string): void {
    const key = `${type}: ${reason}`;
    this.skipped.set(key, (this.skipped.get(key) ?? 0) + 1);
  }
  /** Takes over what a file that was committed counted. */
  merge(other: ImportReport): void {
    for (const [key, count] of other.imported) this.imported.set(key, (this.imported.get(key) ?? 0) + count);
    for (const [key, count] of other.skipped) this.skipped.set(key, (this.skipped.get(key) ?? 0) + count);
    this.members += other.members;
  }
  get resources(): number { return [...this.imported.values()].reduce((sum, each) => sum + each, 0); }

  /** The report in lines for people. */
  lines(): string[] {
    const of = (title: string, counts: ReadonlyMap<string, number>): string[] =>
      (counts.size ? [title, ...[...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, count]) => `  ${String(count).padStart(9)}  ${key}`)] : []);
    return [
      `${this.files} files, ${this.resources} resources, ${this.members} members`, ...of('Imported', this.imported), ...of('Skipped', this.skipped),
      ...of('References kept until their target arrives', this.unresolved), ...(this.broken.length ? ['Broken files, rolled back whole', ...this.broken.map((each) => `  ${each.file}: ${each.reason}`)] : []),
    ];
  }
}
