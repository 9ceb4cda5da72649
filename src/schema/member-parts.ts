import { ID } from 'type-graphql';
import { Phi } from '../directives/decorators';
import { Optional, Required, Shape } from './field';
import { Organization } from './organization';
import { DateScalar } from './scalars';

@Phi({ category: 'IDENTITY', identifier: 'NAME' })
@Shape('HumanName', 'A name of a person (FHIR HumanName).')
export class HumanName {
  @Optional(() => [String], 'Given names, in order.') given?: string[] | null;
  @Optional(() => String, 'Family name.') family?: string | null;
  @Optional(() => String, 'What stands before it, such as a title.') prefix?: string | null;
  @Optional(() => String, 'What stands after it.') suffix?: string | null;
  @Optional(() => String, 'The whole name as it is written.') text?: string | null;
}

@Phi({ category: 'CONTACT', identifier: 'GEOGRAPHY' })
@Shape('Address', 'A postal address (FHIR Address).')
export class Address {
  @Optional(() => String, 'What it is for: home, work, temp, old, billing.') @Phi({ category: 'CONTACT' }) use?: string | null;
  @Optional(() => [String], 'Street lines, in order.') line?: string[] | null;
  @Optional(() => String, 'City or town.') city?: string | null;
  @Optional(() => String, 'State.') state?: string | null;
  @Optional(() => String, 'Postal code.') postalCode?: string | null;
  @Optional(() => String, 'Country.') @Phi({ category: 'CONTACT' }) country?: string | null;
}

@Phi({ category: 'CONTACT' })
@Shape('Contact', 'How to reach a member: only the way that they asked for, where they asked for one.')
export class Contact {
  @Optional(() => [String], 'Telephone numbers.') @Phi({ identifier: 'TELEPHONE' }) telephones?: string[] | null;
  @Optional(() => [String], 'Email addresses.') @Phi({ identifier: 'EMAIL' }) emails?: string[] | null;
  @Optional(() => [Address], 'Postal addresses.') addresses?: Address[] | null;
  @Optional(() => String, 'The language that they prefer (BCP 47).') preferredLanguage?: string | null;
  @Optional(() => Boolean, 'True where the member asked for a confidential way.') confidential?: boolean | null;
}

// Social security, driver's licence and passport numbers share one field: it is tagged as the most telling of them.
@Phi({ category: 'GOVERNMENT_ID' })
@Shape('GovernmentId', 'A number that a government gave. Shown to nobody but the member and who acts for them.')
export class GovernmentId {
  @Required(() => String, 'What it is, by its v2-0203 code: SS, DL, PPN.') kind: string;
  @Required(() => String, 'The number.') @Phi({ identifier: 'SSN' }) value: string;
}

@Phi({ category: 'COVERAGE' })
@Shape('Coverage', 'A plan that covers a member, for a period.')
export class Coverage {
  @Required(() => ID, 'Stable id.') @Phi({ identifier: 'OTHER' }) id: string;
  @Required(() => Organization, 'The plan.') plan: Organization;
  @Optional(() => String, 'The number of the member with the plan.') @Phi({ identifier: 'HEALTH_PLAN_NUMBER' }) subscriberId?: string | null;
  @Optional(() => DateScalar, 'The first day.') @Phi({ identifier: 'DATE' }) start?: string | null;
  @Optional(() => DateScalar, 'The day after the last; none while it goes on.') @Phi({ identifier: 'DATE' }) end?: string | null;
}

// A practitioner's own name and id identify no member (164.514(b)(2) speaks of the individual, relatives, employers, household).
@Phi({ category: 'CARE_TEAM' })
@Shape('CareTeamMember', 'A practitioner who cares for a member, for a period.')
export class CareTeamMember {
  @Required(() => ID, 'Stable id of the assignment.') @Phi({ identifier: 'OTHER' }) id: string;
  @Required(() => ID, 'The practitioner.') practitionerId: string;
  @Optional(() => String, 'The name of the practitioner.') name?: string | null;
  @Optional(() => String, 'The part that they have in the care.') role?: string | null;
  @Optional(() => DateScalar, 'The first day.') @Phi({ identifier: 'DATE' }) start?: string | null;
  @Optional(() => DateScalar, 'The day after the last; none while it goes on.') @Phi({ identifier: 'DATE' }) end?: string | null;
}

@Phi({ category: 'MEDICATION' })
@Shape('InteractionAlert', 'Two medications that interact at high severity. Where one is hidden from the caller, nothing tells which.')
export class InteractionAlert {
  @Required(() => String, 'How severe.') severity: string;
  @Required(() => Boolean, 'True where a part of the pair is withheld.') hidden: boolean;
  @Optional(() => ID, 'The medication that the caller sees.') @Phi({ identifier: 'OTHER' }) visibleMedicationId?: string | null;
  @Optional(() => ID, 'The other one; null where it is withheld.') @Phi({ identifier: 'OTHER' }) otherMedicationId?: string | null;
  @Required(() => String, 'What to do.') advice: string;
  @Required(() => String, 'Where the interaction is listed.') source: string;
}
