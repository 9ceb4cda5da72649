import { GatewayError } from '../vocabulary/errors';

/** UNAUTHENTICATED for a stated cause; the cause names a header or a claim and never holds its value. */
export const unauthenticated = (cause: string): GatewayError => new GatewayError('UNAUTHENTICATED', cause);

/** What an identifier in a claim or a header may look like: 1 to 255 visible ASCII characters. */
export const IDENTIFIER = /^[\x21-\x7e]{1,255}$/;
