import { coordinatesOf } from '../oracle/fields';
import { contactView, reaches, refusal, visible } from '../oracle/oracle';
import type { Cell, World, WorldCaller } from '../oracle/world';
import { EngineWorld, grantFacts, isVisible } from './engine-world';
import { typeOf } from './world-rows';

/** What is asked of both sides: a cell, whether the member is reached, or what of the contact is served. */
export type Question = { readonly kind: 'cell'; readonly cell: Cell } | { readonly kind: 'reach'; readonly memberId: string } | { readonly kind: 'contact'; readonly memberId: string };

function engineAnswer(world: World, who: WorldCaller, question: Question): boolean | string {
  const at = new EngineWorld(world).caller(who);
  if (question.kind === 'reach') return at.reaches(question.memberId);
  if (question.kind === 'contact') return at.contact(question.memberId);
  const { memberId, recordId, coordinate } = question.cell;
  const [type = '', field = ''] = coordinate.split('.');
  if (recordId === null) return isVisible(at.member(memberId), 'Member', field);
  const record = world.records.find((one) => one.id === recordId);
  return record !== undefined && coordinatesOf(type).includes(coordinate) && isVisible(at.record(record), typeOf(record), field);
}
function oracleAnswer(world: World, who: WorldCaller, question: Question): boolean | string {
  if (question.kind === 'reach') return reaches(world, who, question.memberId);
  return question.kind === 'contact' ? contactView(world, who, question.memberId) : visible(world, who, question.cell);
}

const LISTS = ['coverages', 'careTeam', 'namedBy', 'agreements', 'representations', 'openings', 'optOuts', 'authorizations', 'restrictions', 'confidential', 'records', 'organizations', 'grants'] as const;

/** The smallest part of the world, one fact left out at a time, on which both answers are still these. */
export function shrink(world: World, who: WorldCaller, question: Question): string {
  const memberId = question.kind === 'cell' ? question.cell.memberId : question.memberId;
  const refused = (small: World): boolean => who.grantId !== undefined && (grantFacts(small, who) === null || refusal(small, who) !== null);
  const answers = (small: World): string => refused(small) ? 'refused' : `engine ${engineAnswer(small, who, question)}, oracle ${oracleAnswer(small, who, question)}`;
  const wanted = answers(world);
  const own = <T>(facts: readonly T[]): T[] => facts.filter((one) => ((one as { memberId?: string }).memberId ?? memberId) === memberId);
  let small: World = { ...world, members: world.members.filter((one) => one.id === memberId || one.id === who.memberId) };
  for (const list of LISTS) small = { ...small, [list]: own<unknown>(small[list]) };
  small = { ...small, grants: small.grants.filter((one) => one.id === who.grantId) };
  for (const list of LISTS)
    for (const fact of small[list]) {
      const without = { ...small, [list]: (small[list] as unknown[]).filter((one) => one !== fact) };
      if (answers(without) === wanted) small = without;
    }
  const left = Object.fromEntries(Object.entries(small).filter(([, facts]) => facts.length > 0));
  return `${wanted}: ${question.kind} ${JSON.stringify(question.kind === 'cell' ? question.cell : memberId)} asked by ${JSON.stringify(who)} of ${JSON.stringify(left)}`;
}
