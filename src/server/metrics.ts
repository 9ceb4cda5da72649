import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Exchange } from './respond';

export interface Metrics {
  readonly registry: Registry;
  record(exchange: Exchange, status: number, milliseconds: number): void;
}

/** Counts and times by closed labels alone: route pattern, status, error code. Nothing of members, subjects or documents. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'phi_gateway_requests_total', help: 'Requests by route, HTTP status and outcome (OK or an error code)',
    labelNames: ['route', 'status', 'outcome'], registers: [registry],
  });
  const duration = new Histogram({
    name: 'phi_gateway_request_duration_seconds', help: 'Time from the first byte read to the last byte sent, by route', labelNames: ['route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers: [registry],
  });
  return {
    registry,
    record({ route, code }, status, milliseconds) {
      requests.inc({ route, status: String(status), outcome: code ?? 'OK' });
      duration.observe({ route }, milliseconds / 1000);
    },
  };
}
