import { CLAUSE_IDS } from '../../vocabulary/clauses';
import { codeOf, testOf, type Evidence } from './evidence';
import { clausesOfSection, headingsOf, namesOf, type NoticeMap, type Section } from './map';
import { headingsIn, paragraphsOf, type Paragraph } from './paragraphs';

const cite = (heading: string | null, place: number): string => `${heading ?? 'above the first heading'}, paragraph ${place}`;

/** One section of the text against the same of the map: by words first, so that a new paragraph is told once and not with all that stand below it. */
function* unlike(section: Section, found: readonly Paragraph[]): Generator<string> {
  const { heading, paragraphs } = section;
  const fresh = found.filter((each) => !paragraphs.some((one) => one.sha256 === each.sha256));
  for (const each of fresh) yield `${cite(heading, each.place)}: is neither claimed nor listed as it reads now (sha256 ${each.sha256}); read it, and say what answers it`;
  for (const [at, each] of paragraphs.entries()) {
    const same = found.find((one) => one.sha256 === each.sha256);
    if (!same) yield `${cite(heading, at + 1)}: the Notice does not have it as the map read it`;
    else if (fresh.length === 0 && found.length === paragraphs.length && same.place !== at + 1) yield `${cite(heading, at + 1)}: stands at place ${same.place}`;
    else if (each.name !== undefined && !same.startsWith(each.name)) yield `${cite(heading, at + 1)}: does not begin with the name ${each.name}`;
  }
}

/** Where the text of the Notice and the map part: each heading and paragraph that is unclaimed, changed, moved or gone. Empty when none. */
export function againstText(map: NoticeMap, text: string): string[] {
  const headings = headingsOf(map);
  const [found, present] = [paragraphsOf(text, headings, namesOf(map)), headingsIn(text, headings)];
  return [
    ...headings.filter((each) => !present.includes(each)).map((each) => `${each}: is no heading of the Notice`),
    ...map.sections.flatMap((section) => [...unlike(section, found.filter((each) => each.heading === section.heading))]),
    ...found.filter((each) => !map.sections.some((section) => section.heading === each.heading)).map((each) => `${cite(each.heading, each.place)}: stands under no heading of the map`),
  ];
}

/** What the map names and the project does not have, and what it should name and does not. Empty when all is there. */
export function againstProject(map: NoticeMap, evidence: Evidence): string[] {
  const claimed = new Set(map.sections.flatMap(clausesOfSection));
  const cited = new Set([...headingsOf(map), ...namesOf(map)]);
  return [
    ...map.sections.filter((each) => clausesOfSection(each).length === 0 && each.heading !== null && each.reason === undefined).map((each) => `${each.heading}: has no clause below it, and no reason`),
    ...CLAUSE_IDS.flatMap((id) => [
      ...(claimed.has(id) ? [] : [`${id}: no paragraph of the Notice is claimed by it`]),
      ...(evidence.clauses.some((each) => each.id === id) ? [] : [`${id}: is no clause of the code`]),
      ...[codeOf(id), testOf(id), ...(map.clauses[id]?.tests ?? [])].filter((path) => !evidence.hasFile(path)).map((path) => `${id}: there is no ${path}`),
      ...(map.clauses[id]?.serves ?? []).filter((each) => !evidence.hasField(each)).map((each) => `${id}: the schema has no ${each}`),
    ]),
    ...evidence.stories.filter((each) => !cited.has(each.notice)).map((each) => `${each.file}: notice: is no heading of the Notice: ${each.notice}`),
  ];
}

/** Clauses that no story tells. */
export const withoutStory = (evidence: Evidence): string[] => CLAUSE_IDS.filter((id) => !evidence.stories.some((each) => each.clauses.includes(id)));
