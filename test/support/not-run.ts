/**
 * Says in the place of tests whose material does not lie beside the checkout that they do not run: as a test of that name, which
 * script/lib/count-tests.js lists at the end of the suite and does not count as passed. It is no failure: licences keep the material out.
 */
export function notRun(what: string): void {
  test(`not run: ${what}`, () => { process.stderr.write(`not run: ${what}\n`); });
}
