import type { Clause } from '../../permissions/core/clause';
import { codeOf, testOf, type Evidence } from './evidence';
import { clausesOfSection, type MappedParagraph, type NoticeMap, type Section } from './map';

const HEAD = `# The Notice, paragraph by paragraph

Written by \`npm run notice\` from [notice-map.yaml](notice-map.yaml), the clauses, the schema and the stories; never edited by hand. A test fails when a paragraph of the Notice is neither claimed nor listed
here, when its words are not those that were read (each is known by the SHA-256 of its words; the sentences themselves are the company's), when something named here does not exist, and when this file is out of date.

Paragraphs are cited by the heading that they stand under, their place below it (bullets count), and the name that they begin with. Each leads to clauses; each clause, below, to its code, its rules, the fields that serve it, its tests and its stories.
`;

const link = (path: string): string => `[${path}](../${path})`;
const clauseLink = (id: string): string => `[${id}](#${id})`;
const cell = (text: string): string => text.replaceAll('|', '\\|');

function row(paragraph: MappedParagraph, at: number): string {
  const { name, clauses, reason, beyond } = paragraph;
  return `| ${at + 1} | ${cell(name ?? '')} | ${clauses ? clauses.map(clauseLink).join(', ') : '–'} | ${cell(reason ?? beyond ?? '')} |`;
}

function sectionOf(section: Section): string {
  const clauses = clausesOfSection(section);
  const under = clauses.length > 0 ? `Clauses: ${clauses.map(clauseLink).join(', ')}.` : `No clause: ${section.reason ?? 'see each paragraph'}.`;
  const table = ['| place | name | clauses | not enforced, and why |', '| --- | --- | --- | --- |', ...section.paragraphs.map(row)].join('\n');
  return [`### ${section.heading ?? 'Above the first heading'}`, under, ...(section.paragraphs.length > 0 ? [table] : [])].join('\n\n');
}

/** The prohibitions by name, in their order; those of one family (`special-category:…`) once. */
function rulesOf(clause: Clause): string {
  const permits = clause.permits.map((each) => `permits ${each.roles.join(', ')} for ${each.purposes.join(', ')}`);
  const names = [...new Set(clause.prohibits.map((each) => `${each.rule.replace(/:.*/, '')} (${each.reason})`))].map((each) => `forbids by \`${each.replace(' (', '` (')}`);
  const granted = clause.grant ? [`case by case (requestGrant), on ${clause.grant.demands.map((each) => each.name).join(', ')}`] : [];
  const rules = [...permits, ...names, ...granted];
  return rules.length > 0 ? rules.join('; ') : 'none of its own: what it promises is done by the privacy office, or by the fields below';
}

function clauseOf(clause: Clause, map: NoticeMap, { stories }: Evidence): string {
  const { serves = [], tests = [] } = map.clauses[clause.id] ?? {};
  const told = stories.filter((each) => each.clauses.includes(clause.id));
  return [
    `### ${clause.id}`, `${clause.title}. ${clause.citation}.`,
    [
      `- code: ${link(codeOf(clause.id))}`, `- rules: ${rulesOf(clause)}`, `- served by: ${serves.map((each) => `\`${each}\``).join(', ')}`,
      `- tests: ${[testOf(clause.id), ...tests].map(link).join(', ')}`,
      `- stories: ${told.length > 0 ? told.map((each) => `[${each.title}](../${each.file})`).join('; ') : 'none yet'}`,
    ].join('\n'),
  ].join('\n\n');
}

/** docs/NOTICE.md, from the map and what the project has. */
export function renderNotice(map: NoticeMap, evidence: Evidence): string {
  const [claimed, all] = [map.sections.flatMap((each) => each.paragraphs.filter((one) => one.clauses)).length, map.sections.flatMap((each) => each.paragraphs).length];
  return `${[
    HEAD.trimEnd(), `${all} paragraphs under ${map.sections.filter((each) => each.heading !== null).length} headings; ${claimed} are claimed by ${evidence.clauses.length} clauses, ${all - claimed} are listed with the reason why a gateway cannot enforce them.`,
    '## By heading', ...map.sections.map(sectionOf), '## By clause', ...evidence.clauses.map((each) => clauseOf(each, map, evidence)),
  ].join('\n\n')}\n`;
}
