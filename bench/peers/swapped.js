// Starts the gateway with one function of it in place of another: what is compared is then that function alone, on the same way from the
// socket to the database. node bench/peers/swapped.js permit-all | reference | no-audit
const { randomUUID } = require('node:crypto');
const Module = require('node:module');
const { join } = require('node:path');

const dist = join(__dirname, '../../dist/src');
const always = Object.freeze({ kind: 'always' });
/** Everything may be seen of the members in reach: the pages are the same, and nothing is asked of a row. */
const permitAll = (actual) => ({
  createAccess(...given) {
    const access = actual.createAccess(...given);
    return Object.freeze({ ...access, key: `${access.key} permit-all`, decide: () => ({ effect: 'PERMIT', visible: always, hidden: { kind: 'value', value: 0 }, clause: 'treatment', reason: null, clauses: [], obligations: [] }) });
  },
});
/** graphql-js over the schema with a shield rule at every field, and no plan: as the differential test runs it. */
const reference = () => ({
  async executeOperation(gateway, request) {
    const { executeByReference } = require(join(dist, 'resolvers/reference.js'));
    return executeByReference(gateway, request);
  },
});
/** No record of what is read: an answer waits for nothing. What the durable record costs is measured by it; it is no setting of the gateway. */
const noAudit = (actual) => ({
  createLedger: (...given) => ({ ...actual.createLedger(...given), record: () => Promise.resolve(randomUUID()) }),
});
const SWAPS = {
  'permit-all': { file: join(dist, 'query/plan/access.js'), make: permitAll },
  reference: { file: join(dist, 'resolvers/execute.js'), make: reference },
  'no-audit': { file: join(dist, 'audit/ledger.js'), make: noAudit },
};

const swap = SWAPS[process.argv[2]];
if (!swap) throw new Error('node bench/peers/swapped.js permit-all | reference | no-audit');
const load = Module._load;
let swapped;
Module._load = function loadSwapped(request, parent, ...rest) {
  const actual = load.call(this, request, parent, ...rest);
  if (!parent || !request.startsWith('.') || Module._resolveFilename(request, parent) !== swap.file) return actual;
  swapped ??= new Proxy({ ...swap.make(actual) }, { get: (own, name) => (name in own ? own[name] : actual[name]), has: (own, name) => name in own || name in actual });
  return swapped;
};
require(join(dist, 'cli/main.js')).main(['serve']).catch((error) => { process.stderr.write(`${error.stack}\n`); process.exitCode = 1; });
