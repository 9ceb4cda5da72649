import { classBit, classesOf, classMask, subtree, type SensitivityClass } from '../vocabulary/sensitivity';
import type { LabelBasis, OwnLabels } from './labels';
import type { SecurityMeaning } from './security-labels';
import type { TextLabel } from './text-labels';

const PART2 = classBit('PART2');

/** Gathers what a record reveals: one basis of each kind for each class. */
export class Reveals {
  mask = 0;
  /** Classes revealed by more than vague words: a finer class beside them does not replace them (cocaine beside alcohol stays SUD). */
  private distinct = 0;
  private readonly bases = new Map<string, LabelBasis>();

  add(basis: LabelBasis, general: boolean): void {
    const bit = classBit(basis.class), key = `${basis.class} ${basis.basis}`;
    this.mask |= bit;
    if (!general) this.distinct |= bit;
    if (!this.bases.has(key)) this.bases.set(key, basis);
  }

  /** `misfiled`: the words stood beside a code that is filed under the wrong system, or none. */
  addText(label: TextLabel, type: string, misfiled: string | null): void {
    if (label.types && !label.types.includes(type)) return;
    const rule = misfiled ? `${label.rule}, beside a code of ${misfiled}` : label.rule;
    const codeSet = label.basis === 'TEXT' ? 'word rules' : 'ingredients';
    this.add({ class: label.class, basis: misfiled ? 'WRONG_SYSTEM' : label.basis, codeSet, rule, linked: null }, label.general);
  }

  addInput(code: string, meaning: SecurityMeaning): void {
    for (const name of meaning.classes) this.add({ class: name, basis: 'INPUT', codeSet: null, rule: `meta.security ${code}`, linked: null }, meaning.general);
  }

  /** Drops a class that is only named in general where a class below it is there too; PART2 takes SUD in any case. */
  mostSpecific(): OwnLabels {
    if (this.mask === 0) return { mask: 0, bases: [] };
    const mask = classMask(classesOf(this.mask).filter((name) => !this.isReplaced(name)));
    return { mask, bases: [...this.bases.values()].filter((basis) => mask & classBit(basis.class)) };
  }

  private isReplaced(name: SensitivityClass): boolean {
    const below = classMask(subtree(name).filter((each) => each !== name)) & this.mask;
    return Boolean(below & PART2) || (below !== 0 && !(this.distinct & classBit(name)));
  }
}
