import type { Smt } from './smt';
import type { Case } from './space';

/** A statement that a privacy officer would sign. `against` gives the formula of a world that breaks it, or null where the case is none of its. */
export interface Statement { readonly id: string; readonly says: string; readonly against: (one: Case, smt: Smt) => string | null }
