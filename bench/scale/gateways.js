// One gateway for each database, and requests to it.
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { openDevelopmentIssuer } = require('../../dist/src/identity/development-issuer.js');

const root = join(__dirname, '../..');
const CLAIMS = { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' };
const FIRST_PORT = 41700;

function start(url, port, directories) {
  const env = { ...process.env, DATABASE_URL: url, PORT: String(port), KEYS_DIR: directories.keys, AUDIT_CHECKPOINT_DIR: directories.auditCheckpoints, LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0', TOKEN_MAX_AGE: '7200' };
  const child = spawn(process.execPath, [join(root, 'bin/phi-gateway'), 'serve'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    child.stdout.on('data', (text) => { if (/listens at/.test(String(text))) resolve(child); });
  });
}

/** Gateways by the name of their database: `{ child, port }`; and the tokens that they all know. */
async function startGateways({ url, databases, directories }) {
  const gateways = new Map();
  for (const [place, { name, database }] of databases.entries()) {
    const port = FIRST_PORT + place;
    gateways.set(name, { port, child: await start(`${url}${database}`, port, directories) });
  }
  const issuer = await openDevelopmentIssuer(directories.keys, CLAIMS);
  const minted = new Map();
  const tokenOf = async (claims) => {
    const key = JSON.stringify(claims);
    if (!minted.has(key)) minted.set(key, await issuer.mintToken({ ...claims, lifetime: 7200 }));
    return minted.get(key);
  };
  return { gateways, tokenOf, stop: () => Promise.all([...gateways.values()].map(({ child }) => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }))) };
}

/** What an HTTP request of this document needs. */
const request = (port, token, query, variables) => ({ port, method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) });
module.exports = { startGateways, request };
