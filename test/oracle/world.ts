/**
 * A world: every fact that a decision is made from, as plain data, in the policy's own words. The engine loads it into a
 * database, the oracle reads it as it stands; neither knows the other. Instants are `YYYY-MM-DDTHH:mm:ss.sssZ`, dates
 * `YYYY-MM-DD`, null is a missing fact; periods are half open, [start, end), an end of null is open.
 */
export interface World {
  now: string;
  organizations: { id: string; kind: string; part2Program: boolean }[];
  members: WorldMember[];
  coverages: { id: string; memberId: string; planId: string; start: string | null; end: string | null }[];
  careTeam: { id: string; memberId: string; practitionerId: string; start: string | null; end: string | null }[];
  /** What names an organization: a claim or an encounter (its provider), beside the coverages. */
  namedBy: { memberId: string; organizationId: string; via: 'CLAIM' | 'ENCOUNTER' | 'COVERAGE' }[];
  agreements: {
    id: string; organizationId: string; kind: 'BUSINESS_ASSOCIATE' | 'PLAN_SERVICES'; purposes: string[]; categories: string[];
    remunerated: boolean; start: string; end: string | null;
  }[];
  representations: {
    id: string; memberId: string; subject: string; kind: string; start: string; end: string | null;
    /** null: all. */ categories: string[] | null; /** null: left out, so the default of section 4. */ excludedClasses: string[] | null;
  }[];
  openings: { subject: string; memberId: string; openedAt: string; expiresAt: string }[];
  optOuts: { memberId: string; since: string; endedAt: string | null }[];
  authorizations: {
    id: string; memberId: string; classes: string[]; /** null: left out. */ categories: string[] | null; sale: boolean; purposes: string[];
    recipients: WorldRecipient[]; start: string | null; end: string | null; signedAt: string; revokedAt: string | null;
    /** True where the member signed, false where a representative did. */ signedByMember: boolean;
  }[];
  restrictions: {
    id: string; memberId: string; kind: 'PAID_IN_FULL' | 'AGREED'; /** RECEIVED binds only where PAID_IN_FULL. */ status: 'RECEIVED' | 'ACCEPTED' | 'DENIED';
    recipients: WorldRecipient[]; purposes: string[]; categories: string[]; classes: string[]; coordinates: string[];
    encounterId: string | null; recordId: string | null; start: string; endedAt: string | null;
  }[];
  confidential: { id: string; memberId: string; since: string; endedAt: string | null; recipients: WorldRecipient[] }[];
  grants: WorldGrant[];
  records: WorldRecord[];
}
/** A disclosure allowed case by case (section 7), as it was asked for and decided; what it asks above its clause opens nothing. */
export interface WorldGrant {
  id: string; clause: string; status: 'RECEIVED' | 'ACCEPTED' | 'DENIED'; /** A subject or an organization. */ recipient: WorldRecipient;
  memberIds: string[]; categories: string[]; classes: string[]; /** null: none is named. */ recordIds: string[] | null; remunerated: boolean;
  /** What was stated, by the names that the clause demands. */ elements: Record<string, string>;
  decidedAt: string | null; expires: string;
}
export interface WorldRecipient { role?: string; organizationId?: string; subject?: string }
export interface WorldMember { id: string; birthDate: string | null; deceasedAt: string | null; /** Two letters, of the home address. */ state: string | null }
export interface WorldRecord {
  id: string; memberId: string; type: string;
  encounterId: string | null;
  /** The date of the record as section 4 gives it; null: outside every period. */ date: string | null;
  /** The classes it bears, most specific, own and inherited. */ labels: string[];
  /** False: not labelled yet. */ labelled: boolean;
  /** The author (practitioner id). */ authorId: string | null;
  /** The Part 2 program that recorded it (organization id). */ programId: string | null;
  governedBy: 'NOTICE' | 'PLAN_AGREEMENT'; /** The plan whose agreement governs it. */ governingPlanId: string | null;
  /** Claims: whom it was billed to. */ payerId: string | null;
  /** Compiled for a legal proceeding. */ legal: boolean;
  /** Withheld from the member's access by a professional's finding (164.524(a)(2)-(3)). */ withheld: boolean;
  /** Documents: of type medication review. */ medicationReview: boolean;
  /** Ids of the records that this one cites. */ cites: string[];
}
/** Who asks, and why: what the token and the headers say. */
export interface WorldCaller {
  subject: string; role: string; organizationId: string | null; practitionerId: string | null; /** MEMBER: exactly one. */ memberId: string | null;
  purpose: string;
  /** X-Grant: the grant that the request names. */ grantId?: string;
}
/** One cell: a member's field (`Member.name`, `recordId` null) or a record's field (`Condition.code`). */
export interface Cell { memberId: string; recordId: string | null; coordinate: string }
