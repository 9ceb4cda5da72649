import { codeOf, hasCode, wordsOf } from '../codes';
import { BEFORE_ALL, dateIn, lastDayIn, startOf } from '../dates';
import { list, object, text, texts, type Json } from '../json';
import type { Mapping } from '../mapping';
import { stateCode } from '../states';

const GENDER_IDENTITY = /(patient-genderIdentity|individual-genderIdentity|us-core-genderIdentity)$/;
const PRONOUNS = /(individual-pronouns|patient-pronouns)$/;
const GOVERNMENT_KINDS = ['SS', 'DL', 'PPN'];
const WAYS = { phone: 'telephones', sms: 'telephones', email: 'emails' } as const;

/** Text for search and order: composed, lower-case. */
const keyOf = (...parts: (string | null)[]): string | null => {
  const joined = parts.filter(Boolean).join(' ').normalize('NFC').toLowerCase().trim();
  return joined || null;
};
const ended = (json: Json): boolean => text(object(json.period)?.end) !== null;

/** A value that an extension carries, directly or in a part called `value`. */
function extensionOf(resource: Json, url: RegExp): string | null {
  const found = list(resource.extension).filter((each) => url.test(text(each.url) ?? ''));
  for (const each of found) {
    for (const part of [each, ...list(each.extension).filter((one) => one.url === 'value')]) {
      const coding = object(part.valueCoding);
      const words = wordsOf(part.valueCodeableConcept) ?? (coding ? text(coding.display) ?? text(coding.code) : null) ?? text(part.valueString) ?? text(part.valueCode);
      if (words) return words;
    }
  }
  return null;
}

/** Names by their use: the official one, else one without a use that is not ended, else the usual one. */
function namesOf(resource: Json): { official: Json | null; preferred: Json | null } {
  const names = list(resource.name);
  const now = names.filter((each) => !ended(each) && each.use !== 'old' && each.use !== 'maiden');
  const official = now.find((each) => each.use === 'official') ?? names.find((each) => each.use === 'official') ?? now.find((each) => !each.use) ?? now[0] ?? names[0] ?? null;
  return { official, preferred: now.find((each) => each.use === 'nickname') ?? now.find((each) => each.use === 'usual' && each !== official) ?? null };
}

function homeOf(addresses: Json[]): Json | null {
  return addresses.find((each) => each.use === 'home' && !ended(each))
    ?? addresses.find((each) => !ended(each) && !['old', 'billing', 'temp'].includes(text(each.use) ?? '')) ?? null;
}

const listed = (values: readonly unknown[]): string | null => (values.length ? JSON.stringify(values) : null);
/** One list a part, all of one length. */
const addressColumns = (addresses: Json[]) => ({
  address_uses: listed(addresses.map((each) => text(each.use))), address_lines: listed(addresses.map((each) => texts(each.line))),
  address_cities: listed(addresses.map((each) => text(each.city))), address_states: listed(addresses.map((each) => text(each.state))),
  address_postal_codes: listed(addresses.map((each) => text(each.postalCode))), address_countries: listed(addresses.map((each) => text(each.country))),
});

/** `memberNumber` is the identifier of type MB, else MR, else the Patient id. */
function numberOf(identifiers: Json[], id: string): string {
  for (const type of ['MB', 'MR']) {
    const value = text(identifiers.find((each) => hasCode(each.type, type))?.value);
    if (value) return value;
  }
  return id;
}

/** A death without a date still ends what ends by it (policy section 4): it counts from when the file told of it, else from ever. */
const deceasedAt = (resource: Json): string | null =>
  startOf(resource.deceasedDateTime) ?? (resource.deceasedBoolean === true ? startOf(object(resource.meta)?.lastUpdated) ?? BEFORE_ALL : null);

export function mapPatient(mapping: Mapping): void {
  const { resource, id } = mapping;
  mapping.memberId = id;
  const { official, preferred } = namesOf(resource);
  const given = texts(official?.given);
  const family = texts(official?.family).join(' ') || null;
  const preferredName = preferred && (text(preferred.text) ?? (texts(preferred.given).join(' ') || texts(preferred.family).join(' ') || null));
  const identifiers = list(resource.identifier);
  const telecom = list(resource.telecom).filter((each) => each.use !== 'old' && !ended(each));
  const ways = (kind: 'telephones' | 'emails'): string[] => telecom.flatMap((each) => (WAYS[text(each.system) as keyof typeof WAYS] === kind ? text(each.value) ?? [] : []));
  const addresses = list(resource.address);
  const languages = list(resource.communication);
  const language = (languages.find((each) => each.preferred === true) ?? languages[0])?.language;
  mapping.rows.push({ table: 'member', row: {
    id, member_number: numberOf(identifiers, id), name_given: listed(given), name_family: family, name_prefix: texts(official?.prefix).join(' ') || null,
    name_suffix: texts(official?.suffix).join(' ') || null, name_text: text(official?.text), name_key: keyOf(...given, family, text(official?.text)), family_key: keyOf(family),
    preferred_name: preferredName, preferred_key: keyOf(preferredName), birth_date: dateIn(resource.birthDate), birth_date_end: lastDayIn(resource.birthDate), gender: text(resource.gender),
    gender_identity: extensionOf(resource, GENDER_IDENTITY), pronouns: extensionOf(resource, PRONOUNS), deceased_at: deceasedAt(resource), telephones: listed(ways('telephones')),
    emails: listed(ways('emails')), ...addressColumns(addresses), preferred_language: codeOf(language) ?? wordsOf(language), home_state: stateCode(text(homeOf(addresses)?.state)),
    updated_at: mapping.now,
  } });
  identifiers.forEach((each, index) => {
    const kind = GOVERNMENT_KINDS.find((one) => hasCode(each.type, one)) ?? (text(each.system) === 'http://hl7.org/fhir/sid/us-ssn' ? 'SS' : null);
    const value = text(each.value);
    if (kind && value) mapping.rows.push({ table: 'government_id', row: { member_id: id, id: `${id}.${index}`, kind, value } });
  });
}
