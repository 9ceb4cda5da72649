import type { Router } from 'express';
import type { Gateway } from '../resolvers/gateway';
import type { GatewayServices } from './app';
import type { Configuration } from './configuration';
import { createExportWorker, type ExportWorker } from '../export/export-worker';
import { JobStore } from '../export/job-store';
import { placeOf } from '../export/place';
import { exportRoutes } from './export-routes';

/** The exports of a gateway: the routes, and the worker that goes on with what an earlier process left behind. */
export interface Exports { readonly worker: ExportWorker; routes(router: Router, services: GatewayServices): void }

export function openExports(gateway: Gateway, configuration: Configuration, options: { clock?: () => Date; onError: (message: string, error: unknown) => void }): Exports {
  const { directories, limits, exports: { lifetimeSeconds } } = configuration;
  const clock = options.clock ?? (() => new Date());
  const store = new JobStore(gateway.source, placeOf(directories.exports));
  const worker = createExportWorker({ gateway, store, clock, lifetime: lifetimeSeconds * 1000, root: directories.exports, onError: options.onError });
  return {
    worker,
    routes(router, { authentication }) { exportRoutes(router, { gateway, store, worker, authentication, clock, bodyBytes: limits.bodyBytes }); },
  };
}
