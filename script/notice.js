// Writes docs/NOTICE.md from docs/notice-map.yaml, the clauses, the schema and the stories; run after `npm run compile` (`npm run notice` does both).
require('reflect-metadata');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { clausesOf } = require('../dist/src/permissions/clauses');
const { JURISDICTIONS } = require('../dist/src/permissions/jurisdictions');
const { againstProject } = require('../dist/src/policy/notice/check');
const { evidenceOf } = require('../dist/src/policy/notice/evidence');
const { readNoticeMap } = require('../dist/src/policy/notice/map');
const { renderNotice } = require('../dist/src/policy/notice/render');
const { SERVED_RESOLVERS } = require('../dist/src/resolvers/served-resolvers');
const { buildGatewaySchema } = require('../dist/src/schema/build-schema');

const root = join(__dirname, '..');
const map = readNoticeMap();
const evidence = evidenceOf(root, clausesOf(JURISDICTIONS), buildGatewaySchema(SERVED_RESOLVERS));
writeFileSync(join(root, 'docs/NOTICE.md'), renderNotice(map, evidence));
for (const each of againstProject(map, evidence)) {
  process.exitCode = 1;
  console.error(each);
}
