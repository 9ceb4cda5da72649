// Loaded into a gateway that is measured (node --require): counts what it publishes of a fast path that met something it does not know and fell
// back to the general one, and tells the count when the bench asks for it. Without this file nobody listens, and nothing is counted.
const { subscribe } = require('node:diagnostics_channel');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const CHANNEL = 'phi-gateway.fallback';
const folder = join(__dirname, '../dist/src/query/run');
/** One that publishes nothing has no count, which is not the same as none. */
const isPublished = readdirSync(folder).some((each) => each.endsWith('.js') && readFileSync(join(folder, each), 'utf8').includes(CHANNEL));
let count = 0;
if (isPublished) subscribe(CHANNEL, () => { count += 1; });
process.on('message', (message) => { if (message === 'fallbacks') process.send({ fallbacks: isPublished ? count : null }); });
process.channel?.unref();
