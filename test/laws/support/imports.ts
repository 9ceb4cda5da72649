import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

/** One import as it is written; `names`: what is taken out of the module, `*` for all of it. `line` counts from 1. */
export interface Import { readonly file: string; readonly line: number; readonly module: string; readonly names: readonly string[] }

const isLoad = (node: ts.CallExpression): boolean => node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');

/** The names that a declaration takes. An import for its effects takes none of them. */
function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node;
  const bindings = clause && ('namedBindings' in clause ? clause.namedBindings : 'exportClause' in clause ? clause.exportClause : undefined);
  const whole = ts.isExportDeclaration(node) ? !node.exportClause : Boolean(node.importClause?.name);
  const named = bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) ? bindings.elements.map((each) => (each.propertyName ?? each.name).text) : bindings ? ['*'] : [];
  return whole ? [...named, '*'] : named;
}

/** Every module that a file names: imports and exports, of types too, `import('…')` as a value and as a type, and `require('…')`. */
export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, module: ts.Node | undefined, names: readonly string[]): void => {
    if (module && ts.isStringLiteralLike(module)) found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, module: module.text, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, namesOf(node));
    else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, node.qualifier ? [node.qualifier.getText()] : ['*']);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression, ['*']);
    else if (ts.isCallExpression(node) && isLoad(node)) add(node, node.arguments[0], ['*']);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The files of the sources, from the root of the project, with `/` between folders. */
export const sourceFiles = (root: string): string[] =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.ts')).map((each) => join('src', each)).sort();

export const allImports = (root: string): Import[] => sourceFiles(root).flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

/** The file of ours that an import names; null for a library. @throws Error where it names no file */
export function targetOf({ file, module }: Pick<Import, 'file' | 'module'>, files: ReadonlySet<string>): string | null {
  if (!module.startsWith('.')) return null;
  const path = normalize(join(dirname(file), module));
  const found = [`${path}.ts`, join(path, 'index.ts'), path].find((each) => files.has(each));
  if (!found && !relative('src', path).startsWith('..')) throw new Error(`${file}: ${module} is no file of the sources`);
  return found ?? null;
}
