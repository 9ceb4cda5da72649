import { table, type Row } from '../table';

/** An exchange opt-out: in force from `since` until `ended_at` (the opt-in). */
export const hie_opt_out = table({
  name: 'hie_opt_out',
  columns: { member_id: 'id', since: 'instant', ended_at: 'instant?', channel: 'code' },
  primary: ['member_id', 'since'],
});

/** What the member signed. The lists are as signed; `authorization_scope` is the same, spread for one index range. */
export const authorization = table({
  name: 'authorization',
  columns: {
    member_id: 'id', id: 'id', classes: 'json', categories: 'json?', sale: 'flag', purposes: 'json', recipients: 'json', start_at: 'instant', end_at: 'instant?',
    signed_at: 'instant', signed_by: 'line', signed_by_member: 'flag', revoked_at: 'instant?', recorded_at: 'instant', recorded_by: 'id?', source: 'code',
  },
  primary: ['member_id', 'id'],
  indices: [['id']],
});
export type AuthorizationRow = Row<typeof authorization>;

/**
 * One row for each (recipient key, purpose) that an authorization names. class_mask: the bits it covers, children included;
 * category_mask: the categories it opens or lifts for (left out: all; for HMARKT: IDENTITY and CONTACT). end_at is the earlier of its end and its
 * revocation, so "in force" is one comparison: start_at <= now and (end_at is null or now < end_at).
 */
export const authorization_scope = table({
  name: 'authorization_scope',
  columns: {
    member_id: 'id', recipient: 'line', purpose: 'code', authorization_id: 'id', class_mask: 'mask', category_mask: 'mask', sale: 'flag',
    signed_by_member: 'flag', start_at: 'instant', end_at: 'instant?',
  },
  primary: ['member_id', 'recipient', 'purpose', 'authorization_id'],
  indices: [['recipient', 'purpose', 'member_id']],
});

/** What the member asked to keep from someone. status: RequestStatus. */
export const restriction = table({
  name: 'restriction',
  columns: {
    member_id: 'id', id: 'id', kind: 'code', status: 'code', recipients: 'json', purposes: 'json', categories: 'json', classes: 'json', coordinates: 'json',
    encounter_id: 'id?', record_id: 'id?', text: 'text?', requested_at: 'instant', requested_by: 'id?', decided_at: 'instant?', decided_by: 'id?', response: 'text?',
    ended_at: 'instant?', ends_for_later_records_at: 'instant?', channel: 'code', source: 'code',
  },
  primary: ['member_id', 'id'],
  indices: [['id']],
});
export type RestrictionRow = Row<typeof restriction>;

/**
 * What a binding restriction forbids, one row for each (GraphQL type, recipient key or `*`, purpose or `*`). field_mask: the fields
 * of that type that it hides (bit by src/permissions/field-bits.ts; ROW_BIT hides the whole row); class_mask 0 does not narrow,
 * else only what bears one of its bits; encounter_id and record_id narrow where set; records dated at or after records_before (by updated_at) are free.
 */
export const restriction_scope = table({
  name: 'restriction_scope',
  columns: {
    member_id: 'id', type: 'code', recipient: 'line', purpose: 'code', restriction_id: 'id', part: 'int', field_mask: 'mask', class_mask: 'mask',
    encounter_id: 'id?', record_id: 'id?', start_at: 'instant', end_at: 'instant?', recorded_before: 'instant?',
  },
  primary: ['member_id', 'type', 'recipient', 'purpose', 'restriction_id', 'part'],
});

export const confidential_communication = table({
  name: 'confidential_communication',
  columns: { member_id: 'id', id: 'id', telephone: 'line?', email: 'line?', address: 'json?', since: 'instant', ended_at: 'instant?', channel: 'code' },
  primary: ['member_id', 'id'],
});
/** Recipients outside that the request names: they too see the chosen way. */
export const confidential_recipient = table({
  name: 'confidential_recipient',
  columns: { member_id: 'id', communication_id: 'id', recipient: 'line' },
  primary: ['member_id', 'communication_id', 'recipient'],
});

/**
 * proposed_labels (of what was asked for, and of the reason), statement_labels and rebuttal_labels: the classes that the words reveal. asked_reason: why it was asked for;
 * reason: what was decided. statement_by: the subject who filed the statement.
 */
export const amendment = table({
  name: 'amendment',
  columns: {
    member_id: 'id', id: 'id', record_type: 'code', record_id: 'id', field: 'code', proposed: 'text', proposed_labels: 'mask', previous: 'longtext?', asked_reason: 'text?', status: 'code',
    reason: 'text?', ground: 'code?', statement: 'text?', statement_labels: 'mask', statement_by: 'id?', statement_at: 'instant?', rebuttal: 'text?', rebuttal_labels: 'mask', summary: 'text?',
    requested_at: 'instant', requested_by: 'id?', decided_at: 'instant?', decided_by: 'id?',
  },
  primary: ['member_id', 'id'],
  indices: [['id']],
});

/** Everything that waits for the privacy office, or waited: the worklist (policy section 11). */
export const privacy_request = table({
  name: 'privacy_request',
  columns: {
    id: 'id', kind: 'code', member_id: 'id?', status: 'code', channel: 'code?', received_at: 'instant', due_at: 'instant?', extended_at: 'instant?', decided_at: 'instant?', summary: 'text?',
    requested_by: 'id?', subject_id: 'id?', fee: 'json?', detail: 'json?',
  },
  primary: ['id'],
  indices: [['member_id'], ['kind', 'status', 'due_at']],
});

/** A written agreement with an organization (business associate, or services for a plan). */
export const agreement = table({
  name: 'agreement',
  columns: {
    organization_id: 'id', id: 'id', kind: 'code', purposes: 'json', category_mask: 'mask', remunerated: 'flag', start_at: 'instant', end_at: 'instant?', signed_at: 'instant',
    ended_at: 'instant?', recorded_by: 'id?',
  },
  primary: ['organization_id', 'id'],
  indices: [['id']],
});

/** Which release relied on which authorization (164.508(b)(5)): written before the release is answered, and never changed. audit_id: the event of the release. */
export const reliance = table({
  name: 'reliance',
  columns: { member_id: 'id', authorization_id: 'id', audit_id: 'code', at: 'instant', purpose: 'code', role: 'code', organization_id: 'id?' },
  primary: ['member_id', 'authorization_id', 'audit_id'],
});

/**
 * A disclosure that the Notice allows case by case (policy section 7). elements: what was stated, by name; class_mask: the classes named;
 * narrowed: only the records of grant_scope_record; suspended_until: until then the member is not told (164.528(a)(2)).
 */
export const disclosure_grant = table({
  name: 'disclosure_grant',
  columns: {
    id: 'id', clause: 'code', status: 'code', recipient: 'json', category_mask: 'mask', class_mask: 'mask', elements: 'longtext', remunerated: 'flag', narrowed: 'flag', expires_at: 'instant',
    requested_by: 'id', requested_at: 'instant', decided_by: 'id?', decided_at: 'instant?', reason: 'text?', suspended_until: 'instant?',
  },
  primary: ['id'],
});
export const grant_member = table({
  name: 'grant_member',
  columns: { grant_id: 'id', member_id: 'id' },
  primary: ['grant_id', 'member_id'],
  indices: [['member_id']],
});
/** The records that a grant is limited to. named: 1 by the request itself, which alone discloses notes; 0 by the claim that it states. */
export const grant_scope_record = table({
  name: 'grant_scope_record',
  columns: { grant_id: 'id', member_id: 'id', record_id: 'id', named: 'flag' },
  primary: ['grant_id', 'member_id', 'record_id'],
});

/** What an incident reached (164.402 to 414). states, plans: JSON; hhs_at_once: 500 or more members. */
export const breach_assessment = table({
  name: 'breach_assessment',
  columns: {
    id: 'id', from_at: 'instant', to_at: 'instant', discovered_at: 'instant', subjects: 'json?', organizations: 'json?', description: 'text', members: 'int', residents: 'json', plans: 'json',
    notify_by: 'date', media_notice: 'flag', hhs_at_once: 'flag', assessed_by: 'id', assessed_at: 'instant',
  },
  primary: ['id'],
});
export const breach_member = table({
  name: 'breach_member',
  columns: { breach_id: 'id', member_id: 'id' },
  primary: ['breach_id', 'member_id'],
  indices: [['member_id']],
});
