import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { GatewayError } from '../vocabulary/errors';
import { traceOf } from './observe';
import { exchangeOf, refuse } from './respond';

/** Answers whatever was thrown, in JSON: what is not an error of the contract is ours, logged and masked. */
export function createErrorAnswer(log: Logger): (error: unknown, request: IncomingMessage, response: ServerResponse) => void {
  return (error, request, response) => {
    if (response.headersSent) return void response.destroy();
    if (error instanceof GatewayError) return refuse(request, response, error);
    const { status } = error as { status?: unknown };
    // What express or a body parser refuses: a path that does not decode, a body that is too large.
    if (typeof status === 'number' && status >= 400 && status < 500) return refuse(request, response, new GatewayError('BAD_USER_INPUT', 'The request cannot be read.'), status);
    log.error({ requestId: exchangeOf(response).requestId, ...traceOf(error) }, 'request failed');
    refuse(request, response, new GatewayError('INTERNAL', 'The gateway failed; nothing was released.'));
  };
}

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout', HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** What is not HTTP never reaches a handler: it is answered on its socket, in JSON like everything else. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const body = `${JSON.stringify({ errors: [{ message: 'The request cannot be read.', extensions: { code: 'BAD_USER_INPUT' } }] })}\n`;
  socket.end([
    `HTTP/1.1 ${CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'}`, 'Connection: close', 'Cache-Control: no-store',
    'Content-Type: application/json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n'));
}
