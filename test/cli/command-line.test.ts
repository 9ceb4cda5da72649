import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram, main } from '../../src/cli/main';

/** Runs a command line inside this process, with what it wrote. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => { written.out += String(text); return true; });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => { written.err += String(text); return true; });
  try {
    return { code: await main(argv), ...written };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

describe('phi-gateway', () => {
  test('--help answers on every level, on stdout, with exit 0', async () => {
    const lines = [[], ...buildProgram().commands.map((command) => [command.name()])];
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const { code, out, err } = await run(...line, '--help');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`Usage: phi-gateway${line.map((word) => ` ${word}`).join('')}`);
    }
  });

  test.each([
    ['an unknown command', ['nonsense']],
    ['no command', []],
    ['an unknown option', ['sample', '--wrong']],
    ['a missing option', ['sample', '--members', '3']],
    ['a number that is none', ['sample', '--members', 'three', '--out', 'x']],
    ['a number outside its range', ['sample', '--members', '0', '--out', 'x']],
    ['an argument too many', ['sample', 'more', '--members', '1', '--out', 'x']],
  ])('%s is wrong use: exit 2, told on stderr alone', async (_, line) => {
    const { code, out, err } = await run(...line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  test('work that cannot be done: exit 1, told on stderr without a stack', async () => {
    const { code, out, err } = await run('sample', '--members', '1', '--out', '/dev/null/folder');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/error: .*ENOTDIR/);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('work done: exit 0, and no colour where nobody watches', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phi-cli-'));
    try {
      const { code, out, err } = await run('sample', '--members', '2', '--out', folder);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toBe(`2 members in 3 files: ${folder}\n`);
      expect(out).not.toContain('\u001b[');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('no command loads a database or a server before it runs', () => {
    jest.isolateModules(() => {
      for (const heavy of ['typeorm', '@apollo/server', 'better-sqlite3', 'type-graphql', 'mysql2']) {
        jest.doMock(heavy, () => { throw new Error(`${heavy} was loaded for the help`); });
      }
      const isolated = require('../../src/cli/main') as typeof import('../../src/cli/main');
      expect(isolated.buildProgram().commands.length).toBeGreaterThan(0);
    });
  });
});
