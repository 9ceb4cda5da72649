import { GatewayError } from '../vocabulary/errors';
import { isPurpose, purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import type { Caller, Principal } from './caller';
import { IDENTIFIER } from './unauthenticated';

/** Values of each header in the order sent, by lower-case name: `IncomingMessage.headersDistinct`, which keeps repetitions. */
export type RequestHeaders = Readonly<Record<string, readonly string[] | undefined>>;

export const PURPOSE_HEADER = 'X-Purpose-Of-Use';
export const REASON_HEADER = 'X-Break-Glass-Reason';
export const GRANT_HEADER = 'X-Grant';

/** Breaking the glass: never inherited, never by another name than the token's own. */
const BY_NAME: readonly Purpose[] = ['ETREAT', 'BTG'];
const MAY_READ_UNDER_A_GRANT: readonly Role[] = ['DISCLOSURE_RECIPIENT', 'WORKFORCE', 'PRIVACY_OFFICER'];
const REASON_LENGTH = { least: 10, most: 500 } as const;

/** @throws PURPOSE_REQUIRED, PURPOSE_NOT_PERMITTED, BAD_USER_INPUT or FORBIDDEN, naming the header */
export function callerOf(principal: Principal, headers: RequestHeaders, request: { id: string; at: string }): Caller {
  const purpose = purposeOf(principal, headers);
  return Object.freeze({
    ...principal,
    purpose,
    breakGlassReason: BY_NAME.includes(purpose) ? reasonOf(headers) : null,
    grant: grantOf(principal, headers),
    requestId: request.id,
    at: request.at,
  });
}

/** The one purpose of the request: what the header names where there is one, else the only one of the token. */
export function purposeOf(principal: Principal, headers: RequestHeaders): Purpose {
  const sent = headers[PURPOSE_HEADER.toLowerCase()] ?? [];
  if (sent.length > 1) throw notPermitted(`${PURPOSE_HEADER} may be sent once.`);
  const asked = sent[0] ?? null;
  if (asked === null) {
    const [only, another] = principal.purposes;
    if (!only) throw notPermitted('The token permits no purpose of use.');
    if (another) throw new GatewayError('PURPOSE_REQUIRED', `The token permits several purposes of use: name one in ${PURPOSE_HEADER}.`);
    return only;
  }
  if (!isPurpose(asked)) throw notPermitted(`${PURPOSE_HEADER} must be one HL7 PurposeOfUse code, in its exact case.`);
  const permitted = BY_NAME.includes(asked) ? principal.purposes.includes(asked) : principal.purposes.some((each) => purposeCovers(each, asked));
  if (!permitted) throw notPermitted(`The token does not permit the purpose of use in ${PURPOSE_HEADER}.`);
  return asked;
}

const notPermitted = (message: string): GatewayError => new GatewayError('PURPOSE_NOT_PERMITTED', message);

function reasonOf(headers: RequestHeaders): string {
  const bad = (what: string): GatewayError => new GatewayError('BAD_USER_INPUT', `${REASON_HEADER} ${what}.`);
  const sent = headers[REASON_HEADER.toLowerCase()] ?? [];
  const [raw] = sent;
  if (raw === undefined) throw bad('is needed to break the glass');
  if (sent.length > 1) throw bad('may be sent once');
  if (!/^[\x20-\x7e]*$/.test(raw)) throw bad('must be percent-encoded UTF-8');
  let text: string;
  try {
    text = decodeURIComponent(raw).trim();
  } catch {
    throw bad('must be percent-encoded UTF-8');
  }
  if (/(?![\t\r\n])\p{Cc}/u.test(text)) throw bad('may not have control characters');
  const length = [...text].length;
  if (length < REASON_LENGTH.least || length > REASON_LENGTH.most) throw bad(`must have ${REASON_LENGTH.least} to ${REASON_LENGTH.most} characters`);
  return text;
}

function grantOf(principal: Principal, headers: RequestHeaders): string | null {
  const sent = headers[GRANT_HEADER.toLowerCase()] ?? [];
  const [grant] = sent;
  if (grant === undefined) return null;
  if (!MAY_READ_UNDER_A_GRANT.includes(principal.role)) throw new GatewayError('FORBIDDEN', `The role may not send ${GRANT_HEADER}.`);
  if (sent.length > 1 || !IDENTIFIER.test(grant)) throw new GatewayError('BAD_USER_INPUT', `${GRANT_HEADER} must be one grant id.`);
  return grant;
}
