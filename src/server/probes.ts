import { Router } from 'express';
import type { Configuration } from './configuration';
import type { Metrics } from './metrics';
import { exchangeOf } from './respond';

const CHECK_MILLISECONDS = 2_000;

export interface ProbeParts {
  readonly configuration: Configuration;
  readonly metrics: Metrics;
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  isStopping(): boolean;
}

/** What an orchestrator, Prometheus and a SMART client read without a token. Names of checks, never their errors. */
export function probes({ configuration, metrics, readiness, isStopping }: ProbeParts): Router {
  const router = Router();
  router.get('/livez', (_request, response) => {
    exchangeOf(response).route = '/livez';
    response.json({ status: 'live' });
  });
  router.get('/readyz', async (_request, response) => {
    exchangeOf(response).route = '/readyz';
    const checks = Object.fromEntries(await Promise.all(Object.entries(readiness).map(async ([name, check]) => [name, await outcomeOf(check)] as const)));
    const isReady = !isStopping() && Object.values(checks).every((each) => each === 'ok');
    if (!isReady) response.status(503).setHeader('Retry-After', '5');
    response.json({ status: isReady ? 'ready' : 'unready', checks });
  });
  router.get('/metrics', async (_request, response) => {
    exchangeOf(response).route = '/metrics';
    response.setHeader('Content-Type', metrics.registry.contentType);
    response.end(await metrics.registry.metrics());
  });
  router.get('/.well-known/smart-configuration', (_request, response) => {
    exchangeOf(response).route = '/.well-known/smart-configuration';
    response.json(smartConfiguration(configuration.auth));
  });
  return router;
}

async function outcomeOf(check: () => Promise<void>): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failed'>((resolve) => { timer = setTimeout(() => resolve('failed'), CHECK_MILLISECONDS); });
  const running = Promise.resolve().then(check).then(() => 'ok' as const, () => 'failed' as const);
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}

/** SMART App Launch 2.2, section "Conformance": what is known of the authorization server. */
function smartConfiguration(auth: Configuration['auth']): Record<string, unknown> {
  return {
    issuer: auth.issuer,
    ...(auth.jwks && /^https?:/i.test(auth.jwks) ? { jwks_uri: auth.jwks } : {}),
    ...(auth.authorizationEndpoint ? { authorization_endpoint: auth.authorizationEndpoint } : {}),
    ...(auth.tokenEndpoint ? { token_endpoint: auth.tokenEndpoint } : {}),
    grant_types_supported: auth.authorizationEndpoint ? ['authorization_code', 'client_credentials'] : ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
    capabilities: ['client-confidential-asymmetric'],
  };
}
