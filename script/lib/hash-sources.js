// Prints one hash over the paths and contents of all that the compiler reads.
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

const hash = createHash('sha256').update(process.versions.node);
for (const root of ['.swcrc', 'package-lock.json', 'ormconfig.ts', 'src']) {
  for (const path of filesBelow(root)) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
}
console.log(hash.digest('hex'));
