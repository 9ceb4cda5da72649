/** Who asks, with what follows from the caller alone: column, organization kind, agreements. */
import { INSIDE, columnOf, isEmergency } from './minimum-necessary';
import { inPeriod } from './instants';
import { oneName, permits } from './purposes';
import type { Column } from './minimum-necessary';
import type { World, WorldCaller, WorldGrant } from './world';
import type { WorldIndex } from './world-index';

export type Agreement = World['agreements'][number];

export interface Asking {
  readonly caller: WorldCaller;
  /** BTG is asked as ETREAT. */
  readonly purpose: string;
  readonly index: WorldIndex;
  readonly grant: WorldGrant | null;
  readonly column: Column | null;
  readonly emergency: boolean;
  /** TREAT or what inherits from it; never ETREAT. */
  readonly treating: boolean;
  readonly inside: boolean;
  readonly organizationKind: string | null;
  /** A plan in whatever role (sections 5 and 6). */
  readonly plan: boolean;
  /** The organization fits the role, where the role asks it (section 1). */
  readonly fits: boolean;
  /** Agreements in force with the caller's organization. */
  readonly agreements: readonly Agreement[];
}

/** Section 1: "an organization that is not known takes the kind that the role implies". */
const IMPLIED: Record<string, string> = {
  HEALTH_PLAN: 'HEALTH_PLAN', HIE_PARTICIPANT: 'HIE', EXTERNAL_PROVIDER: 'PROVIDER', BUSINESS_ASSOCIATE: 'BUSINESS_ASSOCIATE',
  PHARMACIST: 'COVERED_ENTITY', NURSE: 'COVERED_ENTITY', HEALTHCARE_PROFESSIONAL: 'COVERED_ENTITY', WORKFORCE: 'COVERED_ENTITY',
};

/** Section 1: the kinds that a role fits; a role that is not here fits every kind. */
const FITTING: Record<string, string[]> = {
  HEALTH_PLAN: ['HEALTH_PLAN'], HIE_PARTICIPANT: ['HIE', 'PROVIDER', 'HEALTH_PLAN'], EXTERNAL_PROVIDER: ['PROVIDER'],
};

/** `grant`: the one that the caller, who is then its reader, reads under. */
export function asking(index: WorldIndex, caller: WorldCaller, grant: WorldGrant | null = null): Asking {
  const { role, organizationId } = caller;
  const kind = organizationId === null ? null : index.organizationKind.get(organizationId) ?? IMPLIED[role] ?? null;
  const fitting = FITTING[role];
  return {
    caller, index, grant, purpose: oneName(caller.purpose), column: columnOf(role, caller.purpose), emergency: isEmergency(caller.purpose),
    treating: permits('TREAT', caller.purpose), inside: INSIDE.has(role), organizationKind: kind,
    plan: role === 'HEALTH_PLAN' || kind === 'HEALTH_PLAN',
    fits: fitting === undefined || (kind !== null && fitting.includes(kind)),
    agreements: index.world.agreements.filter((one) => one.organizationId === organizationId && inPeriod(one, index.now)),
  };
}
