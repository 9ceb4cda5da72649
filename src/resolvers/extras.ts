import type { Database } from '../entities/database';
import { readInteractionTable } from '../query/interaction-table';
import { TellingLimit } from '../query/telling-limit';
import { readMemberPrivacy } from '../privacy-office/read-member-privacy';
import { readInteractionAlerts, type InteractionCheck } from '../query/run/read-interactions';
import type { MemberExtras } from '../query/run/reading';

/** What is read for a member beside the compiled statements. `coveredOrganizations`: ids of the company's own organizations. */
export function createExtras(source: Database, coveredOrganizations: readonly string[] = []): MemberExtras {
  const check: InteractionCheck = { table: readInteractionTable(), limit: new TellingLimit(), coveredOrganizations };
  return {
    privacy: (memberIds, access) => readMemberPrivacy(source, [...memberIds], access.caller),
    interactionAlerts: (memberIds, reading) => readInteractionAlerts(reading, check, memberIds),
  };
}
