import type { IncomingMessage } from 'node:http';
import type { ExportJob, Manifest } from './job';

/** What accompanies the records: not types of the schema. */
const ACCOMPANYING: readonly string[] = ['Obligation', 'Replaced'];
const HOST = /^[A-Za-z0-9.\-[\]:]{1,255}$/;

/** The origin that the client called, for the addresses that it is told. */
export function originOf(request: IncomingMessage): string {
  const { host = '' } = request.headers;
  if (!HOST.test(host)) return '';
  const forwarded = request.headers['x-forwarded-proto'];
  return `${forwarded === 'https' || 'encrypted' in request.socket ? 'https' : 'http'}://${host}`;
}

/** The manifest as it is told (FHIR Bulk Data: "Response - Complete Status"), with what the gateway adds. @param base before `/export` */
export function toldManifest(job: ExportJob, manifest: Manifest, base: string): Record<string, unknown> {
  const told = manifest.output.map(({ type, file, count, sha256 }) => ({ type, url: `${base}/export/${job.id}/${file}`, count, sha256 }));
  return {
    transactionTime: job.createdAt, request: `${base}/export`, requiresAccessToken: true,
    output: told.filter((each) => !ACCOMPANYING.includes(each.type)), accompanying: told.filter((each) => ACCOMPANYING.includes(each.type)), deleted: [], error: [],
    asked: { types: job.request.types, since: job.request.since, format: job.request.format },
    members: manifest.members, withheldTypes: manifest.withheldTypes, withheld: manifest.withheld, obligations: manifest.obligations, expires: job.expiresAt,
  };
}
