import { CLASSES, classBit, type SensitivityClass } from '../../src/vocabulary/sensitivity';

interface Counts { hit: number; missed: number; false: number }
const ratio = (part: number, whole: number): string => (whole === 0 ? '   -' : (part / whole).toFixed(3));

/** Recall and precision by class, and of bearing any label at all. */
export class Score {
  readonly wrong: { name: string; expected: number; found: number }[] = [];
  private readonly byClass = new Map<SensitivityClass | 'ANY', Counts>();
  private cases = 0;

  add(name: string, expected: number, found: number): void {
    this.cases += 1;
    if (expected !== found) this.wrong.push({ name, expected, found });
    for (const each of CLASSES) this.count(each, Boolean(expected & classBit(each)), Boolean(found & classBit(each)));
    this.count('ANY', expected !== 0, found !== 0);
  }

  recall(name: SensitivityClass | 'ANY'): number { const { hit, missed } = this.of(name); return hit + missed ? hit / (hit + missed) : 1; }
  precision(name: SensitivityClass | 'ANY'): number { const { hit, false: wrongly } = this.of(name); return hit + wrongly ? hit / (hit + wrongly) : 1; }

  table(): string {
    const lines = [`${'class'.padEnd(20)} ${'n'.padStart(5)} recall precision   (${this.cases} cases)`];
    for (const [name, { hit, missed, false: wrongly }] of this.byClass) {
      if (hit + missed + wrongly) lines.push(`${name.padEnd(20)} ${String(hit + missed).padStart(5)}  ${ratio(hit, hit + missed)}     ${ratio(hit, hit + wrongly)}`);
    }
    return lines.join('\n');
  }

  private of(name: SensitivityClass | 'ANY'): Counts {
    let counts = this.byClass.get(name);
    if (!counts) this.byClass.set(name, (counts = { hit: 0, missed: 0, false: 0 }));
    return counts;
  }
  private count(name: SensitivityClass | 'ANY', expected: boolean, found: boolean): void {
    const counts = this.of(name);
    if (expected && found) counts.hit += 1; else if (expected) counts.missed += 1; else if (found) counts.false += 1;
  }
}
