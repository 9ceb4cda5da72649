import type { Checkpoint, SealedChain } from './checkpoint';
import { FIRST_PREVIOUS } from './checkpoint';
import { GrowingTree } from './merkle';

/** A chain as far as it is sealed; the tree goes on from the checkpoint's subtrees without reading the records again. */
export interface SealedSoFar { readonly size: number; readonly head: string; readonly tree: GrowingTree }
/** What the checkpoints state together: the last of them, and every chain with its last sealed state. */
export interface SealedState { number: number; hash: string; at: string | null; events: number; readonly chains: Map<string, SealedSoFar> }

export const nothingSealed = (): SealedState => ({ number: 0, hash: FIRST_PREVIOUS, at: null, events: 0, chains: new Map() });
const soFar = ({ size, head, peaks }: SealedChain): SealedSoFar => ({ size, head, tree: GrowingTree.of(size, peaks) });

/** Takes the next checkpoint in. It must be authentic and follow the state (or, at the start, be complete). */
export function takeIn(state: SealedState, { body, hash }: Checkpoint): void {
  if (body.complete) state.chains.clear();
  for (const each of body.chains) state.chains.set(each.chain, soFar(each));
  Object.assign(state, { number: body.number, hash, at: body.at, events: body.events });
}
