import { writeFileSync, mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JSONWebKeySet } from 'jose';
import { openKeySet, type KeySetTimes } from '../../src/identity/key-set';
import { createTokenVerifier, type TokenVerifier } from '../../src/identity/token-verifier';
import { AUDIENCE, CLAIMS, ISSUER, keySetOf, makeKey, pharmacist, sign } from '../support/tokens';

const [one, two] = [makeKey('ES256'), makeKey('ES256')];
const rules = { issuer: ISSUER, audience: AUDIENCE, maxAge: 3600, claims: CLAIMS };
const verifying = (location: string, times?: Partial<KeySetTimes>): TokenVerifier => createTokenVerifier(openKeySet(location, times), rules);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

describe('keys over HTTP', () => {
  let server: Server;
  let url: string;
  let served: JSONWebKeySet | null;
  let fetches = 0;
  beforeEach(async () => {
    [served, fetches] = [await keySetOf([{ ...one, kid: 'one' }]), 0];
    server = createServer((_request, response) => {
      fetches += 1;
      response.statusCode = served ? 200 : 500;
      response.end(JSON.stringify(served));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => { server.once('listening', resolve); });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterEach(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));

  const token = (): Promise<string> => sign(pharmacist(), one.privateKey);

  it('are fetched once for many tokens', async () => {
    const verifier = verifying(url);
    await Promise.all(Array.from({ length: 20 }, async () => verifier.verify(await token())));
    expect(fetches).toBe(1);
  });
  it('are fetched again for an unknown kid once in the cool-down, whether the fetch works or not', async () => {
    const verifier = verifying(url, { cooldown: 300 });
    await verifier.verify(await token());
    const unknown = await sign(pharmacist(), two.privateKey, { kid: 'two' });
    const hammer = async (): Promise<void> => {
      for (let n = 0; n < 20; n += 1) await expect(verifier.verify(unknown)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    };
    await hammer();
    expect(fetches).toBe(1);
    await pause(320);
    await hammer();
    expect(fetches).toBe(2);
    served = null;
    await pause(320);
    await hammer();
    expect(fetches).toBe(3);
    await expect(verifier.verify(await token())).resolves.toBeTruthy();
  });
  it('follow a rotation', async () => {
    const verifier = verifying(url, { cooldown: 50 });
    await verifier.verify(await token());
    served = await keySetOf([{ ...two, kid: 'two' }]);
    await pause(70);
    await expect(verifier.verify(await sign(pharmacist(), two.privateKey, { kid: 'two' }))).resolves.toBeTruthy();
    await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
  it('bridge an outage while they are usable, then refuse with 503, and recover', async () => {
    const verifier = verifying(url, { cooldown: 50, usable: 300, refresh: 250, retry: 50 });
    await verifier.verify(await token());
    served = null;
    await expect(verifier.verify(await token())).resolves.toBeTruthy();
    await pause(320);
    await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
    served = await keySetOf([{ ...one, kid: 'one' }]);
    await pause(70);
    await expect(verifier.verify(await token())).resolves.toBeTruthy();
  });
  it('that never came refuse with 503, never open', async () => {
    served = null;
    const verifier = verifying(url);
    await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(fetches).toBe(1);
  });
  it('are renewed behind a request before they are too old', async () => {
    const verifier = verifying(url, { refresh: 50, usable: 10_000, cooldown: 10_000 });
    await verifier.verify(await token());
    await pause(70);
    await verifier.verify(await token());
    await pause(50);
    expect(fetches).toBe(2);
  });
});

describe('keys in a file', () => {
  it('are read by path and by file: URL', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'jwks-')), 'jwks.json');
    writeFileSync(path, JSON.stringify(await keySetOf([{ ...one, kid: 'one' }])));
    for (const location of [path, pathToFileURL(path).href])
      await expect(verifying(location).verify(await sign(pharmacist(), one.privateKey))).resolves.toBeTruthy();
  });
});
