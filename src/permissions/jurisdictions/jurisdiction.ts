import type { SensitivityClass } from '../../vocabulary/sensitivity';
import type { SensitivityColumn } from '../core/clause';

/**
 * What the law of one state adds (policy section 5, "State files"). The strictest of the table and the state of the member's
 * home address decides. Every entry cites its law; `*` marks a citation that was not read again for this text.
 */
export interface Jurisdiction {
  /** Two letters, upper case. */
  readonly state: string;
  readonly name: string;
  /** Classes that need an authorization in a column where the table permits them. */
  readonly demands: readonly { readonly classes: readonly SensitivityClass[]; readonly columns: readonly SensitivityColumn[]; readonly citation: string }[];
  /** Classes that a deployer found a law to permit outside for treatment; PART2, PSYTHPN and GDIS are refused here. */
  readonly permits: readonly { readonly classes: readonly SensitivityClass[]; readonly citation: string }[];
  /** What a minor of twelve or more may consent to alone (164.502(g)(3)*). */
  readonly minorConsent: { readonly classes: readonly SensitivityClass[]; readonly citation: string };
  /** Calendar days for the answer to a request, by its kind, where the state's are fewer than the regulation's; more count for nothing. */
  readonly dueDays?: Readonly<Partial<Record<string, { readonly days: number; readonly citation: string }>>>;
  /** The law behind the outside column, by class. */
  readonly protects: readonly { readonly classes: readonly SensitivityClass[]; readonly citation: string }[];
}

/** What holds where no file speaks for the member's state. */
export const DEFAULT_MINOR_CONSENT: readonly SensitivityClass[] = Object.freeze(['STD', 'HIV', 'SUD', 'SEX', 'PSY']);
