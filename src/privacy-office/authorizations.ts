import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { deleteRows, insertRows, putRows, selectRows } from '../entities/rows';
import { authorization, authorization_scope, type AuthorizationRow } from '../entities/tables/privacy';
import { CATEGORIES, categoriesOf, type Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import { toldRecipient, type Recipient } from '../vocabulary/recipients';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import { judgeAuthenticity, judgeOwnCall, type AuthenticityInput } from './authenticity';
import type { AuthorizationInput } from './authorization-input';
import type { Office } from './office';
import { readReliances, type RelianceResult } from './reliance';
import { fileRequest } from './requests';
import { signatureOf } from './signature';
import { authorizationScopes, authorizedCategories } from './spread';
import { notFound, type Standing } from './standing';
import { LONGEST, badInput, conflict, recipientsOf, requirePast, requirePeriod, requireSome, requireText } from './validate';
import { write } from './write';

/** As `Authorization` of the schema. */
export interface AuthorizationResult {
  id: string; classes: SensitivityClass[]; categories: Category[]; sale: boolean; purposes: Purpose[]; recipients: Recipient[];
  start: string; end: string | null; signedAt: string; signedBy: string; revokedAt: string | null; active: boolean;
  /** What was released in reliance on it, where that is told: when it is revoked. */
  reliances?: RelianceResult[];
}

/** Writes an authorization and what the compiled queries read of it; the same id again replaces it, but never undoes a revocation. */
export async function writeAuthorization(manager: EntityManager, row: AuthorizationRow): Promise<void> {
  const [known] = await selectRows(manager, authorization, { member_id: row.member_id, id: row.id }, { lock: true });
  const revoked = [known?.revoked_at ?? null, row.revoked_at].filter((each) => each !== null).sort()[0] ?? null;
  const written = { ...row, revoked_at: revoked };
  await putRows(manager, authorization, [written]);
  await deleteRows(manager, authorization_scope, { member_id: row.member_id, authorization_id: row.id });
  await insertRows(manager, authorization_scope, authorizationScopes(written));
}

/** What was signed, in the schema's shape; `active` at the instant. */
export function authorizationOf(row: AuthorizationRow, at: string): AuthorizationResult {
  const purposes = JSON.parse(row.purposes) as Purpose[];
  const listed = row.categories === null ? null : JSON.parse(row.categories) as Category[];
  const categories = listed ?? categoriesOf(purposes.reduce((mask, purpose) => mask | authorizedCategories(null, purpose), 0));
  return {
    id: row.id, classes: JSON.parse(row.classes) as SensitivityClass[], categories: CATEGORIES.filter((each) => categories.includes(each)), sale: row.sale === 1,
    purposes, recipients: (JSON.parse(row.recipients) as Recipient[]).map(toldRecipient), start: row.start_at, end: row.end_at, signedAt: row.signed_at, signedBy: row.signed_by,
    revokedAt: row.revoked_at,
    active: authorizationScopes(row).some((each) => each.start_at <= at && (each.end_at === null || at < each.end_at)),
  };
}

/**
 * Notice, "Authorization": what the member, or a representative inside their scope, signed (164.508; policy section 5).
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN (a representative beyond their scope), INAUTHENTIC (an attorney's own call)
 */
export function recordAuthorization(office: Office, caller: Caller, args: { memberId: string; input: AuthorizationInput }): Promise<AuthorizationResult> {
  const { memberId, input } = args;
  return write<AuthorizationResult>(office, caller, { mutation: 'recordAuthorization', memberId, clause: 'authorization' }, async ({ manager, standing }) => {
    const id = randomUUID();
    const row = authorizationDraft(id, caller, memberId, input);
    const judged = await judgeOwnCall(manager, caller, standing);
    const signed = judged.authentic ? await signatureOf(manager, caller, standing, input, office.jurisdictions) : null;
    const request = await fileRequest(manager, caller, judged, {
      kind: 'AUTHORIZATION', memberId, summary: 'Authorization recorded', status: 'COMPLETED', dueAt: caller.at, ...(judged.authentic ? { subjectId: id } : {}),
    });
    if (!signed) return { inauthentic: request };
    const written = { ...row, signed_by_member: signed.byMember ? 1 : 0 };
    await writeAuthorization(manager, written);
    return { result: authorizationOf(written, caller.at) };
  });
}

/** What would be recorded, before the signature is judged. @throws BAD_USER_INPUT */
export function authorizationDraft(id: string, caller: Caller, memberId: string, input: AuthorizationInput): AuthorizationRow {
  const recipients = recipientsOf(requireSome(input.recipients, 'input.recipients'), 'input.recipients');
  const purposes = requireSome(input.purposes, 'input.purposes');
  const classes = [...new Set(input.classes)];
  if (classes.includes('PSYTHPN') && classes.length > 1) throw badInput('input.classes', 'PSYTHPN needs an authorization of its own');
  requirePast(input.signedAt, caller.at, 'input.signedAt');
  const start = input.start ?? input.signedAt;
  requirePeriod(start, input.end ?? null, 'input.end');
  return {
    member_id: memberId, id, classes: JSON.stringify(classes), categories: input.categories ? JSON.stringify([...new Set(input.categories)]) : null,
    sale: input.sale === true ? 1 : 0, purposes: JSON.stringify(purposes), recipients: JSON.stringify(recipients), start_at: start, end_at: input.end ?? null,
    signed_at: input.signedAt, signed_by: requireText(input.signedBy, 'input.signedBy', LONGEST.line), signed_by_member: 0, revoked_at: null,
    recorded_at: caller.at, recorded_by: caller.subject, source: 'API',
  };
}

/** Acts from this instant, for the next request on every node; what was released in reliance stays released, and is told (164.508(b)(5)). */
export function revokeAuthorization(office: Office, caller: Caller, args: { id: string; authenticity: AuthenticityInput }): Promise<AuthorizationResult> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await selectRows(manager, authorization, { id: args.id }))[0]?.member_id ?? null;
  return write<AuthorizationResult>(office, caller, { mutation: 'revokeAuthorization', memberId, clause: 'authorization' }, async ({ manager, standing }) => {
    const [row] = await selectRows(manager, authorization, { member_id: standing.member.id, id: args.id }, { lock: true });
    if (!row || !mayRevoke(row, caller, standing)) throw notFound('id');
    const judged = await judgeAuthenticity(manager, caller, standing, args.authenticity);
    if (judged.authentic && row.revoked_at !== null) throw conflict('The authorization is revoked already');
    const request = await fileRequest(manager, caller, judged, {
      kind: 'AUTHORIZATION', memberId: row.member_id, summary: 'Authorization revoked', status: 'COMPLETED', dueAt: caller.at, subjectId: row.id,
    });
    if (!judged.authentic) return { inauthentic: request };
    const revoked = { ...row, revoked_at: caller.at };
    await writeAuthorization(manager, revoked);
    return { result: { ...authorizationOf(revoked, caller.at), reliances: await readReliances(manager, row.member_id, row.id) } };
  });
}

/** A representative knows of those alone that they signed (policy section 3). */
export const isSignedBy = (row: AuthorizationRow, subject: string): boolean => row.signed_by_member === 0 && (row.signed_by === subject || row.recorded_by === subject);
const mayRevoke = (row: AuthorizationRow, caller: Caller, standing: Standing): boolean =>
  standing.relationship !== 'REPRESENTATION' || isSignedBy(row, caller.subject);
