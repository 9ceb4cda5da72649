import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { parse } from 'yaml';
import type { Clause } from '../../permissions/core/clause';

/** A story of test/stories: its file from the root of the project, its title, the heading of the Notice that it tells, and the clauses. */
export interface StoryTold { readonly file: string; readonly title: string; readonly notice: string; readonly clauses: readonly string[] }

/** What the map is held against: the code, the schema, the files and the stories of the project. */
export interface Evidence {
  readonly clauses: readonly Clause[];
  readonly hasField: (coordinate: string) => boolean;
  readonly hasFile: (path: string) => boolean;
  readonly stories: readonly StoryTold[];
}

function storiesOf(root: string): StoryTold[] {
  const folder = 'test/stories';
  return readdirSync(join(root, folder)).filter((each) => each.endsWith('.yaml')).sort().map((name) => {
    const { title, notice, clauses } = parse(readFileSync(join(root, folder, name), 'utf8')) as Partial<StoryTold>;
    return { file: `${folder}/${name}`, title: title ?? name, notice: notice ?? '', clauses: clauses ?? [] };
  });
}

/** Reads a checkout (`root` holds src and test) with its clauses and its schema. */
export function evidenceOf(root: string, clauses: readonly Clause[], schema: GraphQLSchema): Evidence {
  const hasField = (coordinate: string): boolean => {
    const [name = '', field = ''] = coordinate.split('.');
    const type = schema.getType(name);
    return (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), field);
  };
  return { clauses, hasField, hasFile: (path) => existsSync(join(root, path)), stories: storiesOf(root) };
}

export const codeOf = (id: string): string => `src/permissions/clauses/${id}.ts`;
export const testOf = (id: string): string => `test/permissions/clauses/${id}.test.ts`;
