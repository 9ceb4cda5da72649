import 'reflect-metadata';
import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { LARGEST_PAGE } from '../vocabulary/page-size';

/** A class, scalar or enum object of the schema, or a list of one in brackets. */
type FieldType = () => object;
interface Options { readonly defaultValue?: unknown }
export type Argument = readonly [type: FieldType, description: string, options?: Options & { readonly required?: boolean }];

/** An object type whose fields are read as they are (`simpleResolvers`: no wrapper runs for a field). */
export const Shape = (name: string, description: string, implement: Function[] = []) =>
  ObjectType(name, { description, simpleResolvers: true, implements: implement });

/** A field, or a field of an input, that may be null or left out. */
export const Optional = (type: FieldType, description: string, options: Options = {}) => Field(type, { description, nullable: true, ...options });

/** A field, or a field of an input, that is never null. */
export const Required = (type: FieldType, description: string) => Field(type, { description });

/**
 * The arguments of a field, by name, in order. They are declared on the field and not as parameters, so that the field keeps
 * the plain resolver and receives its arguments as the caller gave them (what was left out is absent).
 */
export const Takes = (args: Readonly<Record<string, Argument>>) => (prototype: object, field: string | symbol): void => {
  Object.entries(args).forEach(([name, [type, description, { required, ...options } = {}]], index) => {
    Arg(name, type, { description, nullable: !required, ...options })(prototype, field, index + 1);
  });
};

/** An argument that must be given. */
export const needed = (type: FieldType, description: string): Argument => [type, description, { required: true }];

/** The arguments of a page of so many. */
export const page = (size: number): Readonly<Record<string, Argument>> => ({
  first: [() => Int, `How many at most, 1 to ${LARGEST_PAGE}.`, { defaultValue: size }],
  after: [() => String, 'The cursor of the last one seen.'],
});
