import { LabellingService } from '../../src/labelling/labelling-service';
import type { LabelInput } from '../../src/labelling/labels';
import { carlCases, handCases, measure } from '../../bench/labels/measure';
import { CLASSES } from '../../src/vocabulary/sensitivity';

const service = LabellingService.load({ codeSetsDir: null });

it.each([['with', true], ['without', false]] as const)('Carl of SHIFT comes out as expected, %s the labels of the input', (_, labels) => {
  expect(measure(service, carlCases(labels)).wrong).toEqual([]);
});

it.each(['synthea', 'words'])('%s: recall and precision stay where they are', (set) => {
  const score = measure(service, handCases(set));
  expect(score.recall('ANY')).toBeGreaterThanOrEqual(0.98);
  expect(score.precision('ANY')).toBeGreaterThanOrEqual(0.98);
  for (const name of CLASSES) {
    expect(score.recall(name)).toBeGreaterThanOrEqual(0.9);
    expect(score.precision(name)).toBeGreaterThanOrEqual(0.9);
  }
});

it('labels faster than the import needs', () => {
  const inputs: LabelInput[] = [];
  const codings = handCases('synthea').flatMap((each) => each.input.codings);
  for (let index = 0; index < 20_000; index += 1) {
    const note = `Visit ${index}. Patient is married. Patient has never smoked. ${'No known allergies. Influenza vaccine given. '.repeat(5)}`;
    inputs.push({ type: 'Observation', codings: [codings[index % codings.length]!, codings[(index * 7) % codings.length]!], texts: index % 10 ? [] : [note], security: [], part2Program: false, date: '2020-01-01' });
  }
  const start = process.hrtime.bigint();
  for (const input of inputs) service.label(input);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  process.stdout.write(`labelled ${inputs.length} records in ${seconds.toFixed(2)} s: ${Math.round(inputs.length / seconds)} a second\n`);
  // Import has 1/3000 s for a resource; labelling may take a small part of it, on a machine that others use too.
  expect(inputs.length / seconds).toBeGreaterThan(15_000);
});

it('a note of 100 kB of nothing but mentions takes no more than its length', () => {
  const text = 'denies alcohol abuse and pregnancy termination, hiv, no depression '.repeat(1_500);
  const start = Date.now();
  service.label({ type: 'Document', codings: [], texts: [text], security: [], part2Program: false, date: null });
  expect(Date.now() - start).toBeLessThan(2_000);
});
