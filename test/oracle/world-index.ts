/** The facts of a world by the member and id that they are asked for; built once for each world, which then must not change. */
import type { World, WorldMember, WorldRecord } from './world';

type OfMember<T> = ReadonlyMap<string, readonly T[]>;

function byMember<T extends { memberId: string }>(facts: readonly T[]): OfMember<T> {
  const groups = new Map<string, T[]>();
  for (const fact of facts) {
    const group = groups.get(fact.memberId);
    if (group) group.push(fact);
    else groups.set(fact.memberId, [fact]);
  }
  return groups;
}

export class WorldIndex {
  readonly now: string;
  readonly member: ReadonlyMap<string, WorldMember>;
  readonly record: ReadonlyMap<string, WorldRecord>;
  readonly organizationKind: ReadonlyMap<string, string>;
  readonly recordsOf; readonly coveragesOf; readonly careTeamOf; readonly namedByOf; readonly representationsOf; readonly openingsOf;
  readonly optOutsOf; readonly authorizationsOf; readonly restrictionsOf; readonly confidentialOf; readonly grant;

  constructor(readonly world: World) {
    this.now = world.now;
    this.member = new Map(world.members.map((one) => [one.id, one]));
    this.record = new Map(world.records.map((one) => [one.id, one]));
    this.organizationKind = new Map(world.organizations.map((one) => [one.id, one.kind]));
    this.recordsOf = byMember(world.records);
    this.coveragesOf = byMember(world.coverages);
    this.careTeamOf = byMember(world.careTeam);
    this.namedByOf = byMember(world.namedBy);
    this.representationsOf = byMember(world.representations);
    this.openingsOf = byMember(world.openings);
    this.optOutsOf = byMember(world.optOuts);
    this.authorizationsOf = byMember(world.authorizations);
    this.restrictionsOf = byMember(world.restrictions);
    this.confidentialOf = byMember(world.confidential);
    this.grant = new Map(world.grants.map((one) => [one.id, one]));
  }
}
