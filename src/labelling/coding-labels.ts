import { classBit, classMask, mostSpecific } from '../vocabulary/sensitivity';
import type { CodeIndex, CodeMatch } from './code-index';
import { isMisfiled, lookupKey, systemOf, systemsByShape } from './code-systems';
import type { CodingInput, LabelBasis } from './labels';
import type { Reveals } from './reveals';
import type { TextLabel } from './text-labels';

/** What a coding means, whatever the record and its date. */
interface CodingMeaning { readonly byCode: readonly { match: CodeMatch; basis: LabelBasis }[]; readonly byDisplay: readonly TextLabel[]; readonly misfiled: string | null }

const NOTHING: CodingMeaning = Object.freeze({ byCode: [], byDisplay: [], misfiled: null });
const REMEMBERED = 50_000;

/** Labels one coding: by its code within its own system and dates, by its display, and by both where the system cannot be right. */
export class CodingLabeller {
  private readonly remembered = new Map<string, CodingMeaning>();

  constructor(private readonly index: CodeIndex, private readonly textLabels: (text: string) => readonly TextLabel[]) {}

  label(coding: CodingInput, date: string | null, type: string, reveals: Reveals): void {
    const meaning = this.meaningOf(coding, type);
    // Most codes mean nothing here.
    if (meaning === NOTHING) return;
    const valid = meaning.byCode.filter(({ match }) => isValid(match, date));
    // One code is one fact: where one list files it finer than another, the finer class stands.
    const mask = valid.length > 1 ? mostSpecific(classMask(valid.map(({ match }) => match.class))) : -1;
    for (const { basis } of valid) if (mask & classBit(basis.class)) reveals.add(basis, false);
    for (const label of meaning.byDisplay) reveals.addText(label, type, meaning.misfiled);
  }

  isListed(codes: ReadonlySet<string>, codings: readonly CodingInput[]): boolean {
    return codings.some(({ system, code }) => {
      if (!code) return false;
      const key = systemOf(system), plain = code.trim().toUpperCase();
      return codes.has(`${lookupKey(system)} ${plain}`) || (isMisfiled(key, plain) && systemsByShape(plain).some((each) => codes.has(`${each} ${plain}`)));
    });
  }

  private meaningOf(coding: CodingInput, type: string): CodingMeaning {
    // ICD-9 procedures are often filed under the diagnoses' system: what stands in a procedure is read as both.
    const procedure = type === 'Procedure' || type === 'Claim';
    const key = `${procedure ? 'P' : ''}\u0001${coding.system ?? ''}\u0001${coding.code ?? ''}\u0001${coding.display ?? ''}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const read = this.read(coding, procedure);
    const meaning = read.byCode.length === 0 && read.byDisplay.length === 0 ? NOTHING : read;
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(key, meaning);
    return meaning;
  }

  private read({ system, code, display }: CodingInput, procedure: boolean): CodingMeaning {
    const key = systemOf(system), plain = code?.trim() ?? '', misfiled = plain !== '' && isMisfiled(key, plain);
    // A vaccine's name is what it prevents, not what the patient has.
    const byDisplay = display && key !== 'CVX' ? this.textLabels(display) : [];
    if (!plain) return { byCode: [], byDisplay, misfiled: null };
    const byCode = this.find(lookupKey(system), plain, procedure).map((match) => ({ match, basis: basisOf(match, match.exact ? 'CODE' : 'HIERARCHY', plain) }));
    if (misfiled) {
      for (const each of systemsByShape(plain)) {
        for (const match of this.index.find(each, plain)) byCode.push({ match, basis: basisOf(match, 'WRONG_SYSTEM', plain) });
      }
    }
    return { byCode, byDisplay, misfiled: misfiled ? (key === 'UNKNOWN' ? 'an unknown system' : `another system than ${key}`) : null };
  }

  private find(key: string, code: string, procedure: boolean): CodeMatch[] {
    const found = this.index.find(key, code);
    const isProcedure = key === 'ICD9' && (/^\d\d\.\d{1,2}$/.test(code) || (procedure && /^\d{2,4}$/.test(code)));
    return isProcedure ? [...found, ...this.index.find('ICD9PCS', code)] : found;
  }
}

const isValid = ({ row }: CodeMatch, date: string | null): boolean => !date || ((!row.from || date >= row.from) && (!row.to || date <= row.to));

function basisOf({ row, exact, class: name }: CodeMatch, basis: LabelBasis['basis'], code: string): LabelBasis {
  const rule = exact ? `${row.system} ${row.code}` : `${row.system} ${code} under ${row.code}`;
  return { class: name, basis, codeSet: row.codeSet, rule, linked: null };
}
