/** The statements that a privacy officer would sign, over the reduced space; the whole is `npm run proof:policy`. */
import { clausesOf } from '../../src/permissions/clauses';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { BROKEN } from '../../src/policy/prove/broken';
import { prove, type Proofs } from '../../src/policy/prove/prove';
import { REDUCED } from '../../src/policy/prove/space';
import { STATEMENTS } from '../../src/policy/prove/statements';

let proofs: Proofs;
beforeAll(async () => { proofs = await prove(clausesOf(JURISDICTIONS), REDUCED); }, 300_000);

test.each(STATEMENTS.map(({ id, says }) => ({ id, says })))('$id: $says', ({ id }) => {
  const proof = proofs.proofs.find((each) => each.id === id);
  expect(proof).toMatchObject({ holds: true, counterexample: null });
  expect(proof?.cases).toBeGreaterThan(1_000);
  expect(proof?.formulas).toBeGreaterThan(5);
});
test.each(BROKEN.map(({ statement, broken }) => ({ statement, broken })))('$statement finds: $broken', ({ statement, broken }) => {
  const caught = proofs.caught.find((each) => each.statement === statement && each.broken === broken);
  expect(caught).toMatchObject({ caught: true, counterexample: expect.stringMatching(/^[A-Z_]+ for [A-Z]+, organization /) });
});
test('each statement has a policy that is broken on purpose', () => { expect(new Set(BROKEN.map((each) => each.statement))).toEqual(new Set(STATEMENTS.map((each) => each.id))); });
