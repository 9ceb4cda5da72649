import { table } from '../table';

/**
 * The trail: append-only, one hash chain a writer (no hot row). `hash` covers the canonical record and `prev_hash`. members,
 * coordinates: JSON lists. Nothing here is ever updated or deleted (kept six years, 164.530(j)).
 */
export const audit_event = table({
  name: 'audit_event',
  columns: {
    chain_id: 'code', seq: 'int', id: 'code', prev_hash: 'code', hash: 'code', at: 'instant', kind: 'code', subject: 'id', role: 'code', organization: 'id?', purpose: 'code',
    clause: 'code?', operation: 'text?', coordinates: 'longtext', members: 'longtext', labels: 'mask', notice_version: 'code', outcome: 'code', flagged: 'flag', reason: 'text?',
    grant_id: 'id?', request_id: 'code', token_id: 'id?',
  },
  primary: ['chain_id', 'seq'],
  indices: [['at', 'id'], ['subject', 'at', 'id']],
  unique: [['id']],
});

/** Which members an event touched: for the accounting, breach assessment and the filter by member. */
export const audit_member = table({
  name: 'audit_member',
  columns: { member_id: 'id', event_id: 'code' },
  primary: ['member_id', 'event_id'],
  indices: [['event_id']],
});

/** Signed states of the chains, each linked to the one before (docs/ledger.md); kept outside the database too. Append-only. */
export const audit_checkpoint = table({
  name: 'audit_checkpoint',
  columns: { number: 'int', at: 'instant', hash: 'code', body: 'longtext', signature: 'line' },
  primary: ['number'],
  indices: [['at']],
});

/** What the privacy office found of a use of the broken glass; opened_at is the use's own instant where nothing was opened (an exchange). */
export const break_glass_review = table({
  name: 'break_glass_review',
  columns: { subject: 'id', member_id: 'id', opened_at: 'instant', reviewed_at: 'instant', reviewed_by: 'id', finding: 'code', note: 'text' },
  primary: ['subject', 'member_id', 'opened_at'],
});
