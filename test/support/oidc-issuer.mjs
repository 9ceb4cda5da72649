// A real authorization server: node oidc-issuer.mjs '<client JWK set>' prints its issuer URL, and issues JWT access tokens by
// client credentials with private_key_jwt until its standard input closes.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const clientKeys = JSON.parse(process.argv[2]);
const jwk = (kid, algorithm, type, options) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' });
const RESOURCE = 'https://phi-gateway.example';

const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = (client_id, algorithm) => ({
    client_id, grant_types: ['client_credentials'], redirect_uris: [], response_types: [], token_endpoint_auth_method: 'private_key_jwt',
    jwks: clientKeys, scope: 'system/*.rs', id_token_signed_response_alg: algorithm,
  });
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk('rs', 'RS256', 'rsa', { modulusLength: 2048 }), jwk('es', 'ES256', 'ec', { namedCurve: 'P-256' }), jwk('ed', 'EdDSA', 'ed25519')] },
    clients: [client('plan-RS256', 'RS256'), client('plan-ES256', 'ES256'), client('plan-EdDSA', 'EdDSA')],
    scopes: ['system/*.rs'],
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA'], clientAuthSigningAlgValues: ['ES256'] },
    extraTokenClaims: () => ({ role: 'HEALTH_PLAN', org_id: 'org-plan-a', purpose_of_use: ['HPAYMT', 'HOPERAT'] }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: (_ctx, _resource, asking) => ({
          scope: 'system/*.rs', audience: RESOURCE, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: asking.clientId.split('-')[1] } },
        }),
      },
    },
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
