import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildProgram } from '../../src/cli/main';
import { VARIABLES } from '../../src/server/variables';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';

/** What the documents say of files, commands and variables is so. */
const read = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
const below = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((each) => pattern.test(each) && !each.includes('node_modules')).map((each) => join(folder, each));
const README = read('README.md');
const section = (heading: string): string => README.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const inFirstCells = (text: string, pattern: RegExp): string[] =>
  text.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(pattern)].map((each) => each[1] as string));

describe('README', () => {
  test('lists every variable of the environment, and none besides', () => {
    expect(inFirstCells(section('Environment'), /`([A-Z][A-Z0-9_]+)`/g).sort()).toEqual(Object.keys(VARIABLES).sort());
  });
  test('tells the default of every variable that is a number', () => {
    const told = Object.fromEntries(section('Environment').split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => {
      const names = [...(line.split(' | ')[0] ?? '').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map((each) => each[1] as string);
      const values = [...(line.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)`/g)].map((each) => each[1]);
      return names.map((name, at) => [name, values[at]]);
    }));
    const numbers = Object.entries(VARIABLES).flatMap(([name, kind]) => { const value: unknown = kind.safeParse(undefined).data; return typeof value === 'number' ? [[name, String(value)]] : []; });
    expect(numbers.length).toBeGreaterThan(20);
    for (const [name, value] of numbers) expect([name, told[name as string]]).toEqual([name, value]);
  });
  test('lists every command, and none besides', () => {
    const commands = buildProgram().commands.flatMap((each) => (each.commands.length ? each.commands.map((sub) => `${each.name()} ${sub.name()}`) : [each.name()]));
    const told = inFirstCells(section('The command line'), /`([a-z][^`]*)`/g).flatMap((each) => {
      const [name = '', rest = ''] = each.split(/ (?=[a-z])/);
      return rest ? rest.split('\\|').map((sub) => `${name} ${sub}`) : [name.split(' ')[0] as string];
    });
    expect(told.sort()).toEqual(commands.sort());
  });
  test('names every folder', () => {
    const ignored = new Set(read('.gitignore').split('\n').map((line) => line.replace(/\/$/, '')));
    const folders = [
      ...readdirSync(PACKAGE_ROOT, { withFileTypes: true }).filter((each) => each.isDirectory() && !each.name.startsWith('.') && !ignored.has(each.name) && !['src', 'bin'].includes(each.name)).map((each) => each.name),
      ...readdirSync(join(PACKAGE_ROOT, 'src')).map((each) => `src/${each}`),
    ];
    expect(folders.filter((each) => !section('Folders').includes(`\`${each}/\``))).toEqual([]);
  });
  test('leads to every guide', () => { expect(below('docs', /^[^/]+\.md$/).filter((each) => !README.includes(`](${each})`))).toEqual([]); });
});

test('the index of decisions lists every one of them', () => {
  const listed = [...read('docs/adr/README.md').matchAll(/\]\(([^)]+\.md)\)/g)].map((each) => each[1]).sort();
  expect(listed).toEqual(below('docs/adr', /\.md$/).map((each) => each.slice('docs/adr/'.length)).filter((each) => each !== 'README.md').sort());
});

test('every relative link of a document leads to a file', () => {
  const documents = ['README.md', ...below('docs', /\.md$/), ...below('samples', /\.md$/), ...below('code-sets', /\.md$/)];
  const broken = documents.flatMap((path) => [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((each) => each[1] as string)
    .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(PACKAGE_ROOT, dirname(path), link))).map((link) => `${path}: ${link}`));
  expect(broken).toEqual([]);
});

test('every document that a source, a test or a document names is there, by its whole name', () => {
  const files = ['README.md', ...below('src', /\.ts$/), ...below('test', /\.(ts|mjs|js)$/), ...below('bench', /\.(ts|js)$/), ...below('script', /\.js$/), ...below('docs', /\.(md|yaml)$/)];
  // A folder alone is no citation; `docs/` within the path of another folder is not this one.
  const cited = files.flatMap((path) => [...read(path).matchAll(/(?<![\w/.-])docs\/(?:adr\/)?[\w-]+(?:\.\w+)?(?!\/)\b/g)].map((each) => [path, each[0]] as const)).filter(([, name]) => name !== 'docs/adr');
  expect(cited.length).toBeGreaterThan(20);
  expect(cited.filter(([, name]) => !existsSync(join(PACKAGE_ROOT, name))).map((each) => each.join(': '))).toEqual([]);
});

describe('package.json', () => {
  const { dependencies, devDependencies, scripts } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>;
  const namedIn = (paths: readonly string[]): string => paths.map(read).join('\n');
  const names = (text: string, name: string): boolean => new RegExp(`['"/]${name.replace('/', '\\/')}['"/]`).test(text);
  /** Loaded by another package: type-graphql's peer; jest and swc by their own commands; types by the compiler. */
  const LOADED = new Map([['graphql-scalars', 'type-graphql'], ['@swc/cli', '@swc/core'], ['@swc/core', '@swc/jest'], ['jest', '@swc/jest']]);

  test('every dependency is imported by the sources', () => {
    const sources = namedIn([...below('src', /\.ts$/), 'ormconfig.ts']);
    expect(Object.keys(dependencies).filter((each) => !names(sources, LOADED.get(each) ?? each))).toEqual([]);
  });
  test('every development dependency is used by tests or tools', () => {
    const sources = namedIn([...below('src', /\.ts$/), ...below('test', /\.(ts|mjs|js)$/), ...below('bench', /\.(ts|js)$/), ...below('script', /\.js$/), 'jest.config.js']);
    const used = (each: string): boolean => LOADED.has(each) || names(sources, each) || (each.startsWith('@types/') && (names(sources, each.slice('@types/'.length)) || ['@types/node', '@types/jest', '@types/fhir'].includes(each)));
    expect(Object.keys(devDependencies).filter((each) => !used(each))).toEqual([]);
  });
  test('every file that a script names is there or is made', () => {
    const named = Object.values(scripts).flatMap((each) => each.match(/\b(script|bin|bench)\/[\w./-]+/g) ?? []).filter((each) => !each.endsWith('.js') || each.startsWith('script/'));
    expect(named.filter((each) => !existsSync(join(PACKAGE_ROOT, each)))).toEqual([]);
  });
});
