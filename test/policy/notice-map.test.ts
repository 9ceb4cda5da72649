import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clausesOf } from '../../src/permissions/clauses';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { Notices } from '../../src/permissions/notice';
import { clausePolicy } from '../../src/policy/clause-policy';
import { againstProject, againstText, withoutStory } from '../../src/policy/notice/check';
import { codeOf, evidenceOf, type Evidence } from '../../src/policy/notice/evidence';
import { headingsOf, MAP_FILE, namesOf, parseNoticeMap, readNoticeMap } from '../../src/policy/notice/map';
import { hashOf } from '../../src/policy/notice/paragraphs';
import { renderNotice } from '../../src/policy/notice/render';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { CLAUSE_IDS } from '../../src/vocabulary/clauses';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { notRun } from '../support/not-run';

/** The text is the company's and lies beside the checkout, where it does; the map's hashes stand for it elsewhere. */
const TEXT = join(PACKAGE_ROOT, '../shared/spec/notice.txt');
const beside = existsSync(TEXT);
const map = readNoticeMap();
const yaml = readFileSync(join(PACKAGE_ROOT, MAP_FILE), 'utf8');
const evidence = evidenceOf(PACKAGE_ROOT, clausesOf(JURISDICTIONS), buildGatewaySchema(SERVED_RESOLVERS));
const paragraphs = map.sections.flatMap((each) => each.paragraphs);

if (!beside) notRun("the comparison of the map with the company's own text of the Notice (notice.txt does not lie beside the checkout)");
test('every paragraph of the Notice is claimed or listed', () => {
  expect(paragraphs.length).toBe(57);
  expect(new Set(map.sections.map((each) => each.heading)).size).toBe(map.sections.length);
  for (const { paragraphs: section } of map.sections) expect(new Set(section.map((each) => each.sha256)).size).toBe(section.length);
});
if (beside) test('the map claims or lists every paragraph by its words of today', () => { expect(againstText(map, readFileSync(TEXT, 'utf8'))).toEqual([]); });
test('every clause is claimed, and what the map names is there: code, tests, fields; stories cite a heading', () => { expect(againstProject(map, evidence)).toEqual([]); });
test('every clause says which heading it comes from', () => {
  const cited = [...headingsOf(map), ...namesOf(map)];
  const sources = CLAUSE_IDS.map((id) => [id, /Notice: "?([A-Z][^".]+)/.exec(readFileSync(join(PACKAGE_ROOT, codeOf(id)), 'utf8'))?.[1] ?? null]);
  expect(sources.filter(([, heading]) => heading === null || !cited.includes(heading ?? ''))).toEqual([]);
});
test('the policy answers every clause, with its citation', () => {
  const notice = Notices.load(null, clausesOf(JURISDICTIONS)).at('2026-01-01T00:00:00.000Z');
  const told = CLAUSE_IDS.map((id) => clausePolicy(notice, id)?.clause);
  expect(told.map((each) => each?.id)).toEqual([...CLAUSE_IDS]);
  expect(told.filter((each) => !/\bCFR \d/.test(each?.citation ?? ''))).toEqual([]);
});
test('docs/NOTICE.md is what `npm run notice` writes', () => { expect(readFileSync(join(PACKAGE_ROOT, 'docs/NOTICE.md'), 'utf8')).toBe(renderNotice(map, evidence)); });
if (beside) test('NOTICE.md and the map copy no sentence of the Notice', () => {
  const runs = (text: string): string[] => { const words = text.toLowerCase().match(/[a-z']+/g) ?? []; return words.slice(0, -9).map((_, at) => words.slice(at, at + 10).join(' ')); };
  const known = new Set(runs([...headingsOf(map), ...namesOf(map)].join('\n')));
  // Headings and names may be cited; ten words in a row of anything else are a sentence.
  const headings = new RegExp([...headingsOf(map), ...namesOf(map)].sort((a, b) => b.length - a.length).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  const sentences = new Set(runs(readFileSync(TEXT, 'utf8').replace(/’/g, "'").replace(headings, '§')));
  expect(runs(`${yaml}\n${renderNotice(map, evidence)}`.replace(headings, '§')).filter((each) => sentences.has(each) && !known.has(each))).toEqual([]);
});

describe('a Notice that is not the one that was read', () => {
  const WORDS = ['We treat.', 'Payment. We are paid.', 'We exchange. Research. We look.'];
  const TOLD = parseNoticeMap(`
clauses: { ${CLAUSE_IDS.map((id) => `${id}: { serves: [Query.member] }`).join(', ')} }
sections:
  - heading: Uses
    paragraphs:
      - { sha256: ${hashOf('We treat.')}, clauses: [treatment] }
      - { name: Payment, sha256: ${hashOf('Payment. We are paid.')}, clauses: [payment] }
      - { sha256: ${hashOf('We exchange.')}, clauses: [health-information-exchange] }
      - { name: Research, sha256: ${hashOf('Research. We look.')}, reason: what nobody here does }
`);
  const textOf = (words: readonly string[], heading = 'Uses'): string => [heading, ...words.map((each, at) => (at === 0 ? each : `  • ${each}`))].join('\n\n');
  test('as it was read it is whole, however its lines break and its bullets run on', () => {
    expect(againstText(TOLD, textOf(WORDS))).toEqual([]);
    expect(againstText(TOLD, `Uses\n\nWe\n  treat.\n  • Payment.  We are paid.\n    \n  • We exchange.\n\n  • Research. We look.\n`)).toEqual([]);
  });
  test.each<[string, string, RegExp[]]>([
    ['a new paragraph', textOf([...WORDS, 'We sell.']), [/^Uses, paragraph 5: is neither claimed nor listed.*sha256 [0-9a-f]{64}/]],
    ['a new one among the others', textOf(['We treat.', 'We sell.', ...WORDS.slice(1)]), [/^Uses, paragraph 2: is neither/]],
    ['a changed word', textOf(['We may treat.', ...WORDS.slice(1)]), [/^Uses, paragraph 1: is neither/, /^Uses, paragraph 1: the Notice does not have it/]],
    ['one that is gone', textOf(WORDS.slice(0, 2)), [/paragraph 3: the Notice does not have it/, /paragraph 4: the Notice does not have it/]],
    ['two that changed places', textOf(['We treat.', 'We exchange.', 'Payment. We are paid.', 'Research. We look.']), [/paragraph 2: stands at place 3/, /paragraph 3: stands at place 2/]],
    ['another heading', textOf(WORDS, 'Disclosures'), [/^Uses: is no heading/, ...Array.from({ length: 4 }, () => /does not have it/), ...Array.from({ length: 5 }, () => /stands under no heading of the map/)]],
  ])('%s is told', (_what, text, messages) => {
    const told = againstText(TOLD, text);
    expect(told).toHaveLength(messages.length);
    messages.forEach((each, at) => expect(told[at]).toMatch(each));
  });
  test('a name that a paragraph does not begin with is told', () => {
    const renamed = { ...TOLD, sections: TOLD.sections.map((each) => ({ ...each, paragraphs: each.paragraphs.map((one, at) => (at === 0 ? { ...one, name: 'Treatment' } : one)) })) };
    expect(againstText(renamed, textOf(WORDS))).toEqual(['Uses, paragraph 1: does not begin with the name Treatment']);
  });
});

describe('a map that names what there is not', () => {
  const changed = (from: string, to: string) => { expect(yaml).toContain(from); return parseNoticeMap(yaml.replace(from, to)); };
  test.each<[string, string, string, RegExp]>([
    ['a clause', 'clauses: [complaints]', 'clauses: [grievances]', /docs\/notice-map.yaml: sections\.\d+\.paragraphs\.0\.clauses/],
    ['a clause that it serves', '  coroners: {', '  undertakers: {', /docs\/notice-map.yaml: clauses/],
    ['neither clause nor reason', 'clauses: [complaints], ', '', /one of the two/],
    ['a key', 'beyond: the copying itself', 'behind: the copying itself', /behind/],
  ])('%s: is no map', (_what, from, to, message) => { expect(() => changed(from, to)).toThrow(message); });
  test.each<[string, string, string, string]>([
    ['a field', 'Query.breakGlassReviews', 'Query.brokenGlass', 'treatment: the schema has no Query.brokenGlass'],
    ['a type', 'FieldPolicy.public', 'NoSuchType.public', 'non-phi: the schema has no NoSuchType.public'],
    ['a test', 'test/grants/breach.test.ts', 'test/grants/leak.test.ts', 'breach-notification: there is no test/grants/leak.test.ts'],
    ['a section without clause or reason', "    reason: the company's contact details\n", '', 'Contact Us: has no clause below it, and no reason'],
    ['a clause that nothing claims', 'clauses: [complaints]', 'clauses: [access]', 'complaints: no paragraph of the Notice is claimed by it'],
  ])('%s: is told', (_what, from, to, message) => { expect(againstProject(changed(from, to), evidence)).toEqual([message]); });
  test('a project without a clause, its file, its test or its story is told', () => {
    const poorer: Evidence = {
      ...evidence, clauses: evidence.clauses.filter((each) => each.id !== 'sale'), hasFile: (path) => !path.includes('/sale.') && evidence.hasFile(path),
      stories: [...evidence.stories.filter((each) => !each.clauses.includes('sale')), { file: 'test/stories/odd.yaml', title: 'Odd', notice: 'No Such Heading', clauses: ['treatment'] }],
    };
    expect(againstProject(map, poorer)).toEqual([
      'sale: is no clause of the code', 'sale: there is no src/permissions/clauses/sale.ts', 'sale: there is no test/permissions/clauses/sale.test.ts', 'test/stories/odd.yaml: notice: is no heading of the Notice: No Such Heading',
    ]);
    expect(withoutStory(poorer)).toEqual(['sale']);
    expect(renderNotice(map, { ...poorer, clauses: evidence.clauses })).toContain('- stories: none yet');
  });
});

test('every clause has a story', () => { expect(withoutStory(evidence)).toEqual([]); });
