import { ID } from 'type-graphql';
import { Phi } from '../directives/decorators';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';
import { connectionOf } from './connection';
import { Optional, page, Required, Shape, Takes } from './field';
import { RecordFilter } from './inputs/filters';
import { CareTeamMember, Contact, Coverage, GovernmentId, HumanName, InteractionAlert } from './member-parts';
import { MemberPrivacy } from './privacy';
import {
  AllergyConnection, CareGapConnection, CarePlanConnection, ClaimConnection, ConditionConnection, DiagnosticReportConnection,
  DocumentConnection, EncounterConnection, ImmunizationConnection, MedicationConnection, MedicationReviewConnection,
  ObservationConnection, ProcedureConnection,
} from './record-connections';
import { DateScalar, DateTime } from './scalars';
import { CareGap, Claim } from './records/management';

/** A list of records of one type, with the category of that type: a category that the caller can never see makes it null. */
const Records = (type: RecordType, connection: object): PropertyDecorator => (member, field) => {
  Optional(() => connection, `Records of type ${type}, in the order of their ids.`)(member, field);
  Phi({ category: RECORD_TYPES[type].category })(member, field);
  Takes({ filter: [() => RecordFilter, 'Which of them.'], ...page(100) })(member, field);
};

@Phi({ category: 'IDENTITY' })
@Shape('Member', 'A person whom the company or a plan serves.')
export class Member {
  @Required(() => ID, 'Stable id: that of the imported Patient.') @Phi({ category: 'ADMINISTRATIVE', identifier: 'OTHER' }) id: string;
  @Optional(() => String, 'The number that the company gave.') @Phi({ identifier: 'MEDICAL_RECORD_NUMBER' }) memberNumber?: string | null;
  @Optional(() => HumanName, 'The official name.') @Phi({ identifier: 'NAME' }) name?: HumanName | null;
  @Optional(() => String, 'What the member likes to be called.') @Phi({ identifier: 'NAME' }) preferredName?: string | null;
  @Optional(() => DateScalar, 'The day of birth.') @Phi({ identifier: 'DATE' }) birthDate?: string | null;
  @Optional(() => String, 'Administrative (legal) gender.') gender?: string | null;
  @Optional(() => String, 'The gender that the member identifies with.') @Phi({ sensitivity: ['GENDER_IDENTITY'] }) genderIdentity?: string | null;
  @Optional(() => String, 'The pronouns that the member uses.') @Phi({ sensitivity: ['GENDER_IDENTITY'] }) pronouns?: string | null;
  @Optional(() => DateTime, 'When the member died.') @Phi({ identifier: 'DATE' }) deceasedAt?: string | null;
  // Its parts are tagged one by one: some stay in a limited data set.
  @Optional(() => Contact, 'How to reach the member.') @Phi({ category: 'CONTACT' }) contact?: Contact | null;
  @Optional(() => [GovernmentId], 'Numbers that governments gave.') @Phi({ category: 'GOVERNMENT_ID', identifier: 'SSN' }) governmentIds?: GovernmentId[] | null;
  @Optional(() => [Coverage], 'Plans that cover the member.') @Phi({ category: 'COVERAGE' }) coverages?: Coverage[] | null;
  @Optional(() => [CareTeamMember], 'Who cares for the member.') @Phi({ category: 'CARE_TEAM' }) careTeam?: CareTeamMember[] | null;
  @Records('Condition', ConditionConnection) conditions?: object | null;
  @Records('Medication', MedicationConnection) medications?: object | null;
  @Records('Allergy', AllergyConnection) allergies?: object | null;
  @Records('Observation', ObservationConnection) observations?: object | null;
  @Records('Immunization', ImmunizationConnection) immunizations?: object | null;
  @Records('Procedure', ProcedureConnection) procedures?: object | null;
  @Records('Encounter', EncounterConnection) encounters?: object | null;
  @Records('DiagnosticReport', DiagnosticReportConnection) diagnosticReports?: object | null;
  @Records('Document', DocumentConnection) documents?: object | null;
  @Records('CarePlan', CarePlanConnection) carePlans?: object | null;
  @Records('MedicationReview', MedicationReviewConnection) medicationReviews?: object | null;
  @Records('CareGap', CareGapConnection) careGaps?: object | null;
  @Records('Claim', ClaimConnection) claims?: object | null;
  @Optional(() => MemberPrivacy, 'What the member allowed, restricted and asked for.') @Phi({ category: 'PRIVACY' }) privacy?: MemberPrivacy | null;
  @Optional(() => [InteractionAlert], 'Interactions among the medications, those that the caller may not see included; never what they are.')
  @Phi({ category: 'MEDICATION' }) interactionAlerts?: InteractionAlert[] | null;
}
export const MemberConnection = connectionOf('Member', () => Member);

// The way back from a record is declared here, so that records know nothing of members. It tells whose record it is, as
// `memberId` does; what the caller sees of the member is decided on the member's own fields.
for (const record of [CareGap, Claim]) {
  Optional(() => Member, 'The member whose record it is.')(record.prototype, 'member');
  Phi({ category: 'ADMINISTRATIVE' })(record.prototype, 'member');
}
