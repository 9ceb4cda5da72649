import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { representationsOf, type Representation, type Standing } from './standing';

export const CHANNELS = ['PAPER', 'IN_APP_MESSAGE', 'CONFIRMED_EMAIL', 'SUPPORT'] as const;
export type RequestChannel = (typeof CHANNELS)[number];
export interface AuthenticityInput { readonly channel: RequestChannel; readonly identityConfirmed: boolean; readonly requestedByRepresentative?: string | null }

export interface Judged {
  readonly authentic: boolean;
  readonly channel: RequestChannel;
  /** Who asked: the subject of the token, or of the representative whom the office names. */
  readonly requestedBy: string;
}

/** The Notice asks attorneys for paper, or an email whose sender can be confirmed. */
const ATTORNEY_CHANNELS: readonly RequestChannel[] = ['PAPER', 'CONFIRMED_EMAIL'];
const someFits = (all: readonly Representation[], channel: RequestChannel): boolean => all.some((each) => each.kind !== 'ATTORNEY' || ATTORNEY_CHANNELS.includes(channel));

/**
 * Whether a request is authentic (Notice, "Your Rights Regarding Your PHI"; policy section 11). A member's or representative's own
 * call came through the application and is confirmed by its token, whatever it says; only the privacy office can state otherwise.
 */
export async function judgeAuthenticity(manager: EntityManager, caller: Caller, standing: Standing, stated: AuthenticityInput): Promise<Judged> {
  if (standing.relationship !== 'ANY') {
    const channel = 'IN_APP_MESSAGE';
    return { authentic: standing.relationship !== 'REPRESENTATION' || someFits(standing.representations, channel), channel, requestedBy: caller.subject };
  }
  const { channel, identityConfirmed: confirmed, requestedByRepresentative: subject } = stated;
  if (subject === undefined || subject === null) return { authentic: confirmed, channel, requestedBy: caller.subject };
  const named = await representationsOf(manager, standing.member, subject, caller.at);
  return { authentic: confirmed && someFits(named, channel), channel, requestedBy: subject };
}
/** For mutations that take no `authenticity`: an own call, as above; what the privacy office records is its own statement. */
export const judgeOwnCall = (manager: EntityManager, caller: Caller, standing: Standing): Promise<Judged> =>
  judgeAuthenticity(manager, caller, standing, { channel: 'PAPER', identityConfirmed: true });
