import { openDevelopmentIssuer } from '../identity/development-issuer';
import { localKeySet, openKeySet, type KeySet } from '../identity/key-set';
import { createTokenVerifier, type TokenVerifier } from '../identity/token-verifier';
import { ConfigurationError, type Configuration } from './configuration';

/**
 * The verifier that the configuration asks for: the company's authorization server, or the development issuer outside production.
 * @throws ConfigurationError where AUTH_JWKS names a file that holds no JWK set
 */
export async function openVerifier({ auth, directories }: Pick<Configuration, 'auth' | 'directories'>, clock?: () => Date): Promise<TokenVerifier> {
  const keys = auth.jwks === null ? localKeySet((await openDevelopmentIssuer(directories.keys, auth.claims)).jwks) : open(auth.jwks);
  return createTokenVerifier(keys, { issuer: auth.issuer, audience: auth.audience, maxAge: auth.maxAge, claims: auth.claims, clock });
}

function open(location: string): KeySet {
  try {
    return openKeySet(location);
  } catch {
    throw new ConfigurationError(['AUTH_JWKS: expects a JWK set']);
  }
}
