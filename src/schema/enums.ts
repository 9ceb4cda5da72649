import { registerEnumType } from 'type-graphql';
import { CONFIDENTIALITIES, IDENTIFIERS } from '../directives/tags';
import { CATEGORIES } from '../vocabulary/categories';
import { PURPOSES } from '../vocabulary/purposes';
import { ORGANIZATION_KINDS, ROLES } from '../vocabulary/roles';
import { CLASSES, hl7CodesOf, type SensitivityClass } from '../vocabulary/sensitivity';

/** A GraphQL enum of a closed list of codes; values are the codes themselves. */
function enumOf<Code extends string>(name: string, codes: readonly Code[], description: string, told: Partial<Record<Code, string>> = {}) {
  const values = Object.freeze(Object.fromEntries(codes.map((code) => [code, code]))) as Readonly<Record<Code, Code>>;
  const valuesConfig = Object.fromEntries(Object.entries<string | undefined>(told).map(([code, text]) => [code, { description: text }]));
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as Partial<Record<Code, { description?: string }>> });
  return values;
}

export const DataCategory = enumOf('DataCategory', CATEGORIES, 'What kind of data a field holds; every PHI field has exactly one.');
export const SensitivityClassEnum = enumOf('SensitivityClass', CLASSES,
  'Specially protected information: a tree whose leaves are finer than the HL7 ActCodes they roll up to. What names a class covers its children.',
  Object.fromEntries(CLASSES.map((each) => [each, `HL7 ActCode ${hl7CodesOf(each).join(' and ')}.`])) as Record<SensitivityClass, string>);
export const ConfidentialityEnum = enumOf('Confidentiality', CONFIDENTIALITIES, 'HL7 v3 Confidentiality.', { N: 'Normal.', R: 'Restricted.', V: 'Very restricted.' });
export const RoleEnum = enumOf('Role', ROLES, 'Who asks.');
export const PurposeOfUse = enumOf('PurposeOfUse', PURPOSES, 'Why they ask: HL7 v3 PurposeOfUse. BTG and ETREAT are two names of breaking the glass.');
export const IdentifierEnum = enumOf('Identifier', IDENTIFIERS, 'The eighteen identifiers of 45 CFR 164.514(b)(2).');
export const OrganizationKindEnum = enumOf('OrganizationKind', ORGANIZATION_KINDS, 'What an organization is to the company.');
export const Governance = enumOf('Governance', ['NOTICE', 'PLAN_AGREEMENT'],
  'What governs a record: the Notice, or the agreement with the plan whose services it came from.');

export const MemberOrderField = enumOf('MemberOrderField', ['FAMILY_NAME', 'BIRTH_DATE', 'MEMBER_NUMBER'], 'What members are ordered by; a hidden value sorts last.');
export const Direction = enumOf('Direction', ['ASC', 'DESC'], 'The direction of an order.');

export const RestrictionKind = enumOf('RestrictionKind', ['PAID_IN_FULL', 'AGREED'], 'Why a restriction binds.',
  { PAID_IN_FULL: 'A plan is not told of what was paid for in full without it.', AGREED: 'The company agreed to it.' });
export const RepresentationKind = enumOf('RepresentationKind', ['GUARDIAN', 'PARENT', 'HEALTH_CARE_POA', 'EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN', 'ATTORNEY'],
  'By what a person acts for a member.');
export const AmendmentDenialGround = enumOf('AmendmentDenialGround', ['NOT_CREATED_HERE', 'NOT_IN_RECORD_SET', 'NOT_OPEN_TO_ACCESS', 'ACCURATE_AND_COMPLETE'],
  'The grounds on which an amendment may be denied (45 CFR 164.526(a)(2)).');
export const RequestChannel = enumOf('RequestChannel', ['PAPER', 'IN_APP_MESSAGE', 'CONFIRMED_EMAIL', 'SUPPORT'], 'How a request arrived.');
export const RequestStatus = enumOf('RequestStatus', ['RECEIVED', 'REJECTED_INAUTHENTIC', 'ACCEPTED', 'DENIED', 'COMPLETED', 'WITHDRAWN'], 'Where a request stands.');
export const PrivacyRequestKind = enumOf('PrivacyRequestKind',
  ['RESTRICTION', 'CONFIDENTIAL_COMMUNICATION', 'ACCESS', 'AMENDMENT', 'ACCOUNTING', 'NOTICE_COPY', 'COMPLAINT', 'GRANT', 'AUTHORIZATION', 'HIE'],
  'What a request asks the privacy office for.');
export const AgreementKind = enumOf('AgreementKind', ['BUSINESS_ASSOCIATE', 'PLAN_SERVICES'], 'What an agreement with an organization is.',
  { BUSINESS_ASSOCIATE: 'The organization works for the company.', PLAN_SERVICES: 'The plan is the customer, and its agreement governs the records of its services.' });

export const Effect = enumOf('Effect', ['PERMIT', 'CONDITIONAL', 'DENY'], 'What the policy says.',
  { CONDITIONAL: 'It depends on the record or on the privacy state of the member.' });
export const ElementFormat = enumOf('ElementFormat', ['TEXT', 'DATE', 'BOOLEAN', 'CHOICE'], 'How an element of a grant is written.');
