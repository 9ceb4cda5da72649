import { ID, Query, Resolver } from 'type-graphql';
import { Public } from '../directives/decorators';
import { Accounting, AuditEventConnection, AuditIntegrity } from '../schema/audit';
import { PrivacyRequestKind, RequestStatus } from '../schema/enums';
import { needed, page, Takes } from '../schema/field';
import { AuditFilter, CareGapFilter, ClaimFilter, MemberFilter, MemberOrder } from '../schema/inputs/filters';
import { AuthorizationInput, RestrictionInput } from '../schema/inputs/rights';
import { Member, MemberConnection } from '../schema/member';
import { Notice } from '../schema/notice';
import { OperationsReport } from '../schema/operations';
import { Viewer } from '../schema/organization';
import { Policy } from '../schema/policy';
import { PreviewLine } from '../schema/preview';
import { PrivacyRequestConnection } from '../schema/privacy';
import { CareGapConnection, ClaimConnection } from '../schema/record-connections';
import { DateTime } from '../schema/scalars';
import { type Call, Called } from './call';
import type { PolicyServices, ResolverContext } from './services';

/** Who the caller is, and the Notice. */
@Resolver()
export class ViewerQueries {
  @Query(() => Viewer, { description: 'Who the caller is to the gateway, and what that can see.' }) @Public()
  viewer(@Called() call: Call<'viewer'>): Promise<unknown> { return call.services.viewer(call.args, call.context, call.info); }

  @Query(() => Notice, { description: 'The Notice in effect, now or at an instant.' }) @Public()
  @Takes({ asOf: [() => DateTime, 'When; now if left out.'] })
  notice(@Called() call: Call<'notice'>): Promise<unknown> { return call.services.notice(call.args, call.context, call.info); }
}

/** Members and their records. */
@Resolver()
export class MemberQueries {
  @Query(() => Member, { nullable: true, description: 'One member; null where there is none, or none that the caller reaches.' }) @Public()
  @Takes({ id: needed(() => ID, 'Which.') })
  member(@Called() call: Call<'member'>): Promise<unknown> { return call.services.member(call.args, call.context, call.info); }

  @Query(() => MemberConnection, { description: 'The members that the caller reaches; in the order of their ids where no other is asked for.' }) @Public()
  @Takes({ filter: [() => MemberFilter, 'Which of them.'], orderBy: [() => MemberOrder, 'In what order.'], ...page(50) })
  members(@Called() call: Call<'members'>): Promise<unknown> { return call.services.members(call.args, call.context, call.info); }

  @Query(() => CareGapConnection, { description: 'Care gaps across members: what the case management of a plan pulls. In the order of the ids of member and record.' }) @Public()
  @Takes({ filter: [() => CareGapFilter, 'Which of them.'], ...page(100) })
  careGaps(@Called() call: Call<'careGaps'>): Promise<unknown> { return call.services.careGaps(call.args, call.context, call.info); }

  @Query(() => ClaimConnection, { description: 'Claims across members, for payment. In the order of the ids of member and record.' }) @Public()
  @Takes({ filter: [() => ClaimFilter, 'Which of them.'], ...page(100) })
  claims(@Called() call: Call<'claims'>): Promise<unknown> { return call.services.claims(call.args, call.context, call.info); }
}

/** Counts. */
@Resolver()
export class OperationsQueries {
  @Query(() => OperationsReport, { description: 'Counts over what the caller could see row by row; small cells are suppressed.' }) @Public()
  @Takes({ filter: [() => MemberFilter, 'Over which members.'] })
  operations(@Called() call: Call<'operations'>): Promise<unknown> { return call.services.operations(call.args, call.context, call.info); }
}

/** What waits for the privacy office. */
@Resolver()
export class PrivacyOfficeQueries {
  @Query(() => PrivacyRequestConnection, { description: 'What the privacy office was asked for: what waits first, by its due date, then what is settled.' }) @Public()
  @Takes({ kind: [() => PrivacyRequestKind, 'Of this kind.'], status: [() => RequestStatus, 'Of this status.'], ...page(50) })
  privacyWorklist(@Called() call: Call<'privacyWorklist'>): Promise<unknown> {
    return call.services.privacyWorklist(call.args, call.context, call.info);
  }
}

/** What a choice would change, before it is made. */
@Resolver()
export class PreviewQueries {
  @Query(() => [PreviewLine], { description: 'Who would gain what by an authorization; nothing is recorded.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => AuthorizationInput, 'What would be signed.') })
  previewAuthorization(@Called() call: Call<'previewAuthorization'>): Promise<unknown> {
    return call.services.previewAuthorization(call.args, call.context, call.info);
  }

  @Query(() => [PreviewLine], { description: 'Who would lose what by a restriction; nothing is recorded.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), input: needed(() => RestrictionInput, 'What would be asked for.') })
  previewRestriction(@Called() call: Call<'previewRestriction'>): Promise<unknown> {
    return call.services.previewRestriction(call.args, call.context, call.info);
  }
}

/** What a member signed, restricted and opted out of, for other systems. */
@Resolver()
export class ConsentQueries {
  @Query(() => [String], { description: 'FHIR R4 Consent resources, as JSON: what an importer of them reads back is the same.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.') })
  fhirConsents(@Called() call: Call<'fhirConsents'>): Promise<unknown> { return call.services.fhirConsents(call.args, call.context, call.info); }
}

/** The accounting of disclosures. */
@Resolver()
export class AccountingQueries {
  @Query(() => Accounting, { description: 'To whom data of a member was disclosed; six years at most.' }) @Public()
  @Takes({ memberId: needed(() => ID, 'Whose.'), from: [() => DateTime, 'From when.'], to: [() => DateTime, 'Until when.'] })
  accountingOfDisclosures(@Called() call: Call<'accountingOfDisclosures'>): Promise<unknown> {
    return call.services.accountingOfDisclosures(call.args, call.context, call.info);
  }
}

/** The trail. */
@Resolver()
export class AuditQueries {
  @Query(() => AuditEventConnection, { description: 'The trail, oldest first.' }) @Public()
  @Takes({ filter: [() => AuditFilter, 'Which events.'], ...page(100) })
  auditEvents(@Called() call: Call<'auditEvents'>): Promise<unknown> { return call.services.auditEvents(call.args, call.context, call.info); }
}

/** Whether the trail is whole. */
@Resolver()
export class AuditIntegrityQueries {
  @Query(() => AuditIntegrity, { description: 'Checks the ledger end to end; a broken link is named.' }) @Public()
  auditIntegrity(@Called() call: Call<'auditIntegrity'>): Promise<unknown> {
    return call.services.auditIntegrity(call.args, call.context, call.info);
  }
}

/** The policy: its fields are served by the methods of one object. */
@Resolver()
export class PolicyQueries {
  @Query(() => Policy, { description: 'The policy itself: catalogue, matrix, clauses, explanation, simulation.' }) @Public()
  policy(@Called() { services }: { readonly services: ResolverContext['services'] }): PolicyServices { return services.policy; }
}
