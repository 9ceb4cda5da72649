import type { DataSource, EntityManager } from 'typeorm';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { break_glass_review } from '../entities/tables/audit';
import { break_glass_opening } from '../entities/tables/member';
import { undisturbed } from '../entities/transaction';
import type { Caller } from '../identity/caller';
import { GatewayError } from '../vocabulary/errors';
import { REVIEW_FINDINGS, type ReviewFinding } from '../vocabulary/review-findings';
import type { Office } from './office';
import { badInput, conflict, requireText } from './validate';
import { write } from './write';

/** An emergency: it opened a member to somebody for an hour, or was a reading that opened nobody (it expires as it begins); and what the privacy office found of it; as `BreakGlassUse` of the schema. */
export interface BreakGlassUse {
  readonly id: string; readonly subject: string; readonly memberId: string; readonly openedAt: string; readonly expiresAt: string; readonly reason: string;
  readonly finding: ReviewFinding | null; readonly note: string | null; readonly reviewedBy: string | null; readonly reviewedAt: string | null;
}

type Opening = Row<typeof break_glass_opening>;
type Review = Row<typeof break_glass_review>;
type Key = Pick<Opening, 'subject' | 'member_id' | 'opened_at'>;

/** The key of an opening as one id: it has none of its own, because whoever opens waits for nothing but one statement. */
const idOf = ({ subject, member_id: member, opened_at: at }: Key): string => Buffer.from(JSON.stringify([subject, member, at]), 'utf8').toString('base64url');
function keyOf(id: string): Key | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((each) => typeof each === 'string')) return null;
    const [subject = '', member_id = '', opened_at = ''] = parts as string[];
    return { subject, member_id, opened_at };
  } catch {
    return null;
  }
}

const useOf = (opening: Opening, review: Omit<Review, keyof Key> | null): BreakGlassUse => ({
  id: idOf(opening), subject: opening.subject, memberId: opening.member_id, openedAt: opening.opened_at, expiresAt: opening.expires_at, reason: opening.reason,
  finding: review ? review.finding as ReviewFinding : null, note: review?.note ?? null, reviewedBy: review?.reviewed_by ?? null, reviewedAt: review?.reviewed_at ?? null,
});

/**
 * The review queue (164.308(a)(1)(ii)(D), 164.312(a)(2)(ii)): what waits, oldest first; or, `reviewed`, what was reviewed, newest
 * first. The caller must be one who may see it (PRIVACY_OFFICER). Emergencies of an exchange open nobody, and wait here as well.
 */
export async function readBreakGlassUses(source: DataSource, { reviewed, first }: { reviewed: boolean; first: number }): Promise<BreakGlassUse[]> {
  const text = `SELECT o.subject, o.member_id, o.opened_at, o.expires_at, o.reason, r.reviewed_at, r.reviewed_by, r.finding, r.note FROM break_glass_opening o
    LEFT JOIN break_glass_review r ON r.subject = o.subject AND r.member_id = o.member_id AND r.opened_at = o.opened_at
    WHERE r.reviewed_at IS ${reviewed ? 'NOT NULL ORDER BY r.reviewed_at DESC' : 'NULL ORDER BY o.opened_at'}, o.subject, o.member_id LIMIT ?`;
  const rows = await undisturbed(source, () => source.query(text, [first]) as Promise<(Opening & Omit<Review, keyof Key>)[]>);
  return rows.map((row) => useOf(row, reviewed ? row : null));
}

async function openingOf(manager: EntityManager, id: string): Promise<Opening | null> {
  const key = keyOf(id);
  const [opening] = key === null ? [] : await selectRows(manager, break_glass_opening, key, { lock: true });
  return opening ?? null;
}

/**
 * Puts on record what was found of an emergency, once and for all; another audit kind than any write (BREAK_GLASS_REVIEW), flagged
 * unless it was justified. @throws NOT_FOUND, CONFLICT (reviewed already), FORBIDDEN (their own), BAD_USER_INPUT and as `write`
 */
export async function reviewBreakGlass(office: Office, caller: Caller, args: { id: string; finding: ReviewFinding; note: string }): Promise<BreakGlassUse> {
  let opening: Opening | null = null;
  const memberId = async (manager: EntityManager): Promise<string | null> => { opening = await openingOf(manager, args.id); return opening?.member_id ?? null; };
  return write(office, caller, { mutation: 'reviewBreakGlass', clause: null, memberId, reason: args.note }, async ({ manager }) => {
    if (opening === null) throw badInput('id', 'must name an emergency');
    const { subject, member_id, opened_at } = opening;
    if (!REVIEW_FINDINGS.includes(args.finding)) throw badInput('finding', `must be one of ${REVIEW_FINDINGS.join(', ')}`);
    if (subject === caller.subject) throw new GatewayError('FORBIDDEN', 'reviewBreakGlass: nobody reviews an emergency of their own.');
    const key = { subject, member_id, opened_at };
    if ((await selectRows(manager, break_glass_review, key)).length > 0) throw conflict('id: the emergency is reviewed already');
    const review = { reviewed_at: caller.at, reviewed_by: caller.subject, finding: args.finding, note: requireText(args.note, 'note') };
    await insertRows(manager, break_glass_review, [{ ...key, ...review }]);
    await updateRows(manager, break_glass_opening, key, { reviewed_at: caller.at });
    return { result: useOf(opening, review), flagged: args.finding !== 'JUSTIFIED' };
  });
}
