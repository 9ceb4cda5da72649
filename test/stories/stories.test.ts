import 'reflect-metadata';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { CLAUSE_IDS } from '../../src/vocabulary/clauses';
import { testDatabases } from '../support/databases';
import { NotAsTold, openStage, type Stage } from './support/stage';
import { readStories, readStory } from './support/story';

/** The stories of this folder, told to the gateway over HTTP. What a story may say stands in README.md beside them. */
const schema = buildGatewaySchema(SERVED_RESOLVERS);
const STORIES = readStories();

describe.each(testDatabases())('stories, $name', ({ create }) => {
  let stage: Stage;
  beforeAll(async () => { stage = await openStage(await create(), schema); });
  afterAll(() => stage.close());

  test.each(STORIES.map((story) => [story.title, story.file, story] as const))('%s (%s)', (_title, _file, story) => stage.run(story));
});

describe('of the Notice and of the lessons', () => {
  test('each clause has a story', () => { expect(CLAUSE_IDS.filter((id) => !STORIES.some((story) => story.clauses.includes(id)))).toEqual([]); });
  test('each lesson has a story', () => { expect(Array.from({ length: 30 }, (_, place) => `F${place + 1}`).filter((id) => !STORIES.some((story) => story.lessons.includes(id)))).toEqual([]); });
  test('no two stories have one title', () => { expect(new Set(STORIES.map((each) => each.title)).size).toBe(STORIES.length); });
});

describe('a story that is not so', () => {
  const FALSE = `
title: A pharmacist sees what is not there
notice: Treatment
clauses: [treatment]
people: { petra: { role: PHARMACIST, of: company, for: TREAT, treats: [rosa] } }
members: { rosa: { age: 40 } }
records: { aspirin: { type: Medication, of: rosa }, heparin: { type: Medication, of: rosa } }
steps:
  - { who: petra, asks: medications of rosa, sees: [aspirin, heparin] }
`;
  const told = (from: string, to: string) => readStory('false.yaml', FALSE.replace(from, to));
  let stage: Stage;
  beforeAll(async () => {
    const [sqlite] = testDatabases();
    if (!sqlite) throw new Error('there is no database');
    stage = await openStage(await sqlite.create(), schema);
    await stage.run(readStory('true.yaml', FALSE));
  });
  afterAll(() => stage.close());
  test.each<[string, string, string, RegExp]>([
    ['one too few', 'sees: [aspirin, heparin]', 'sees: [aspirin]', /false-1.yaml, step 1, petra: sees\s+told:\s+\["aspirin"\]\s+found: \["aspirin","heparin"\]/],
    ['one too many', 'sees: [aspirin, heparin]', 'sees: [aspirin, heparin, heparin]', /step 1, petra: sees/],
    ['a refusal that does not come', 'sees: [aspirin, heparin]', 'refused with: FORBIDDEN', /step 1, petra: is refused with/],
    ['a line that is not told', 'sees: [aspirin, heparin]', 'withheld: { Member.claims: MINIMUM_NECESSARY }', /petra: is told what is withheld/],
  ])('fails in words: %s', async (_what, from, to, message) => {
    const story = { ...told(from, to), file: `false-${_what === 'one too few' ? 1 : _what.length}.yaml` };
    await expect(stage.run(story)).rejects.toThrow(NotAsTold);
    await expect(stage.run({ ...story, file: `again-${story.file}` })).rejects.toThrow(new RegExp(message.source.replace('false-1', 'again-false-1'), 's'));
  });
  test.each<[string, string, string, RegExp]>([
    ['a key that is none', 'sees:', 'seas:', /false.yaml: steps.0.*seas/], ['a step without an end', ', sees: [aspirin, heparin]', '', /says what comes of it/],
    ['a clause that is none', '[treatment]', '[treatments]', /clauses.0/], ['a role that is none', 'PHARMACIST', 'APOTHECARY', /people.petra.role/],
  ])('is no story: %s', (_what, from, to, message) => { expect(() => told(from, to)).toThrow(message); });
  test('names somebody whom it does not have', async () => { await expect(stage.run({ ...told('of rosa', 'of nobody'), file: 'stranger.yaml' })).rejects.toThrow('stranger.yaml: nobody: the story names nobody'); });
});
