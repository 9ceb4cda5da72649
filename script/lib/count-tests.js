// count-tests.js RESULTS TYPECHECK_STATUS JEST_STATUS: prints `N passed, N failed` and exits 0 only when nothing failed.
// What did not run is a failure: a suite that broke before its first test, a skipped test, a typecheck with errors, a jest without results.
const { existsSync, readFileSync } = require('node:fs');

const [path, typecheck, jest] = process.argv.slice(2);
const results = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;

let passed = results?.numPassedTests ?? 0;
let failed = results ? results.numFailedTests + results.numPendingTests + results.numTodoTests + results.numRuntimeErrorTestSuites : 1;
if (typecheck === '0') passed += 1;
else failed += 1;
if (passed + failed === 0 || (jest !== '0' && failed === 0)) failed += 1;

// A test that stands for absent material has proven nothing: it is told, and counts as neither.
const notRun = (results?.testResults ?? []).flatMap((file) => file.assertionResults ?? []).filter((each) => each.status === 'passed' && each.title?.startsWith('not run: '));
for (const { title } of notRun) console.log(title);
passed -= notRun.length;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
