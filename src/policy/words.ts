import type { Reason } from '../vocabulary/reasons';

/** What is told of a rule: when it decides against the caller, when it does not, and what would change it. */
export interface Words { readonly against: string; readonly passes: string; readonly remedy: string }
const words = (against: string, passes: string, remedy: string): Words => Object.freeze({ against, passes, remedy });

/** Facts by the table that holds them, as a permit asks for them. */
export const OF_RELATION: Readonly<Record<string, Words>> = {
  care_team: words('the caller is not on the care team of the member', 'the caller is on the care team of the member', 'staff can assign the practitioner (assignCareTeam)'),
  break_glass_opening: words('the caller has not opened the member within the hour', 'the caller opened the member within the hour', 'in an emergency a stated reason opens the member for one hour (ETREAT)'),
  coverage: words('the plan of the caller does not cover the member, or not at the date of the record', 'the plan of the caller covers the member', 'a coverage of that plan for the period'),
  member_organization: words('no claim, encounter or coverage of the member names the organization', 'a claim, encounter or coverage of the member names the organization', 'none: the relationship comes from care or payment'),
  representation: words('the caller does not represent the member now, or not for this', 'the caller represents the member, within scope', 'the privacy office can record or widen a representation (recordRepresentation)'),
  authorization_scope: words('no authorization in force names this caller, this purpose and this category', 'an authorization in force names this caller, this purpose and this category', 'the member can sign one (recordAuthorization)'),
  hie_opt_out: words('the member opted out of exchange', 'the member has not opted out of exchange', 'the member can opt in again (optInToExchange)'),
};
export const OWN_RECORD = words('the record is another member\'s, or the member has died', 'the record is the caller\'s own', 'none: a member sees their own record');
export const NO_AGREEMENT = words('no written agreement in force lists this purpose and category', 'a written agreement in force lists this purpose and category', 'a written agreement that lists them (recordAgreement)');
export const GRANTED = words('the grant does not hold this member or this record', 'the grant holds this member and this record', 'a grant that names them (requestGrant)');
export const ANY_MEMBER = words('the rule does not give this cell', 'the rule gives this cell for any member', 'none');

/** Prohibitions by the name of their rule; `special-category:…` by what stands before the colon. */
export const OF_RULE: Readonly<Record<string, Words>> = {
  'organization-of-another-kind': words('the organization of the caller is not of a kind that this role comes from', 'the organization fits the role', 'a token of the role that the organization has'),
  'plan-governed': words('the agreement of a health plan governs the record, in place of the Notice', 'the Notice governs it, or the plan\'s own agreement opens it', 'the plan decides; in an emergency ETREAT, or the request of the member'),
  'interaction-alerts': words('alerts of interactions are for those who prescribe, dispense and give, while treating', 'no alert, or one for this role', 'ask as a treating clinician'),
  'opted-out': words('the member opted out of exchange, and this caller comes through one', 'no opt-out is in force, or the caller does not come through an exchange', 'the member can opt in again (optInToExchange)'),
  'not-labelled-yet': words('the record is not labelled yet, so it is shown to nobody but the member', 'the record is labelled', 'wait for the labelling service, or run relabel'),
  'part2-of-a-minor': words('the program record of a minor needs the minor\'s own signature', 'it is no program record of a minor, or the minor signed', 'an authorization that the minor signs'),
  'special-category': words('the record reveals a special category that nothing covers', 'it reveals no special category, or what it reveals is covered', 'an authorization of the member that names the class, the purpose and the recipient (recordAuthorization)'),
  'psychotherapy-note-of-another': words('it is a psychotherapy note by another author', 'it is no psychotherapy note, or the caller is its author', 'ask its author'),
  'psychotherapy-note-outside-the-cell': words('it is a psychotherapy note by another author, which no cell of treatment holds', 'it is no psychotherapy note, or the caller is its author', 'ask its author'),
  'genetic-information-and-plans': words('a plan sees genetic information for no purpose that could be underwriting, whatever is signed', 'it is no genetic information, or the caller is no plan', 'none for underwriting; a named purpose that is not, with an authorization'),
  'member-deceased': words('the member that the token is for has died', 'the member that the token is for lives', 'the executor, the administrator or the next of kin can be recorded (recordRepresentation)'),
  'psychotherapy-note': words('the right of access leaves psychotherapy notes out', 'it is no psychotherapy note', 'ask its author'),
  'legal-proceeding': words('the right of access leaves out what was compiled for a legal proceeding', 'it was not compiled for a legal proceeding', 'none until the proceeding is over'),
  'withheld-on-finding': words('a licensed professional found that access would endanger someone', 'no such finding stands', 'a review by another professional, which the member can ask for'),
  'withheld-by-version': words('this version of the Notice keeps the category from the role for the purpose', 'this version keeps nothing back here', 'another version of the Notice'),
};
export const RESTRICTED = words('a restriction that the member asked for hides it from this caller', 'no restriction in force hides it', 'it ends when the member asks or agrees (endRestriction)');
export const CHOSEN_WAY = words('the member chose a way to be reached that does not name this caller', 'the member chose no other way, or it is for this caller', 'a request of the member that names the recipient (requestConfidentialCommunication)');

/** What stands for every rule that would name the class to an auditor (policy section 9). */
export const A_SPECIAL_CATEGORY = 'special-category';
export const NAMES_A_CLASS: readonly string[] = ['part2-of-a-minor', 'psychotherapy-note-of-another', 'psychotherapy-note-outside-the-cell', 'genetic-information-and-plans', 'psychotherapy-note'];

export const wordsOfRule = (rule: string): Words => OF_RULE[rule.split(':')[0] ?? rule] ?? words(`the rule ${rule} forbids it`, `the rule ${rule} does not forbid it`, 'see the clause');
/** The reason as an auditor is told it: one that names a class becomes what any special category asks for. */
export const reasonForAuditor = (reason: Reason | null): Reason | null => (reason === 'PSYCHOTHERAPY_NOTE' ? 'AUTHORIZATION_REQUIRED' : reason);
