import { table } from '../table';

/** Organizations known from imports or the deployer. kind: OrganizationKind; part2_program: a Part 2 program (policy section 5). */
export const organization = table({
  name: 'organization',
  columns: { id: 'id', name: 'line?', kind: 'code', part2_program: 'flag', address: 'json?', updated_at: 'instant' },
  primary: ['id'],
});

export const practitioner = table({
  name: 'practitioner',
  columns: { id: 'id', name: 'line?', organization_id: 'id?', updated_at: 'instant' },
  primary: ['id'],
});

/** What a resource in a file is called elsewhere: identifiers and PractitionerRole ids, for references of every form. */
export const reference_alias = table({
  name: 'reference_alias',
  columns: { type: 'code', alias: 'line', target_id: 'id' },
  primary: ['type', 'alias'],
});

/** References that found nothing yet: kept, and resolved when the target arrives. path is the element, never a value. */
export const unresolved_reference = table({
  name: 'unresolved_reference',
  columns: { source_type: 'code', source_id: 'id', path: 'line', reference: 'line', member_id: 'id?' },
  primary: ['source_type', 'source_id', 'path', 'reference'],
  indices: [['reference']],
});
