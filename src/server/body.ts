import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../vocabulary/errors';

/** A body that is refused: BAD_USER_INPUT with an HTTP status of its own. */
export class BodyRefused extends GatewayError {
  constructor(private readonly httpStatus: number, message: string) { super('BAD_USER_INPUT', message); }
  override get status(): number { return this.httpStatus; }
}

/**
 * The JSON body of a request; undefined where its content type is another, which Apollo then refuses in its own way.
 * @throws BodyRefused 413, 415 or 400
 */
export async function readJsonBody(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const { 'content-encoding': encoding, 'content-type': type = '' } = request.headers;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw drained(request, 415, 'A compressed body is not accepted.');
  if (!/^application\/json\s*(;|$)/i.test(type)) return undefined;
  if (/charset\s*=\s*(?!"?utf-8"?\s*(;|$))/i.test(type)) throw drained(request, 415, 'The body must be in UTF-8.');
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(request);
  const text = await readText(request, mostBytes);
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Answered below: the parser's own words would quote the body.
  }
  throw new BodyRefused(400, 'The body is not a JSON object.');
}

const tooLarge = (request: IncomingMessage): BodyRefused => drained(request, 413, 'The body is too large (LIMIT_BODY_BYTES).');

/** What still comes is let through and dropped, so that the client gets to read its answer; the server's timeout bounds it. */
function drained(request: IncomingMessage, status: number, message: string): BodyRefused {
  request.resume();
  return new BodyRefused(status, message);
}

function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else reject(tooLarge(request));
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0].toString('utf8') : Buffer.concat(chunks).toString('utf8')));
    request.once('close', () => { if (!request.complete) reject(new BodyRefused(400, 'The body was cut off.')); });
  });
}
