import * as fc from 'fast-check';
import { flow, type FlowRecord } from '../../src/labelling/flow';
import { RECORD_TYPE_NAMES, type RecordType } from '../../src/vocabulary/records';
import { ALL_CLASSES, classMask, classesOf, type SensitivityClass } from '../../src/vocabulary/sensitivity';

const record = (key: string, own: SensitivityClass[], cites: string[] = [], encounterId: string | null = 'e1'): FlowRecord =>
  ({ key, type: key.split('/')[0] as RecordType, encounterId, own: classMask(own), cites });
const inherited = (records: FlowRecord[], key: string): SensitivityClass[] => classesOf(flow(records).get(key)!.inherited);

describe('a visit where depression was diagnosed', () => {
  const visit = [
    record('Encounter/e1', [], ['Condition/c']), record('Condition/c', ['PSY']), record('Claim/k', [], ['Condition/c']), record('Medication/m', [], ['Condition/c']),
    record('Observation/bp', []), record('Document/d', []), record('CarePlan/p', [], ['Condition/c'], 'e2'), record('Document/other', [], [], 'e2'),
  ];
  it.each<[string, SensitivityClass[]]>([
    ['Claim/k', ['PSY']], ['Encounter/e1', ['PSY']], ['Medication/m', ['PSY']], ['CarePlan/p', ['PSY']], ['Document/d', ['PSY']],
    // The encounter only inherits, and what is inherited does not flow on.
    ['Observation/bp', []], ['Condition/c', []], ['Document/other', []],
  ])('%s', (key, expected) => expect(inherited(visit, key)).toEqual(expected));
  it('says from which record, and how', () => {
    expect(flow(visit).get('Document/d')!.bases).toEqual([{ class: 'PSY', basis: 'LINKED', codeSet: null, rule: 'note of the same encounter', linked: 'Condition/c' }]);
  });
});

it('a visit that was for it labels all its records', () => {
  expect(inherited([record('Encounter/e1', ['SUD']), record('Observation/bp', [])], 'Observation/bp')).toEqual(['SUD']);
});
it('PART2 reaches every record of the encounter, and no other', () => {
  const records = [record('Condition/c', ['PART2', 'OPIOIDUD']), record('Observation/bp', []), record('Encounter/e1', []), record('Observation/later', [], [], 'e2'), record('Observation/alone', [], [], null)];
  expect(['Observation/bp', 'Encounter/e1', 'Observation/later', 'Observation/alone'].map((key) => inherited(records, key))).toEqual([['PART2'], ['PART2'], [], []]);
});
it('a claim that cites a claim that cites a condition bears nothing: one step', () => {
  const records = [record('Condition/c', ['HIV']), record('Claim/a', [], ['Condition/c']), record('Claim/b', [], ['Claim/a', 'Condition/gone'])];
  expect(inherited(records, 'Claim/b')).toEqual([]);
});

it('inherits exactly by the four rules, whatever the records', () => {
  const records = fc.uniqueArray(fc.record({
    id: fc.nat(12), type: fc.constantFrom(...RECORD_TYPE_NAMES), encounterId: fc.option(fc.constantFrom('e1', 'e2')), own: fc.integer({ min: 0, max: ALL_CLASSES }), cites: fc.array(fc.nat(12), { maxLength: 3 }),
  }), { selector: (each) => each.id, maxLength: 12 }).map((list) => list.map(({ id, cites, ...rest }) => ({ ...rest, key: `R/${id}`, cites: cites.map((each) => `R/${each}`) })));
  fc.assert(fc.property(records, (list) => {
    const result = flow(list), encounters = list.filter((each) => each.type === 'Encounter' && each.encounterId);
    for (const record of list) {
      const same = list.filter((each) => each !== record && each.encounterId && each.encounterId === record.encounterId);
      // Two encounters with one id are no case of the importer.
      if (encounters.filter((each) => each.encounterId === record.encounterId).length > 1) continue;
      const sources = [
        ...list.filter((each) => each !== record && record.cites.includes(each.key)).map((each) => each.own), ...same.filter((each) => each.type === 'Encounter').map((each) => each.own),
        ...(record.type === 'Document' ? same.map((each) => each.own) : []), ...same.map((each) => each.own & classMask(['PART2'])),
      ];
      expect(result.get(record.key)!.inherited).toBe(sources.reduce((mask, each) => mask | each, 0) & ~record.own);
    }
  }));
});
