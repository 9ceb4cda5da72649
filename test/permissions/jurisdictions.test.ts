import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JURISDICTIONS, loadJurisdictions } from '../../src/permissions/jurisdictions';
import { DEFAULT_MINOR_CONSENT } from '../../src/permissions/jurisdictions/jurisdiction';
import { SPECIAL_CATEGORIES } from '../../src/permissions/special-categories';
import { subtree, type SensitivityClass } from '../../src/vocabulary/sensitivity';

const of = (state: string) => {
  const found = JURISDICTIONS.find((each) => each.state === state);
  if (!found) throw new Error(`no file of ${state}`);
  return found;
};

describe('the files that ship', () => {
  test('California, New York and Texas, frozen', () => {
    expect(JURISDICTIONS.map((each) => each.state)).toEqual(['CA', 'NY', 'TX']);
    expect([JURISDICTIONS, ...JURISDICTIONS].every((each) => Object.isFrozen(each))).toBe(true);
  });
  test('California asks for an authorization inside for three classes, but not for treating', () => {
    expect(of('CA').demands).toEqual([{ classes: ['ABORTION', 'CONTRACEPTION', 'GENDER_IDENTITY'], columns: ['INSIDE_OTHER'], citation: expect.stringContaining('56.108') }]);
  });
  test('New York: HIV as the table, with its citation', () => {
    expect(of('NY').demands).toEqual([]);
    expect(of('NY').protects.find((each) => each.classes.includes('HIV'))?.citation).toContain('2782');
  });
  test('Texas adds no demand and cites its law', () => {
    expect(of('TX').demands).toEqual([]);
    expect(of('TX').protects.find((each) => each.classes.includes('HIV'))?.citation).toContain('81.103');
  });
  test.each(['CA', 'NY', 'TX'])('%s permits nothing, and cites a law for every row of the outside column', (state) => {
    expect(of(state).permits).toEqual([]);
    const cited = of(state).protects.flatMap((each) => each.classes).flatMap((each) => subtree(each));
    expect((Object.keys(SPECIAL_CATEGORIES) as SensitivityClass[]).filter((each) => !cited.includes(each))).toEqual([]);
    for (const each of [...of(state).protects, ...of(state).demands, of(state).minorConsent]) expect(each.citation).toMatch(/\d/);
  });
  test.each(['CA', 'NY', 'TX'])('%s: a minor consents alone to what the default names', (state) => { expect([...of(state).minorConsent.classes].sort()).toEqual([...DEFAULT_MINOR_CONSENT].sort()); });
});

describe('a deployer\'s files', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'jurisdictions-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });
  const write = (name: string, content: unknown): void => { writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content)); };
  const OHIO = { state: 'OH', name: 'Ohio', minorConsent: { classes: ['PSY'], citation: 'Revised Code 5122.04' } };

  test.each([
    ['a misspelt key would drop a protection', () => write('oh.json', { ...OHIO, demand: [] }), /oh\.json.*demand/],
    ['no JSON', () => write('oh.json', '{'), /JURISDICTIONS_DIR: oh\.json: is not JSON/],
    ['two files of one state', () => { write('a.json', OHIO); write('b.json', OHIO); }, /two files for the state OH/],
  ])('%s: refused, with the file or the state', (_, prepare, message) => {
    prepare();
    expect(() => loadJurisdictions(folder)).toThrow(message);
  });
  test('no folder: the files that ship', () => { expect(loadJurisdictions(null)).toBe(JURISDICTIONS); });
  test('an empty folder, and files that are no JSON, change nothing', () => {
    write('notes.txt', 'not a file of law');
    expect(loadJurisdictions(folder)).toEqual(JURISDICTIONS);
  });
  test('a new state is added; what it leaves out is empty', () => {
    write('ohio.json', OHIO);
    expect(loadJurisdictions(folder).map((each) => each.state)).toEqual(['CA', 'NY', 'TX', 'OH']);
    expect(loadJurisdictions(folder).at(-1)).toEqual({ ...OHIO, demands: [], permits: [], protects: [] });
    expect(Object.isFrozen(loadJurisdictions(folder))).toBe(true);
  });
  test('a state that ships is replaced, not doubled', () => {
    write('ca.json', { ...OHIO, state: 'CA', name: 'California' });
    expect(loadJurisdictions(folder).map((each) => each.state)).toEqual(['NY', 'TX', 'CA']);
  });
  test('a class may be permitted outside for treating, with its citation', () => {
    write('ohio.json', { ...OHIO, permits: [{ classes: ['HIV', 'SEX'], citation: 'as counsel found it' }] });
    expect(loadJurisdictions(folder).at(-1)?.permits).toEqual([{ classes: ['HIV', 'SEX'], citation: 'as counsel found it' }]);
  });
  test.each(['PART2', 'SUD', 'PSYTHPN', 'GDIS'])('%s can be permitted by nobody', (name) => {
    write('ohio.json', { ...OHIO, permits: [{ classes: ['HIV', name], citation: 'a law' }] });
    expect(() => loadJurisdictions(folder)).toThrow(/JURISDICTIONS_DIR: ohio\.json: permits: .*cannot be permitted/);
  });
  test.each<[string, object, RegExp]>([
    ['a state that is no state', { state: 'Ohio' }, /ohio\.json: state: /],
    ['a state in small letters', { state: 'oh' }, /ohio\.json: state: /],
    ['no name', { name: '' }, /ohio\.json: name: /],
    ['an unknown class', { minorConsent: { classes: ['FLU'], citation: 'a law' } }, /ohio\.json: minorConsent\.classes\.0: /],
    ['a class without a citation', { minorConsent: { classes: ['PSY'] } }, /ohio\.json: minorConsent\.citation: /],
    ['an empty citation', { minorConsent: { classes: ['PSY'], citation: '' } }, /ohio\.json: minorConsent\.citation: /],
    ['an unknown column', { demands: [{ classes: ['PSY'], columns: ['EVERYWHERE'], citation: 'a law' }] }, /ohio\.json: demands\.0\.columns\.0: /],
    ['nothing about minors', { minorConsent: undefined }, /ohio\.json: minorConsent: /],
  ])('%s is refused, naming the file and the element', (_, given, message) => {
    write('ohio.json', { ...OHIO, ...given });
    expect(() => loadJurisdictions(folder)).toThrow(message);
  });
  test('one bad file among good ones refuses all', () => {
    write('a.json', OHIO);
    write('b.json', { ...OHIO, state: 'x' });
    expect(() => loadJurisdictions(folder)).toThrow(/b\.json/);
  });
  test('a folder that is not there is refused', () => { expect(() => loadJurisdictions(join(folder, 'nowhere'))).toThrow(); });
});
