import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';

const ALL_WELL = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };

describe('the last line of script/test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phi-count-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const count = (results: object | null, types: string, jest: string): [string, number | null] => {
    const path = join(folder, results ? 'results.json' : 'missing.json');
    if (results) writeFileSync(path, JSON.stringify(results));
    const { stdout, status } = spawnSync(process.execPath, [join(PACKAGE_ROOT, 'script/lib/count-tests.js'), path, types, jest], { encoding: 'utf8' });
    return [stdout, status];
  };

  test.each([
    ['all well: the typecheck counts as one', ALL_WELL, '0', '0', '6 passed, 0 failed\n', 0],
    ['types that do not hold', ALL_WELL, '2', '0', '5 passed, 1 failed\n', 1],
    ['a failed test', { ...ALL_WELL, numFailedTests: 2 }, '0', '1', '6 passed, 2 failed\n', 1],
    ['what stands for absent material', { ...ALL_WELL, testResults: [{ assertionResults: [{ status: 'passed', title: 'not run: patients (they are elsewhere)' }, { status: 'passed', title: 'a test' }] }] }, '0', '0', 'not run: patients (they are elsewhere)\n5 passed, 0 failed\n', 0],
    ['a suite that could not run', { ...ALL_WELL, numRuntimeErrorTestSuites: 1 }, '0', '1', '6 passed, 1 failed\n', 1],
    ['a skipped test', { ...ALL_WELL, numPendingTests: 1 }, '0', '0', '6 passed, 1 failed\n', 1],
    ['a jest that failed for no test', ALL_WELL, '0', '1', '6 passed, 1 failed\n', 1],
    ['a jest without results', null, '0', '1', '1 passed, 1 failed\n', 1],
  ])('%s', (_, results, types, jestStatus, line, status) => {
    expect(count(results, types, jestStatus)).toEqual([line, status]);
  });
});
