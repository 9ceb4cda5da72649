import type { ClauseId } from '../vocabulary/clauses';
import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import type { SensitivityClass } from '../vocabulary/sensitivity';

export type AuditKind = 'READ' | 'WRITE' | 'BREAK_GLASS' | 'INTROSPECTION' | 'EXPORT' | 'IMPORT' | 'ADMINISTRATION' | 'BREAK_GLASS_REVIEW';

/** What one operation leaves on the trail (policy section 8): who, why, whose, which fields and labels, under what, and how it ended. */
export interface AuditEntry {
  readonly at: string;
  readonly kind: AuditKind;
  readonly subject: string;
  readonly role: Role;
  readonly organization: string | null;
  readonly purpose: Purpose;
  /** The clause that permitted it; null where nothing of a member was touched. */
  readonly clause: ClauseId | null;
  /** The operation's name or its root fields; never an argument value. */
  readonly operation: string | null;
  /** Schema coordinates used (selected, filtered, sorted). */
  readonly coordinates: readonly string[];
  readonly members: readonly string[];
  /** The classes that the released records bear. */
  readonly labels: readonly SensitivityClass[];
  readonly noticeVersion: string;
  /** PERMIT, DENY or ERROR, or what a write did (a closed word of the privacy office). */
  readonly outcome: string;
  readonly flagged: boolean;
  /** The reason stated for breaking the glass. */
  readonly reason: string | null;
  readonly grant: string | null;
  readonly requestId: string;
  readonly tokenId: string | null;
}

/** The ledger: resolves with the event's id when the record is durable; rejects with AUDIT_UNAVAILABLE otherwise. */
export interface AuditLedger { record(entry: AuditEntry): Promise<string> }
