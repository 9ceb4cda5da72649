import { table } from '../table';

/**
 * A member. *_key columns are lower-cased for search and order; home_state is the two letters of the home address. Addresses lie in one list a
 * part (`address_cities`), all of one length, so that each part is a column that can be selected, or not, by itself. birth_date_end: the last day that
 * a birth date of a year or a month can mean, where birth_date is its first; null for a day. standing_changed_at:
 * when an import last changed who may see what of the member (consents, coverage, care team, labels).
 */
export const member = table({
  name: 'member',
  columns: {
    id: 'id', member_number: 'line?', name_given: 'json?', name_family: 'line?', name_prefix: 'line?', name_suffix: 'line?', name_text: 'line?',
    name_key: 'text?', family_key: 'line?', preferred_name: 'line?', preferred_key: 'line?', birth_date: 'date?', gender: 'code?',
    gender_identity: 'line?', pronouns: 'line?', deceased_at: 'instant?', telephones: 'json?', emails: 'json?',
    address_uses: 'json?', address_lines: 'json?', address_cities: 'json?', address_states: 'json?', address_postal_codes: 'json?', address_countries: 'json?',
    preferred_language: 'line?', home_state: 'code?', updated_at: 'instant', standing_changed_at: 'instant?', birth_date_end: 'date?',
  },
  primary: ['id'],
  indices: [['family_key', 'id'], ['birth_date', 'id'], ['member_number', 'id']],
});

export const government_id = table({
  name: 'government_id',
  columns: { member_id: 'id', id: 'id', kind: 'code', value: 'line' },
  primary: ['member_id', 'id'],
});

/** basis: COVERAGE (a Coverage resource, which wins for its period) or CLAIM (a plan known only from claims). */
export const coverage = table({
  name: 'coverage',
  columns: { member_id: 'id', id: 'id', plan_id: 'id', subscriber_id: 'line?', start_at: 'instant?', end_at: 'instant?', basis: 'code' },
  primary: ['member_id', 'id'],
  indices: [['plan_id', 'member_id']],
});

/** origin: IMPORT, ENDED (an imported one that the company ended) or ASSIGNED (through the API); flagged: another organization's practitioner, for review (policy section 4). */
export const care_team = table({
  name: 'care_team',
  columns: { member_id: 'id', id: 'id', practitioner_id: 'id', name: 'line?', role: 'line?', start_at: 'instant?', end_at: 'instant?', origin: 'code', flagged: 'flag' },
  primary: ['member_id', 'id'],
  indices: [['practitioner_id', 'member_id'], ['id']],
});

/** Organizations that a claim, an encounter or a coverage of the member names. via: CLAIM, ENCOUNTER, COVERAGE. */
export const member_organization = table({
  name: 'member_organization',
  columns: { organization_id: 'id', member_id: 'id', via: 'code' },
  primary: ['organization_id', 'member_id', 'via'],
  indices: [['member_id']],
});

/** excluded_mask: null where left out, so the default of policy section 4 applies at each instant. category_mask: all bits where left out. */
export const representation = table({
  name: 'representation',
  columns: { member_id: 'id', id: 'id', subject: 'id', kind: 'code', start_at: 'instant', end_at: 'instant?', category_mask: 'mask', excluded_mask: 'mask?', ended_at: 'instant?', recorded_by: 'id?' },
  primary: ['member_id', 'id'],
  indices: [['subject', 'member_id'], ['id']],
});

/** A glass broken: the member is open to the subject until expires_at (policy section 4). */
export const break_glass_opening = table({
  name: 'break_glass_opening',
  columns: { subject: 'id', member_id: 'id', opened_at: 'instant', expires_at: 'instant', reason: 'text', reviewed_at: 'instant?' },
  primary: ['subject', 'member_id', 'opened_at'],
});
