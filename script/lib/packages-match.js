// Exit 0 when every package that package-lock.json needs on every platform is noted by npm as installed in that version.
const { readFileSync } = require('node:fs');

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
const wanted = packagesOf('package-lock.json');
const installed = packagesOf('node_modules/.package-lock.json');

const missing = Object.entries(wanted)
  .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer)
  .filter(([path, entry]) => installed[path]?.version !== entry.version);
process.exit(missing.length === 0 ? 0 : 1);
