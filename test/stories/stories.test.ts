import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { CLAUSE_IDS } from '../../src/vocabulary/clauses';
import { sqliteDatabase, testDatabases } from '../support/databases';
import { NotAsTold } from './support/judging';
import { openStage, type Stage } from './support/stage';
import { readStories, readStory, STORIES as FOLDER, STORY_KEYS, type Story } from './support/story';

/** The stories of this folder, told to the gateway over HTTP. What a story may say stands in README.md beside them. */
const schema = buildGatewaySchema(SERVED_RESOLVERS);
const STORIES = readStories();
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');

describe.each(testDatabases())('stories, $name', ({ create }) => {
  let stage: Stage;
  beforeAll(async () => { stage = await openStage(await create(), schema); });
  afterAll(() => stage.close());

  test.each(STORIES.map((story) => [story.title, story.file, story] as const))('%s (%s)', (_title, _file, story) => stage.run(story));
});

describe('of the Notice and of the lessons', () => {
  test('each clause has a story', () => { expect(CLAUSE_IDS.filter((id) => !STORIES.some((story) => story.clauses.includes(id)))).toEqual([]); });
  test('each lesson has a story', () => { expect(Array.from({ length: 30 }, (_, place) => `F${place + 1}`).filter((id) => !STORIES.some((story) => story.lessons.includes(id)))).toEqual([]); });
  test('README.md tells each key that a story may have', () => { expect(STORY_KEYS.filter((key) => !new RegExp(`[\`{ \\n]${key}[:\`]`).test(README))).toEqual([]); });
  test('no two stories have one title', () => { expect(new Set(STORIES.map((each) => each.title)).size).toBe(STORIES.length); });
});

describe('a story that is not so', () => {
  const TRUE = `
title: A pharmacist sees what is there
notice: Treatment
clauses: [treatment]
people: { petra: { role: PHARMACIST, of: company, for: TREAT, treats: [rosa] } }
members: { rosa: { age: 40 } }
records: { aspirin: { type: Medication, of: rosa }, heparin: { type: Medication, of: rosa } }
steps:
  - { who: petra, asks: medications of rosa, sees: [aspirin, heparin] }
`;
  const otherwise = (file: string, from: string, to: string): Story => {
    if (!TRUE.includes(from)) throw new Error(`the story does not say ${from}`);
    return readStory(file, TRUE.replace(from, to));
  };
  let stage: Stage;
  beforeAll(async () => { stage = await openStage(await sqliteDatabase(), schema); });
  afterAll(() => stage.close());
  test('is told as it is', async () => { await stage.run(readStory('true.yaml', TRUE)); });
  test('the example of README.md is one that is so', async () => { await stage.run(readStory('example.yaml', /```yaml\n(.*?)```/s.exec(README)?.[1] ?? '')); });

  test.each<[string, string, string, string]>([
    ['one more than told', 'sees: [aspirin, heparin]', 'sees: [aspirin]', 'step 1: petra sees 2 (aspirin, heparin), expected 1 (aspirin)'],
    ['one less than told', 'sees: [aspirin, heparin]', 'sees: [aspirin, heparin, warfarin]', 'step 1: petra sees 2 (aspirin, heparin), expected 3 (aspirin, heparin, warfarin)'],
    ['nothing told', 'sees: [aspirin, heparin]', 'sees: []', 'step 1: petra sees 2 (aspirin, heparin), expected 0 (nothing)'],
    ['a refusal that does not come', 'sees: [aspirin, heparin]', 'refused with: FORBIDDEN', 'step 1: petra is refused with "nothing", expected "FORBIDDEN"'],
    ['a refusal that is not told', 'for: TREAT', 'for: HPAYMT', 'step 1: petra is refused with "PURPOSE_NOT_PERMITTED'],
    ['a line that does not come', 'sees: [aspirin, heparin]', 'sees: [aspirin, heparin], withheld: { Member.claims: MINIMUM_NECESSARY }', 'step 1: petra is told that there is withheld {}, expected {"Member.claims":"MINIMUM_NECESSARY"}'],
    ['a line that is not told', 'asks: medications of rosa, sees: [aspirin, heparin]', 'asks: claims of rosa, sees: not told', 'step 1: petra is told that there is withheld {"Member.claims":"MINIMUM_NECESSARY"}, expected {}'],
  ])('fails in words: %s', async (what, from, to, message) => {
    const file = `false-${what.replace(/ /g, '-')}.yaml`;
    const told = stage.run(otherwise(file, from, to));
    await expect(told).rejects.toThrow(NotAsTold);
    await expect(told).rejects.toThrow(`${file}, ${message}`);
  });

  test.each<[string, string, string, RegExp]>([
    ['a key that is none', 'sees:', 'seas:', /^false.yaml: steps\.0.*seas/],
    ['a step without an end', ', sees: [aspirin, heparin]', '', /^false.yaml: steps\.0: a step says what comes of it/],
    ['a step that asks twice', 'asks: medications of rosa', 'asks: medications of rosa, does: openCareGap', /^false.yaml: steps\.0: a step has exactly one/],
    ['a clause that is none', '[treatment]', '[treatments]', /^false.yaml: clauses\.0/],
    ['a role that is none', 'PHARMACIST', 'APOTHECARY', /^false.yaml: people\.petra\.role/],
    ['a day that is none', 'who: petra', 'on: 2026-02-30, who: petra', /^false.yaml: steps\.0\.on: a day/],
    ['no YAML', 'members: {', 'members: {{', /^false.yaml: /],
  ])('is no story: %s', (_what, from, to, message) => { expect(() => otherwise('false.yaml', from, to)).toThrow(message); });

  test.each<[string, string, string, string]>([
    ['who', 'who: petra', 'who: nobody', 'step 1, who: nobody is none of the people'],
    ['asks', 'medications of rosa', 'medications of sven', 'step 1, asks: sven: the story names nobody and nothing so'],
    ['what is asked', 'medications of rosa', 'potions of rosa', 'step 1: Member has no field potions'],
    ['of', 'aspirin: { type: Medication, of: rosa }', 'aspirin: { type: Medication, of: sven }', 'records.aspirin.of: sven: the story names nobody and nothing so'],
    ['treats', 'treats: [rosa]', 'treats: [sven]', 'people.petra.treats: sven: the story names nobody and nothing so'],
    ['a column', 'aspirin: { type: Medication, of: rosa }', 'aspirin: { type: Medication, of: rosa, colour: white }', 'records.aspirin.colour: a Medication has nothing of that name'],
    ['an argument', 'asks: medications of rosa, sees: [aspirin, heparin]', 'does: openCareGap, with: { memberId: sven, measure: m }, answers: { status: open }', 'step 1, memberId: sven: the story names nobody and nothing so'],
    ['no argument', 'asks: medications of rosa, sees: [aspirin, heparin]', 'does: openCareGap, with: { memberId: rosa, colour: white }, answers: { status: open }', 'step 1: openCareGap has no argument colour'],
    ['time', 'who: petra', 'on: 2020-01-01, who: petra', 'step 1, on: 2020-01-01 is before the step before it'],
  ])('names what it does not have: %s', async (what, from, to, message) => {
    const file = `stranger-${what.replace(/ /g, '-')}.yaml`;
    await expect(stage.run(otherwise(file, from, to))).rejects.toThrow(`${file}, ${message}`);
  });
});
