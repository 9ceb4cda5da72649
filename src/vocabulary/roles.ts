/** Who asks. The roles of the policy, section 1; `inside` works for the company, `outside` receives a disclosure. */
export const ROLES = [
  'PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'WORKFORCE',
  'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT',
  'MEMBER', 'PERSONAL_REPRESENTATIVE', 'DISCLOSURE_RECIPIENT', 'PRIVACY_OFFICER', 'AUDITOR',
] as const;
export type Role = (typeof ROLES)[number];

export const INSIDE: readonly Role[] = Object.freeze(['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'WORKFORCE']);
export const OUTSIDE: readonly Role[] = Object.freeze([
  'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT', 'DISCLOSURE_RECIPIENT',
]);

export const ORGANIZATION_KINDS = [
  'COVERED_ENTITY', 'HEALTH_PLAN', 'BUSINESS_ASSOCIATE', 'PROVIDER', 'HIE', 'AUTHORITY', 'OTHER',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** The organization kinds that a role may come from (policy section 1); a role without an entry may come from any. */
export const KINDS_OF_ROLE: Partial<Readonly<Record<Role, readonly OrganizationKind[]>>> = Object.freeze({
  HEALTH_PLAN: ['HEALTH_PLAN'],
  HIE_PARTICIPANT: ['HIE', 'PROVIDER', 'HEALTH_PLAN'],
  EXTERNAL_PROVIDER: ['PROVIDER'],
});

/** The kind that an organization unknown to the database takes from the role of its caller (policy section 1). */
export const IMPLIED_KIND: Readonly<Record<Role, OrganizationKind>> = Object.freeze({
  PHARMACIST: 'COVERED_ENTITY', NURSE: 'COVERED_ENTITY', HEALTHCARE_PROFESSIONAL: 'COVERED_ENTITY', WORKFORCE: 'COVERED_ENTITY',
  EXTERNAL_PROVIDER: 'PROVIDER', BUSINESS_ASSOCIATE: 'BUSINESS_ASSOCIATE', HEALTH_PLAN: 'HEALTH_PLAN', HIE_PARTICIPANT: 'HIE',
  MEMBER: 'OTHER', PERSONAL_REPRESENTATIVE: 'OTHER', DISCLOSURE_RECIPIENT: 'OTHER', PRIVACY_OFFICER: 'COVERED_ENTITY', AUDITOR: 'OTHER',
});
