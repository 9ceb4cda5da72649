import { openDevelopmentIssuer } from '../identity/development-issuer';
import type { Configuration } from '../server/configuration';
import { ROLES } from '../vocabulary/roles';

/** What a person sees when the gateway is up: where it is, a token for each role (outside production), a query to paste. */
export async function greeting(configuration: Configuration, url: string, query: string): Promise<string> {
  const lines = [`phi-gateway listens at ${url}/graphql`];
  if (configuration.auth.development && !configuration.production) {
    const issuer = await openDevelopmentIssuer(configuration.directories.keys, configuration.auth.claims);
    const lifetime = Math.min(3600, configuration.auth.maxAge);
    lines.push('', `A token for each role (development issuer, valid for ${Math.floor(lifetime / 60)} minutes):`);
    for (const role of ROLES) lines.push(`  ${role}\n    ${await issuer.mintToken({ role, lifetime })}`);
    lines.push('', 'A query to paste, as the role of the token:', `  curl -s ${url}/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\`, `    -d '${JSON.stringify({ query })}'`);
  }
  return `${lines.join('\n')}\n`;
}
