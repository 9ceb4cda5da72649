import { z } from 'zod';
import { CATEGORIES } from '../vocabulary/categories';
import { INSTANT } from '../vocabulary/instants';
import { PURPOSES } from '../vocabulary/purposes';
import { ROLES } from '../vocabulary/roles';
import { CLASSES } from '../vocabulary/sensitivity';
import { BEFORE_ALL, endOf, laterOf, startOf } from './dates';
import { list, object, text, type Json } from './json';
import type { Mapping, PrivacyDraft } from './mapping';

/** The modifier extension of a Consent that says in the gateway's own words what FHIR R4 has none for (src/fhir/consent-out.ts). */
export const OWN_TERMS = 'urn:phi-gateway:consent-terms';

const names = <T extends string>(all: readonly T[]) => z.array(z.enum(all));
const id = z.string().min(1).max(128);
const recipient = z.union([
  z.strictObject({ role: z.enum(ROLES) }), z.strictObject({ organizationId: id }), z.strictObject({ subject: id }),
  z.strictObject({ practitionerId: id }),
]);
const purposes = names(PURPOSES);
const classes = names(CLASSES);
const authorization = z.strictObject({
  kind: z.literal('AUTHORIZATION'), classes: classes.refine((all) => !all.includes('PSYTHPN') || all.length === 1), categories: names(CATEGORIES).nullable(), sale: z.boolean(),
  purposes: purposes.min(1), recipients: z.array(recipient).min(1),
});
const restriction = z.strictObject({
  kind: z.enum(['AGREED', 'PAID_IN_FULL']), classes, categories: names(CATEGORIES), coordinates: z.array(z.string().regex(/^[A-Za-z]+\.[A-Za-z]+$/)), purposes, recipients: z.array(recipient),
  encounterId: id.nullable(), recordId: id.nullable(), endsForLaterRecordsAt: z.string().regex(INSTANT).nullable(),
});
const terms = z.union([authorization, restriction]);
export type OwnTerms = z.infer<typeof terms>;

/**
 * The terms of a Consent that has modifier extensions: null where one of them is not known here, or is not as it should be. Whoever does not
 * understand a modifier may not go by the rest (FHIR R4, "Modifier Extensions").
 */
export function ownTermsOf(resource: Json): OwnTerms | null {
  const [extension, ...others] = list(resource.modifierExtension);
  if (others.length > 0 || !extension || text(extension.url) !== OWN_TERMS) return null;
  try {
    return terms.safeParse(JSON.parse(text(extension.valueString) ?? 'null')).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Reads a Consent that has modifier extensions by its own terms, with its dates and who signed; what is not understood opens nothing and is counted. */
export function mapOwnTerms(mapping: Mapping, isSignedByMember: () => boolean): void {
  const { resource, privacy, memberId } = mapping;
  const leaveOut = (why: string): void => void mapping.leftOut.push(why);
  const found = ownTermsOf(resource);
  if (!found || !privacy || memberId === null) return leaveOut('it has a modifier extension that is not understood');
  const period = object(object(resource.provision)?.period);
  const start = startOf(period?.start);
  const end = endOf(period?.end);
  if (found.kind !== 'AUTHORIZATION') return void privacy.restrictions.push(restrictionRow(mapping, memberId, found, start, end));
  const signedAt = startOf(resource.dateTime);
  if (!signedAt || signedAt > mapping.now) return leaveOut('it has no date of signature, or one in the future');
  if (!isSignedByMember()) return leaveOut('the member did not sign it, and a signer who represents them is not on record');
  if (end && end <= (start ?? signedAt)) return leaveOut('its period is empty');
  privacy.authorizations.push({
    member_id: memberId, id: mapping.id, classes: JSON.stringify(found.classes), categories: found.categories === null ? null : JSON.stringify(found.categories), sale: found.sale ? 1 : 0,
    purposes: JSON.stringify(found.purposes), recipients: JSON.stringify(found.recipients), start_at: start ?? signedAt, end_at: end, signed_at: signedAt, signed_by: memberId, signed_by_member: 1,
    revoked_at: null, recorded_at: mapping.now, recorded_by: null, source: 'IMPORT',
  });
}

function restrictionRow(mapping: Mapping, memberId: string, found: z.infer<typeof restriction>, start: string | null, end: string | null): PrivacyDraft['restrictions'][number] {
  const asked = startOf(mapping.resource.dateTime) ?? BEFORE_ALL;
  return {
    member_id: memberId, id: mapping.id, kind: found.kind, status: 'ACCEPTED', recipients: JSON.stringify(found.recipients), purposes: JSON.stringify(found.purposes),
    categories: JSON.stringify(found.categories), classes: JSON.stringify(found.classes), coordinates: JSON.stringify(found.coordinates), encounter_id: found.encounterId, record_id: found.recordId,
    text: null, requested_at: asked, requested_by: null, decided_at: laterOf(asked, start), decided_by: null, response: null, ended_at: end, ends_for_later_records_at: found.endsForLaterRecordsAt,
    channel: 'PAPER', source: 'IMPORT',
  };
}
