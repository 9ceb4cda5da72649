import type { Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import type { Recipient } from '../vocabulary/recipients';
import type { SensitivityClass } from '../vocabulary/sensitivity';

/** As `AuthorizationInput` of the schema: what was signed. */
export interface AuthorizationInput {
  readonly classes: readonly SensitivityClass[]; readonly categories?: readonly Category[] | null; readonly sale?: boolean | null;
  readonly purposes: readonly Purpose[]; readonly recipients: readonly Recipient[];
  readonly start?: string | null; readonly end?: string | null; readonly signedAt: string; readonly signedBy: string;
}
