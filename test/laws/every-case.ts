/**
 * Every case of the table: role x purpose x category x class x consent x relationship, as members of small worlds. A member is
 * one class under one state of consent; all members of a world share one relationship with the callers.
 */
import { CLASSES } from '../oracle/classes';
import { categoryOf, coordinatesOf } from '../oracle/fields';
import { ROLES } from '../oracle/minimum-necessary';
import { BEFORE, LATER, NOW, agreement, authorization, caller, careTeam, coverage, member, record, representation, worldOf } from '../oracle/story';
import type { World, WorldCaller, WorldMember } from '../oracle/world';

const PAST = '2025-06-01T00:00:00.000Z';
const ENDED = '2026-02-01T00:00:00.000Z';
/** Those that an authorization names: the columns, whose children follow, and what has none. */
const NAMED_PURPOSES = ['TREAT', 'HPAYMT', 'HOPERAT', 'ETREAT', 'HMARKT', 'HRESCH', 'PATRQT', 'PWATRNY', 'HCOMPL'];
/** Every caller of these worlds: fewer rows than all roles, so that most states are quick to read. */
const SUBJECTS = [{ subject: 'somebody' }, { subject: 'rita' }];
const ALL_ROLES = ROLES.map((role) => ({ role }));

type Facts = Parameters<typeof authorization>[0];
const PARENTS: Readonly<Record<string, string>> = {
  PART2: 'SUD', ETHUD: 'SUD', OPIOIDUD: 'SUD', PERSONALITY: 'PSY', CONTRACEPTION: 'SEX', OBSTETRIC: 'SEX', ABORTION: 'OBSTETRIC', REPRODUCTIVE: 'SEX', SEXUAL_ORIENTATION: 'SEX', GENDER_IDENTITY: 'SEX',
};
/** A state of consent for a class; null where there is no authorization. */
export const CONSENTS: Readonly<Record<string, (of: string) => Facts | null>> = {
  none: () => null,
  role: (of) => ({ classes: [of], recipients: ALL_ROLES }),
  organization: (of) => ({ classes: [of], recipients: ['company', 'plan', 'clinic', 'hie', 'billing', 'program', 'employer'].map((organizationId) => ({ organizationId })) }),
  subject: (of) => ({ classes: [of] }),
  parent: (of) => ({ classes: [PARENTS[of] ?? of] }),
  child: (of) => ({ classes: CLASSES.filter((each) => PARENTS[each] === of).slice(0, 1) }),
  another: (of) => ({ classes: [of === 'HIV' ? 'STD' : 'HIV'] }),
  revoked: (of) => ({ classes: [of], revokedAt: NOW }),
  future: (of) => ({ classes: [of], start: LATER }),
  expired: (of) => ({ classes: [of], end: NOW }),
  'another purpose': (of) => ({ classes: [of], purposes: ['LABELING'] }),
  'another category': (of) => ({ classes: [of], categories: ['CARE_TEAM'] }),
  'a representative signed': (of) => ({ classes: [of], signedByMember: false }),
  sale: (of) => ({ classes: [of], sale: true }),
};
const FEW_CONSENTS = ['none', 'role', 'sale', 'revoked', 'a representative signed'];
const FEW_CLASSES = ['', 'PART2', 'HIV', 'PSYTHPN', 'GDIS', 'ABORTION'];

type Related = (memberId: string) => Partial<World>;
const during = (start: string, end: string | null): Readonly<Record<string, Related>> => ({
  'care team': (memberId) => ({ careTeam: [careTeam({ id: `team-${memberId}`, memberId, start, end })] }),
  coverage: (memberId) => ({ coverages: [coverage({ id: `cov-${memberId}`, memberId, start, end })] }),
  representation: (memberId) => ({ representations: [representation({ id: `rep-${memberId}`, memberId, start, end })] }),
  opening: (memberId) => ({ openings: [{ subject: 'somebody', memberId, openedAt: start, expiresAt: end ?? LATER }] }),
});
const AGREEMENTS = (facts: Parameters<typeof agreement>[0]): World['agreements'] => [
  agreement({ id: 'a', purposes: ['HPAYMT', 'HOPERAT'], categories: ['IDENTITY', 'COVERAGE', 'FINANCIAL', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'], ...facts })];
const NAMED: Related = (memberId) => ({ namedBy: ['clinic', 'hie', 'program'].map((organizationId) => ({ memberId, organizationId, via: 'CLAIM' as const })) });

interface Setting { readonly name: string; readonly facts: Partial<World>; readonly related: readonly Related[]; readonly who: Partial<WorldMember>; readonly few: boolean }
const setting = (name: string, related: readonly Related[], given: Partial<Setting> = {}): Setting => ({ name, facts: {}, related, who: {}, few: false, ...given });
const now = during(PAST, null);
const ended = during(PAST, ENDED);

const SETTINGS: readonly Setting[] = [
  setting('no relationship', [], { few: true }),
  setting('every relationship', [...Object.values(now), NAMED], { facts: { agreements: AGREEMENTS({}) } }),
  setting('every relationship, a minor of fifteen in California', [...Object.values(now), NAMED], { few: true, facts: { agreements: AGREEMENTS({}) }, who: { birthDate: '2010-06-01', state: 'CA' } }),
  setting('every relationship ended', [...Object.values(ended)], { few: true, facts: { agreements: AGREEMENTS({ end: ENDED }) } }),
  ...Object.entries(now).map(([name, related]) => setting(name, [related], { few: true })),
  ...Object.entries(ended).map(([name, related]) => setting(`${name} ended`, [related], { few: true })),
  setting('named by a claim', [NAMED], { few: true }),
  setting('agreement', [], { few: true, facts: { agreements: AGREEMENTS({}) } }),
  setting('remunerated agreement', [], { few: true, facts: { agreements: AGREEMENTS({ remunerated: true }) } }),
  setting('agreement ended', [], { few: true, facts: { agreements: AGREEMENTS({ end: NOW }) } }),
  setting('services for a plan', [], { few: true, facts: { agreements: AGREEMENTS({ kind: 'PLAN_SERVICES' }) } }),
];

/** One record for each group of cells, borne by one class. */
function recordsOf(memberId: string, of: string): World['records'] {
  const shared = { memberId, labels: of === '' ? [] : [of], programId: of === 'PART2' ? 'program' : null };
  return ['Condition', 'Medication', 'MedicationReview', 'CareGap', 'Document', 'Claim', 'DiagnosticReport'].map((type) =>
    record(type, { ...shared, id: `${memberId}-${type}`, authorId: type === 'Document' ? 'p1' : null }));
}

function join(world: World, facts: Partial<World>): void {
  for (const [name, list] of Object.entries(facts) as [keyof World, unknown[]][]) (world[name] as unknown[]).push(...list);
}

function worldOfSetting({ facts, related, who, few }: Setting): World {
  const world: World = { ...worldOf(), members: [], coverages: [], careTeam: [], agreements: [], ...facts };
  for (const [consent, signed] of Object.entries(CONSENTS)) for (const of of few ? FEW_CLASSES : ['', ...CLASSES]) {
    if (few && !FEW_CONSENTS.includes(consent)) continue;
    const id = `${consent} ${of}`;
    world.members.push(member({ id, ...who }));
    related.forEach((each) => join(world, each(id)));
    world.records.push(...recordsOf(id, of));
    const given = signed(of === '' ? 'HIV' : of);
    if (given) world.authorizations.push(authorization({ id: `auth-${id}`, memberId: id, purposes: NAMED_PURPOSES, recipients: SUBJECTS, start: BEFORE, ...given }));
  }
  return world;
}
export const everyWorld = (): { name: string; world: World }[] => SETTINGS.map((each) => ({ name: each.name, world: worldOfSetting(each) }));

/** Purposes of every kind: columns, children, named-only, emergencies, own rules, by authorization alone, underwriting. */
const ASKED = ['TREAT', 'ETREAT', 'HPAYMT', 'CLMATTCH', 'COVERAGE', 'HOPERAT', 'CAREMGT', 'HSYSADMIN', 'HRESCH'];
const ASKED_OF: Readonly<Record<string, readonly string[]>> = {
  NURSE: ['PATRQT', 'HMARKT'], WORKFORCE: ['HCOMPL', 'HMARKT'], HEALTH_PLAN: ['HCOMPL', 'HMARKT'], MEMBER: ['PATRQT', 'PWATRNY'], PERSONAL_REPRESENTATIVE: ['PWATRNY', 'FAMRQT', 'PATRQT'],
  PRIVACY_OFFICER: ['HCOMPL', 'HMARKT'], AUDITOR: ['HCOMPL'],
};
export const everyCaller = (world: World): WorldCaller[] => ROLES.flatMap((role) => [
  ...[...ASKED, ...(ASKED_OF[role] ?? [])].map((purpose) => caller(role, purpose, role === 'MEMBER' ? { memberId: world.members[0]?.id ?? null } : {})),
  // The recording program's own caller, and a plan in another role.
  ...(role === 'EXTERNAL_PROVIDER' ? ['TREAT', 'HPAYMT'].map((purpose) => caller(role, purpose, { organizationId: 'program' })) : []),
  ...(role === 'HIE_PARTICIPANT' ? ['TREAT', 'CAREMGT'].map((purpose) => caller(role, purpose, { organizationId: 'plan' })) : []),
]);

const TYPES = ['Member', 'Condition', 'Medication', 'MedicationReview', 'CareGap', 'Document', 'Claim', 'DiagnosticReport'];
/** The first field of each category of a type, and those that stand out. */
const CHOSEN = new Map(TYPES.map((type) => {
  const first = new Map(coordinatesOf(type).map((coordinate) => [categoryOf(coordinate), coordinate]));
  const outstanding = type === 'Member' ? ['Member.genderIdentity', 'Member.interactionAlerts'] : [];
  return [type, [...new Set([...first.values(), ...outstanding])]];
}));
export const chosenCoordinates = (type: string): readonly string[] => CHOSEN.get(type) ?? [];
