import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { allImports, importsOf, sourceFiles, targetOf, type Import } from './support/imports';

/**
 * The folders of src, the upper ones first: each imports only what stands above it (design, "Folders"). An export runs the very operations that
 * resolvers prepare, so resolvers stand above it (docs/adr/order-of-folders.md). Within query a plan knows no SQL, and SQL no connection.
 */
const ORDER = [
  'vocabulary', 'permissions', 'directives', 'entities', 'schema', 'identity', 'query/plan', 'query', 'query/compile', 'query/run', 'audit', 'policy', 'labelling', 'privacy-office', 'fhir',
  'resolvers', 'export', 'server', 'cli',
];
/** Where TypeORM is known. */
const KNOW_TYPEORM = ['entities', 'query/compile', 'query/run', 'audit', 'privacy-office', 'fhir', 'export'];
/** The only folder that makes a CompiledRead, so that the only statements that run are compiled ones. */
const COMPILER = 'query/compile';

const folderOf = (file: string): string => {
  const [, folder = '', within = ''] = file.split('/');
  return ORDER.includes(`${folder}/${within}`) ? `${folder}/${within}` : folder;
};
const place = ({ file, line, module }: Import): string => `${file}:${line} imports ${module}`;

/** Imports that point upwards, or out of the list. */
function upward(imports: readonly Import[], files: ReadonlySet<string>): string[] {
  return imports.filter((each) => {
    const target = targetOf(each, files);
    if (target === null) return false;
    const [from, to] = [ORDER.indexOf(folderOf(each.file)), ORDER.indexOf(folderOf(target))];
    return from < 0 || to < 0 || to > from;
  }).map(place);
}

/** Files that need one another, each group in the order in which it was met. */
function cycles(imports: readonly Import[], files: ReadonlySet<string>): string[][] {
  const needs = new Map<string, Set<string>>();
  for (const each of imports) { const target = targetOf(each, files); if (target) needs.set(each.file, (needs.get(each.file) ?? new Set()).add(target)); }
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) { found.push([...path.slice(path.indexOf(file)), file]); return; }
    if (done.has(file)) return;
    for (const each of needs.get(file) ?? []) visit(each, [...path, file]);
    done.add(file);
  };
  for (const file of needs.keys()) visit(file, []);
  return found;
}

const unknown = (imports: readonly Import[]): string[] =>
  imports.filter(({ file, module }) => /^typeorm(\/|$)/.test(module) && !KNOW_TYPEORM.includes(folderOf(file))).map(place);
const sealing = (imports: readonly Import[], files: ReadonlySet<string>): string[] =>
  imports.filter((each) => targetOf(each, files) === 'src/query/compile/sql.ts' && each.names.some((name) => name === 'seal' || name === '*') && folderOf(each.file) !== COMPILER).map(place);

describe('the imports of the sources', () => {
  const files = new Set(sourceFiles(PACKAGE_ROOT));
  const imports = allImports(PACKAGE_ROOT);

  test('are all read', () => {
    expect(files.size).toBeGreaterThan(300);
    expect(imports.length).toBeGreaterThan(2 * files.size);
    expect(new Set([...files].map(folderOf))).toEqual(new Set(ORDER));
  });
  test('never point upwards', () => { expect(upward(imports, files)).toEqual([]); });
  test('make no cycle', () => { expect(cycles(imports, files)).toEqual([]); });
  test('name typeorm only where the database is', () => { expect(unknown(imports)).toEqual([]); });
  test('take what seals a statement only in the compiler', () => { expect(sealing(imports, files)).toEqual([]); });
});

describe('the law itself', () => {
  const files = new Set(['src/query/run/one.ts', 'src/query/run/two.ts', 'src/audit/ledger.ts', 'src/query/compile/sql.ts', 'src/cli/main.ts']);
  const read = (file: string, text: string): Import[] => importsOf(file, text);

  test.each([
    ['an import', "import { a } from '../../audit/ledger';"], ['one of a type', "import type { A } from '../../audit/ledger';"], ['one for its effects', "import '../../audit/ledger';"],
    ['a re-export', "export { a } from '../../audit/ledger';"], ['an import later on', "const a = () => import('../../audit/ledger');"],
    ['a type in place', "let a: import('../../audit/ledger').A;"], ['a require', "const a = require('../../audit/ledger') as unknown;"],
  ])('sees %s that points upwards', (_what, text) => { expect(upward(read('src/query/run/one.ts', text), files)).toEqual(['src/query/run/one.ts:1 imports ../../audit/ledger']); });
  test('sees a cycle, of types too', () => {
    expect(cycles([...read('src/query/run/one.ts', "import { a } from './two';"), ...read('src/query/run/two.ts', "import type { B } from './one';")], files))
      .toEqual([['src/query/run/one.ts', 'src/query/run/two.ts', 'src/query/run/one.ts']]);
  });
  test('sees typeorm where it may not be', () => {
    expect(unknown(read('src/cli/main.ts', "import type { DataSource } from 'typeorm';"))).toHaveLength(1);
    expect(unknown(read('src/audit/ledger.ts', "import type { DataSource } from 'typeorm';"))).toEqual([]);
  });
  test.each(["import { sql, seal } from '../compile/sql';", "import { seal as made } from '../compile/sql';", "import * as all from '../compile/sql';"])('sees a seal outside of the compiler: %s', (text) => {
    expect(sealing(read('src/query/run/one.ts', text), files)).toHaveLength(1);
  });
  test('refuses a module that is not there', () => { expect(() => upward(read('src/cli/main.ts', "import './nothing';"), files)).toThrow('src/cli/main.ts: ./nothing'); });
});
