import type { DataSource } from 'typeorm';
import { readMemberPrivacy } from '../privacy-office/read-member-privacy';
import type { MemberExtras } from '../query/run/reading';

/** What is read for a member beside the compiled statements. */
export function createExtras(source: DataSource): MemberExtras {
  return {
    privacy: (memberIds, access) => readMemberPrivacy(source, [...memberIds], access.caller),
    interactionAlerts: async () => new Map(),
  };
}
