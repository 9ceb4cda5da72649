import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** A name for this process as a worker: the machine, the process, and a word that no other start has. */
export const workerName = (): string => `${hostname().slice(0, 120)}/${process.pid}/${randomUUID()}`;

/** False where the worker is a process of this machine that has ended: its job need not wait for the end of its lease. */
export function isAlive(worker: string): boolean {
  const [host, pid = ''] = worker.split('/');
  if (host !== hostname().slice(0, 120) || !/^\d+$/.test(pid)) return true;
  // A worker of this very process asks by its whole name; another name with this process id is an earlier process's.
  if (Number(pid) === process.pid) return LIVING.has(worker);
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The workers of this process that are at work. */
export const LIVING = new Set<string>();
