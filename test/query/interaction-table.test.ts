import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInteractionTable } from '../../src/query/interaction-table';
import { medicationIngredients } from '../../src/labelling/medication-ingredients';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

describe('the table of interactions', () => {
  const table = readInteractionTable();

  test.each([
    ['fluoxetine', 'ibuprofen'], ['oxycodone', 'diazepam'], ['buprenorphine', 'alprazolam'], ['phenelzine', 'sertraline'], ['sumatriptan', 'tranylcypromine'], ['meperidine', 'phenelzine'],
    ['warfarin', 'naproxen'], ['warfarin', 'fluconazole'], ['methotrexate', 'trimethoprim'], ['simvastatin', 'ritonavir'], ['simvastatin', 'clarithromycin'], ['methadone', 'citalopram'],
    ['naltrexone', 'morphine'], ['sildenafil', 'nitroglycerin'], ['lithium', 'ibuprofen'], ['lithium', 'lisinopril'], ['spironolactone', 'lisinopril'], ['ergotamine', 'ketoconazole'],
  ])('%s and %s interact, in either order, with advice and a source', (one, other) => {
    const found = table.between([one], [other]);
    expect(found).toEqual(table.between([other], [one]));
    expect(found).toMatchObject({ severity: 'HIGH', advice: expect.stringMatching(/\w{4}/) as string, source: expect.stringMatching(/ONC|FDA/) as string });
  });

  test('what is in no pair, the same drug twice, and one drug that holds both sides do not', () => {
    expect(table.between(['metformin'], ['ibuprofen'])).toBeNull();
    expect(table.between(['citalopram'], ['citalopram'])).toBeNull();
    expect(table.between(['sacubitril', 'valsartan'], ['sacubitril', 'valsartan'])).toBeNull();
  });

  test.each([
    ['a side that is neither', 'left,right,severity,advice,source\nNo Such Class,ibuprofen,HIGH,Ask.,own\n', /interactions\.csv line 2: "No Such Class"/],
    ['a severity that is not told', 'left,right,severity,advice,source\nwarfarin,ibuprofen,LOW,Ask.,own\n', /interactions\.csv line 2/],
  ])('%s is refused by its line', (_what, text, told) => {
    const folder = mkdtempSync(join(tmpdir(), 'interactions-'));
    writeFileSync(join(folder, 'interaction-classes.csv'), 'class,ingredients,note\n');
    writeFileSync(join(folder, 'interactions.csv'), text);
    expect(() => readInteractionTable(folder)).toThrow(told);
  });
});

describe('the ingredients of a drug', () => {
  test('by name, by brand, by names that only the interactions know, and by RxNorm\'s code where there is no name', () => {
    expect(medicationIngredients(['Fluoxetine 20 MG Oral Capsule'], [{ system: RXNORM, code: '315952' }])).toEqual(['fluoxetine']);
    expect(medicationIngredients(['Isosorbide Dinitrate 20 MG Oral Tablet', 'Advil'], [])).toEqual(['ibuprofen', 'isosorbide dinitrate']);
    expect(medicationIngredients([], [{ system: RXNORM, code: '5640' }])).toEqual(['ibuprofen']);
    expect(medicationIngredients([], [{ system: 'http://snomed.info/sct', code: '5640' }, { system: RXNORM, code: '0' }])).toEqual([]);
  });
});
