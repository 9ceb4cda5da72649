import type { Category } from '../vocabulary/categories';
import type { Recipient } from '../vocabulary/recipients';
import type { SensitivityClass } from '../vocabulary/sensitivity';

/** As `GrantInput` of the schema: a disclosure that is asked for under one clause. */
export interface GrantInput {
  readonly clause: string; readonly recipient: Recipient; readonly memberIds: readonly string[]; readonly categories: readonly Category[];
  readonly classes?: readonly SensitivityClass[] | null; readonly recordIds?: readonly string[] | null; readonly remunerated?: boolean | null;
  readonly elements: readonly { readonly name: string; readonly value: string }[]; readonly expires: string;
}
