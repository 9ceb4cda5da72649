import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';

/** Who the token says is calling: claims that passed every check, nothing else. Frozen. */
export interface Principal {
  readonly subject: string;
  readonly role: Role;
  readonly organization: string | null;
  readonly practitioner: string | null;
  /** MEMBER: the one member that the token is for. */
  readonly member: string | null;
  /** The purposes of the token, as it lists them. */
  readonly purposes: readonly Purpose[];
  /** `jti`, where the token has one. */
  readonly tokenId: string | null;
}

/** A principal with the one purpose, the reason and the grant of this request, at its instant. Frozen. */
export interface Caller extends Principal {
  readonly purpose: Purpose;
  /** X-Break-Glass-Reason, decoded and trimmed: there with ETREAT and BTG alone. */
  readonly breakGlassReason: string | null;
  /** X-Grant. */
  readonly grant: string | null;
  readonly requestId: string;
  /** The instant of the request, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
}
