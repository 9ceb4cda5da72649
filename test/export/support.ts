import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { headersOf, type Asker, type Served } from '../e2e/support/gateway';

/** A client of /export in a test's hand. */
export interface Told {
  readonly transactionTime: string; readonly output: readonly ToldFile[]; readonly accompanying: readonly ToldFile[]; readonly members: { exported: number; leftOut: number };
  readonly withheldTypes: readonly { type: string; reason: string }[]; readonly withheld: readonly { coordinate: string }[]; readonly obligations: readonly { code: string }[]; readonly expires: string;
}
export interface ToldFile { readonly type: string; readonly url: string; readonly count: number; readonly sha256: string }

export class ExportClient {
  constructor(private readonly served: Served, private readonly asker: Asker) {}

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const url = path.startsWith('http') ? path : `${this.served.url}${path}`;
    const headers = { ...headersOf(this.asker, await this.served.token(this.asker)), accept: 'application/json' };
    return fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }
  /** Begins an export; resolves with its address. */
  async begin(body: unknown = {}): Promise<string> {
    const response = await this.send('POST', '/export', body);
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    return response.headers.get('content-location') ?? '';
  }
  /** Asks until it is done. */
  async done(location: string): Promise<Told> {
    for (let tries = 0; tries < 400; tries += 1) {
      const response = await this.send('GET', location);
      if (response.status === 200) return await response.json() as Told;
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
      await response.arrayBuffer();
      await sleep(50);
    }
    throw new Error('the export did not end');
  }
  async export(body: unknown = {}): Promise<{ told: Told; files: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>; bytes: string }> {
    const told = await this.done(await this.begin(body));
    const files = new Map<string, readonly Readonly<Record<string, unknown>>[]>();
    let bytes = '';
    for (const file of [...told.output, ...told.accompanying]) {
      const response = await this.send('GET', file.url);
      const text = await response.text();
      bytes += text;
      const lines = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
      if (response.status !== 200 || lines.length !== file.count || createHash('sha256').update(text).digest('hex') !== file.sha256) throw new Error(`${file.type}: the manifest does not hold`);
      files.set(file.type, lines);
    }
    return { told, files, bytes };
  }
}
