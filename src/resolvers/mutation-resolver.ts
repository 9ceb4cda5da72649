import { ID, Mutation, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { Agreement, BreachAssessment, Grant } from '../schema/administration';
import { AmendmentDenialGround, SensitivityClassEnum } from '../schema/enums';
import { needed, Takes } from '../schema/field';
import { AgreementInput, BreachInput, GrantInput } from '../schema/inputs/administration';
import { AddressInput, Authenticity, AuthorizationInput, RecipientInput, RepresentationInput, RestrictionInput } from '../schema/inputs/rights';
import { CareTeamMember } from '../schema/member-parts';
import { Amendment, Authorization, ConfidentialCommunication, MemberPrivacy, PrivacyRequest, Representation, Restriction } from '../schema/privacy';
import { CareGap } from '../schema/records/management';
import { MedicationReview } from '../schema/records/medication';
import { RecordFields } from '../schema/records/record';
import { DateScalar, DateTime } from '../schema/scalars';
import { type Call, Called } from './call';

/** What a member allows, restricts and asks for, binding at once. */
@Resolver()
export class ConsentMutations {
  @Mutation(() => MemberPrivacy, { description: 'From now on no exchange reaches the member.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  optOutOfExchange(@Called() call: Call<'optOutOfExchange'>): Promise<unknown> {
    return call.services.optOutOfExchange(call.args, call.context, call.info);
  }

  @Mutation(() => MemberPrivacy, { description: 'Takes an opt-out back.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  optInToExchange(@Called() call: Call<'optInToExchange'>): Promise<unknown> {
    return call.services.optInToExchange(call.args, call.context, call.info);
  }

  @Mutation(() => Authorization, { description: 'Puts a signed authorization on record.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => AuthorizationInput, 'What was signed.') })
  recordAuthorization(@Called() call: Call<'recordAuthorization'>): Promise<unknown> {
    return call.services.recordAuthorization(call.args, call.context, call.info);
  }

  @Mutation(() => Authorization, { description: 'Revokes an authorization from this instant.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.') })
  revokeAuthorization(@Called() call: Call<'revokeAuthorization'>): Promise<unknown> {
    return call.services.revokeAuthorization(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Asks for a restriction; one on what was paid for in full binds at once.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    input: needed(() => RestrictionInput, 'What is asked for.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestRestriction(@Called() call: Call<'requestRestriction'>): Promise<unknown> {
    return call.services.requestRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Decides on a restriction that was asked for.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    agree: needed(() => Boolean, 'True to agree.'),
    response: needed(() => String, 'What the member is told.'),
  })
  decideRestriction(@Called() call: Call<'decideRestriction'>): Promise<unknown> {
    return call.services.decideRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => Restriction, { description: 'Ends a restriction.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    reason: needed(() => String, 'Why.'),
    memberAgreed: [() => Boolean, 'False where the member did not agree: an agreed one then ends for later records alone.', { defaultValue: true }],
  })
  endRestriction(@Called() call: Call<'endRestriction'>): Promise<unknown> {
    return call.services.endRestriction(call.args, call.context, call.info);
  }

  @Mutation(() => ConfidentialCommunication, { description: 'Asks to be reached in one way only; no reason is needed.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    telephone: [() => String, 'A telephone number.'],
    email: [() => String, 'An email address.'],
    address: [() => AddressInput, 'A postal address.'],
    recipients: [() => [RecipientInput], 'Others who are to know this way.'],
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestConfidentialCommunication(@Called() call: Call<'requestConfidentialCommunication'>): Promise<unknown> {
    return call.services.requestConfidentialCommunication(call.args, call.context, call.info);
  }
}

/** Requests to the privacy office with a due date. */
@Resolver()
export class RightsMutations {
  @Mutation(() => PrivacyRequest, { description: 'Asks for access to the own record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
    copies: [() => Boolean, 'True for copies on paper or media, which cost something.', { defaultValue: false }],
  })
  requestAccess(@Called() call: Call<'requestAccess'>): Promise<unknown> { return call.services.requestAccess(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'Asks for an accounting of disclosures.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    from: needed(() => DateTime, 'From when.'),
    to: needed(() => DateTime, 'Until when.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestAccounting(@Called() call: Call<'requestAccounting'>): Promise<unknown> {
    return call.services.requestAccounting(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Asks for a copy of the Notice.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), paper: needed(() => Boolean, 'True for one on paper.') })
  requestNoticeCopy(@Called() call: Call<'requestNoticeCopy'>): Promise<unknown> {
    return call.services.requestNoticeCopy(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Complains to the privacy office; nobody is treated worse for it.' }) @Public()
  @Takes({ memberId: [() => ID, 'Whom it is about.'], text: needed(() => String, 'The complaint.') })
  fileComplaint(@Called() call: Call<'fileComplaint'>): Promise<unknown> { return call.services.fileComplaint(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'The one extension by 30 days that access, amendment and accounting allow.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), reason: needed(() => String, 'Why; the member is told.') })
  extendRequest(@Called() call: Call<'extendRequest'>): Promise<unknown> { return call.services.extendRequest(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, { description: 'Settles what waits for an answer and no decision; who asked is told it.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), response: needed(() => String, 'The answer.') })
  completeRequest(@Called() call: Call<'completeRequest'>): Promise<unknown> { return call.services.completeRequest(call.args, call.context, call.info); }

  @Mutation(() => PrivacyRequest, {
    description: 'Keeps one record from the access of its member on the written finding of a licensed professional (45 CFR 164.524(a)(2)-(3)).',
  }) @Public()
  @Takes({
    recordId: needed(() => ID, 'Which record.'),
    finding: needed(() => String, 'What was found.'),
    professionalId: needed(() => ID, 'Who found it.'),
  })
  withholdFromAccess(@Called() call: Call<'withholdFromAccess'>): Promise<unknown> {
    return call.services.withholdFromAccess(call.args, call.context, call.info);
  }

  @Mutation(() => PrivacyRequest, { description: 'Opens a withheld record to its member again, on the written finding of another licensed professional who reviewed the denial.' }) @Public()
  @Takes({ recordId: needed(() => ID, 'Which.'), finding: needed(() => String, 'What the reviewer found, in writing.'), professionalId: needed(() => ID, 'Who reviewed it; not who had it withheld.') })
  liftWithholding(@Called() call: Call<'liftWithholding'>): Promise<unknown> { return call.services.liftWithholding(call.args, call.context, call.info); }
}

/** Changes to a record that a member asks for. */
@Resolver()
export class AmendmentMutations {
  @Mutation(() => Amendment, { description: 'Asks to amend a field of a record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    recordId: needed(() => ID, 'Which record.'),
    field: needed(() => String, 'Which field of it.'),
    proposed: needed(() => String, 'What it should say.'),
    reason: needed(() => String, 'Why.'),
    authenticity: needed(() => Authenticity, 'How it arrived and was made sure of.'),
  })
  requestAmendment(@Called() call: Call<'requestAmendment'>): Promise<unknown> {
    return call.services.requestAmendment(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'Decides on an amendment; a denial names its ground.' }) @Public()
  @Takes({
    id: needed(() => ID, 'Which.'),
    accept: needed(() => Boolean, 'True to accept.'),
    reason: needed(() => String, 'What the member is told.'),
    ground: [() => AmendmentDenialGround, 'The ground of a denial.'],
  })
  decideAmendment(@Called() call: Call<'decideAmendment'>): Promise<unknown> {
    return call.services.decideAmendment(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'What the member says to a denial: it travels with the record.' }) @Public()
  @Takes({ amendmentId: needed(() => ID, 'Which amendment.'), statement: needed(() => String, 'The statement.') })
  fileStatementOfDisagreement(@Called() call: Call<'fileStatementOfDisagreement'>): Promise<unknown> {
    return call.services.fileStatementOfDisagreement(call.args, call.context, call.info);
  }

  @Mutation(() => Amendment, { description: 'The rebuttal of the privacy office, and the summary shown in place of a statement that reveals a class.' }) @Public()
  @Takes({
    amendmentId: needed(() => ID, 'Which amendment.'),
    rebuttal: [() => String, 'What the privacy office says to it.'],
    summary: [() => String, 'What is shown in its place.'],
  })
  answerStatement(@Called() call: Call<'answerStatement'>): Promise<unknown> {
    return call.services.answerStatement(call.args, call.context, call.info);
  }
}

/** Who acts for, cares for and works with whom; labels of records. */
@Resolver()
export class AdministrationMutations {
  @Mutation(() => Representation, { description: 'Puts on record who acts for a member.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => RepresentationInput, 'Who, by what and on what.') })
  recordRepresentation(@Called() call: Call<'recordRepresentation'>): Promise<unknown> {
    return call.services.recordRepresentation(call.args, call.context, call.info);
  }

  @Mutation(() => Representation, { description: 'Ends a representation at once.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endRepresentation(@Called() call: Call<'endRepresentation'>): Promise<unknown> {
    return call.services.endRepresentation(call.args, call.context, call.info);
  }

  @Mutation(() => CareTeamMember, { description: 'Puts a practitioner on the care team of a member; never oneself.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    practitionerId: needed(() => ID, 'Who.'),
    role: needed(() => String, 'The part that they have in the care.'),
    start: [() => DateScalar, 'The first day; today if left out.'],
    end: [() => DateScalar, 'The day after the last.'],
  })
  assignCareTeam(@Called() call: Call<'assignCareTeam'>): Promise<unknown> {
    return call.services.assignCareTeam(call.args, call.context, call.info);
  }

  @Mutation(() => CareTeamMember, { description: 'Takes a practitioner off the care team.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endCareTeamAssignment(@Called() call: Call<'endCareTeamAssignment'>): Promise<unknown> {
    return call.services.endCareTeamAssignment(call.args, call.context, call.info);
  }

  @Mutation(() => Agreement, { description: 'Puts an agreement with an organization on record.' }) @Public()
  @Takes({ input: needed(() => AgreementInput, 'What was signed.') })
  recordAgreement(@Called() call: Call<'recordAgreement'>): Promise<unknown> {
    return call.services.recordAgreement(call.args, call.context, call.info);
  }

  @Mutation(() => Agreement, { description: 'Ends an agreement at once.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  endAgreement(@Called() call: Call<'endAgreement'>): Promise<unknown> { return call.services.endAgreement(call.args, call.context, call.info); }

  @Mutation(() => RecordFields, { description: 'Replaces the own labels of a record; inherited ones stay until their source changes.' }) @Public()
  @Takes({
    recordId: needed(() => ID, 'Which record.'),
    classes: needed(() => [SensitivityClassEnum], 'Its own labels from now on.'),
    reason: needed(() => String, 'Why.'),
  })
  relabelRecord(@Called() call: Call<'relabelRecord'>): Promise<unknown> { return call.services.relabelRecord(call.args, call.context, call.info); }
}

/** Disclosures that the Notice allows case by case. */
@Resolver()
export class GrantMutations {
  @Mutation(() => Grant, { description: 'Asks for a disclosure under one clause, with what it demands.' }) @Public()
  @Takes({ input: needed(() => GrantInput, 'What is asked for.') })
  requestGrant(@Called() call: Call<'requestGrant'>): Promise<unknown> { return call.services.requestGrant(call.args, call.context, call.info); }

  @Mutation(() => Grant, { description: 'Decides on a grant; never the one who asked for it.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), approve: needed(() => Boolean, 'True to approve.'), reason: needed(() => String, 'Why.') })
  decideGrant(@Called() call: Call<'decideGrant'>): Promise<unknown> { return call.services.decideGrant(call.args, call.context, call.info); }

  @Mutation(() => Grant, { description: 'Ends an approved grant before it expires; what was read under it stays in the accounting.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.'), reason: needed(() => String, 'Why.') })
  endGrant(@Called() call: Call<'endGrant'>): Promise<unknown> { return call.services.endGrant(call.args, call.context, call.info); }
}

/** What follows an incident. */
@Resolver()
export class BreachMutations {
  @Mutation(() => BreachAssessment, { description: 'Members whose unsecured PHI an incident reached, from the trail, and the notices that are due.' }) @Public()
  @Takes({ input: needed(() => BreachInput, 'The incident.') })
  assessBreach(@Called() call: Call<'assessBreach'>): Promise<unknown> { return call.services.assessBreach(call.args, call.context, call.info); }
}

/** What the care team writes. */
@Resolver()
export class CareMutations {
  @Mutation(() => MedicationReview, { description: 'Puts a medication review on record.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    findings: needed(() => String, 'What was found.'),
    recommendation: needed(() => String, 'What is advised.'),
    medicationIds: [() => [ID], 'Which medications were reviewed.'],
    encounterId: [() => ID, 'The encounter that it belongs to.'],
  })
  recordMedicationReview(@Called() call: Call<'recordMedicationReview'>): Promise<unknown> {
    return call.services.recordMedicationReview(call.args, call.context, call.info);
  }

  @Mutation(() => CareGap, { description: 'Opens a care gap.' }) @Public()
  @Takes({
    memberId: needed(() => ID, 'Whose.'),
    measure: needed(() => String, 'The measure.'),
    dueAt: [() => DateScalar, 'By when it should be closed.'],
    encounterId: [() => ID, 'The encounter that it belongs to.'],
  })
  openCareGap(@Called() call: Call<'openCareGap'>): Promise<unknown> { return call.services.openCareGap(call.args, call.context, call.info); }

  @Mutation(() => CareGap, { description: 'Closes a care gap.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  closeCareGap(@Called() call: Call<'closeCareGap'>): Promise<unknown> { return call.services.closeCareGap(call.args, call.context, call.info); }
}
