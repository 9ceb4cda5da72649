import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { register as registerDoctor } from '../../src/cli/commands/doctor';
import { register as registerToken } from '../../src/cli/commands/token';
import { loadConfiguration } from '../../src/server/configuration';
import { loadKeys } from '../../src/server/keys';
import { openVerifier } from '../../src/server/open-verifier';
import { ROLES } from '../../src/vocabulary/roles';

let printed = '';
const env = { ...process.env };
beforeEach(() => {
  printed = '';
  process.env = { ...env, KEYS_DIR: join(mkdtempSync(join(tmpdir(), 'commands-')), 'keys'), DATABASE_URL: 'sqlite::memory:' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => { printed += String(text); return true; });
});
afterEach(() => { process.env = env; jest.restoreAllMocks(); });

const run = async (...words: string[]): Promise<unknown> => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerToken(program.configureOutput({ writeErr: () => undefined }));
  registerDoctor(program);
  for (const each of program.commands) each.exitOverride().configureOutput({ writeErr: () => undefined });
  return program.parseAsync(words, { from: 'user' }).then(() => null, (error: unknown) => error);
};

describe('phi-gateway token', () => {
  it.each(ROLES)('%s: a token that the gateway takes', async (role) => {
    expect(await run('token', '--role', role)).toBeNull();
    const verifier = await openVerifier(loadConfiguration());
    const principal = await verifier.verify(printed.trim());
    expect(principal.role).toBe(role);
    expect(principal.purposes).toHaveLength(1);
  });
  it('says what it is told to say', async () => {
    await run('token', '--role', 'EXTERNAL_PROVIDER', '--purpose', 'TREAT', '--purpose', 'HPAYMT,ETREAT', '--subject', 'gp-9', '--organization', 'org-9', '--practitioner', 'prac-9');
    await expect((await openVerifier(loadConfiguration())).verify(printed.trim())).resolves.toMatchObject({
      subject: 'gp-9', role: 'EXTERNAL_PROVIDER', organization: 'org-9', practitioner: 'prac-9', purposes: ['TREAT', 'HPAYMT', 'ETREAT'],
    });
    printed = '';
    await run('token', '--role', 'MEMBER', '--member', 'm-7');
    await expect((await openVerifier(loadConfiguration())).verify(printed.trim())).resolves.toMatchObject({ member: 'm-7', purposes: ['PATRQT'] });
  });
  it('is refused in production and beside another authorization server', async () => {
    process.env.NODE_ENV = 'production';
    expect(String(await run('token', '--role', 'NURSE'))).toMatch(/refused when NODE_ENV=production/);
    Object.assign(process.env, { NODE_ENV: 'test', AUTH_ISSUER: 'https://idp.example', AUTH_AUDIENCE: 'x', AUTH_JWKS: 'https://idp.example/jwks' });
    expect(String(await run('token', '--role', 'NURSE'))).toMatch(/AUTH_ISSUER is set/);
    expect(printed).toBe('');
  });
  it.each([[['token']], [['token', '--role', 'DOCTOR']], [['token', '--role', 'NURSE', '--purpose', 'treat']], [['token', '--role', 'NURSE', '--lifetime', '3601']]])('%j is wrong use', async (words) => {
    expect(await run(...words)).toMatchObject({ code: expect.stringMatching(/^commander\./) as string });
  });
});

describe('phi-gateway doctor', () => {
  it('finds a sound installation', async () => {
    loadKeys(loadConfiguration());
    expect(await run('doctor')).toBeNull();
    expect(printed).toMatch(/ok {4}configuration[\s\S]*ok {4}keys: all there[\s\S]*ok {4}database[\s\S]*ok {4}authorization/);
  });
  it('says what is wrong and what to do', async () => {
    const configuration = loadConfiguration();
    loadKeys(configuration);
    chmodSync(join(configuration.directories.keys, 'cursor.key'), 0o644);
    process.env.DATABASE_URL = 'mysql://nobody:secret@127.0.0.1:9/gateway';
    expect(await run('doctor')).toBeInstanceOf(Error);
    expect(printed).toMatch(/WRONG keys: cursor\.key .*chmod 600[\s\S]*WRONG database: cannot be reached \(ECONNREFUSED\)/);
    expect(printed).not.toContain('secret');
    Object.assign(process.env, { PORT: 'x', LIMIT_DEPTH: 'y' });
    printed = '';
    await run('doctor');
    expect(printed.match(/^WRONG configuration: (PORT|LIMIT_DEPTH)/gm)).toHaveLength(2);
  });
});
