import {
  type ConstDirectiveNode, type ConstValueNode, type FieldDefinitionNode, type GraphQLSchema, Kind, parse, print, printSchema, visit,
} from 'graphql';
import { type FieldTags, tagsOf } from './tags';

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
const code = (value: string): ConstValueNode => ({ kind: Kind.ENUM, value });
const codes = (values: readonly string[]): ConstValueNode => ({ kind: Kind.LIST, values: values.map(code) });
const directive = (called: string, args: Readonly<Record<string, ConstValueNode>>): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE, name: name(called),
  arguments: Object.entries(args).map(([argument, value]) => ({ kind: Kind.ARGUMENT, name: name(argument), value })),
});

function phiOf(tags: FieldTags): ConstDirectiveNode {
  if (tags.public || tags.category === null) return directive('public', {});
  return directive('phi', {
    category: code(tags.category),
    ...(tags.sensitivity.length ? { sensitivity: codes(tags.sensitivity) } : {}),
    ...(tags.identifier ? { identifier: code(tags.identifier) } : {}),
    confidentiality: code(tags.confidentiality),
  });
}
const purposeOf = (tags: FieldTags): ConstDirectiveNode[] => (tags.public ? [] : [directive('purposeOfUse', { permits: codes(tags.purposes) })]);

/** The directive that more of the fields bear than any other, where at least `atLeast` do. */
function commonest(nodes: readonly ConstDirectiveNode[], atLeast: number): ConstDirectiveNode | undefined {
  const counts = new Map<string, { readonly node: ConstDirectiveNode; count: number }>();
  for (const node of nodes) {
    const text = print(node);
    const known = counts.get(text);
    if (known) known.count += 1;
    else counts.set(text, { node, count: 1 });
  }
  const most = [...counts.values()].sort((one, other) => other.count - one.count)[0];
  return most && most.count >= atLeast ? most.node : undefined;
}

/**
 * What the type bears for its fields, and what each field bears where it differs. The type speaks of a kind of data only where
 * at least half of its fields are of it, and not at all where it mixes PHI with public fields: no reader takes one for the other.
 */
function placed(fields: readonly FieldTags[]) {
  const mixed = fields.some((each) => each.public) && fields.some((each) => !each.public);
  const shared = mixed ? [] : [commonest(fields.map(phiOf), fields.length / 2), commonest(fields.flatMap(purposeOf), 2)].filter((each) => each !== undefined);
  const said = new Set(shared.map((each) => print(each)));
  const own = (tags: FieldTags): ConstDirectiveNode[] => [phiOf(tags), ...purposeOf(tags)].filter((each) => !said.has(print(each)));
  return { shared, own };
}

/** The SDL of a tagged schema, descriptions and the three directives included: what `/schema.graphql` serves. */
export function printTaggedSchema(schema: GraphQLSchema): string {
  const tags = tagsOf(schema);
  const tagged = visit(parse(printSchema(schema)), {
    ObjectTypeDefinition(node) {
      const { shared, own } = placed(fieldTags(tags, node));
      return { ...node, directives: shared, fields: withTags(tags, node, own) };
    },
    // The three directives stand on fields and objects alone: an interface bears them field by field.
    InterfaceTypeDefinition: (node) => ({ ...node, fields: withTags(tags, node, (each) => [phiOf(each), ...purposeOf(each)]) }),
  });
  return `${print(tagged)}\n`;
}

type TypeNode = { readonly name: { readonly value: string }; readonly fields?: readonly FieldDefinitionNode[] };
const tagAt = (tags: ReadonlyMap<string, FieldTags>, type: TypeNode, field: FieldDefinitionNode) => tags.get(`${type.name.value}.${field.name.value}`);
const fieldTags = (tags: ReadonlyMap<string, FieldTags>, type: TypeNode): FieldTags[] =>
  (type.fields ?? []).map((field) => tagAt(tags, type, field)).filter((each) => each !== undefined);

function withTags(tags: ReadonlyMap<string, FieldTags>, type: TypeNode, own: (each: FieldTags) => ConstDirectiveNode[]): FieldDefinitionNode[] {
  return (type.fields ?? []).map((field) => {
    const known = tagAt(tags, type, field);
    return known ? { ...field, directives: [...(field.directives ?? []), ...own(known)] } : field;
  });
}
