import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';

/** The command as an operator has it. */
export const BIN = join(PACKAGE_ROOT, 'bin/phi-gateway');

/** Sees to it that the command is of these sources. script/test has compiled them already: a suite that did so again would write what another one runs. */
export function compileCommand(): void {
  if (process.env['PHI_FULL_RUN']) return;
  const compiled = spawnSync('npx', ['swc', 'src', 'ormconfig.ts', '-d', 'dist'], { cwd: PACKAGE_ROOT, encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
}
