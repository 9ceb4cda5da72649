import {
  type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLNamedType, type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType,
  isIntrospectionType, isObjectType, isSpecifiedScalarType, isSpecifiedDirective,
} from 'graphql';

type Lack = string;
type Input = GraphQLArgument | GraphQLInputField;

/** What `offered` lacks of `asked`: one line for each coordinate, empty where it is a superset. */
export function lacks(asked: GraphQLSchema, offered: GraphQLSchema): Lack[] {
  const types = Object.values(asked.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  return [...types.flatMap((type) => lacksOfType(type, offered.getType(type.name))), ...lacksOfDirectives(asked, offered)];
}

function lacksOfType(asked: GraphQLNamedType, offered: GraphQLNamedType | undefined): Lack[] {
  if (!offered) return [asked.name];
  if (offered.constructor.name !== asked.constructor.name) return [`${asked.name}: another kind of type`];
  if (isEnumType(asked) && isEnumType(offered)) {
    return asked.getValues().filter((value) => !offered.getValue(value.name)).map((value) => `${asked.name}.${value.name}`);
  }
  if (isInputObjectType(asked) && isInputObjectType(offered)) return lacksOfInputs(asked.name, Object.values(asked.getFields()), Object.values(offered.getFields()));
  if ((isObjectType(asked) && isObjectType(offered)) || (isInterfaceType(asked) && isInterfaceType(offered))) {
    const interfaces = asked.getInterfaces().map((each) => each.name).filter((name) => !offered.getInterfaces().some((each) => each.name === name));
    return [...interfaces.map((name) => `${asked.name} implements ${name}`),
      ...Object.values(asked.getFields()).flatMap((field) => lacksOfField(`${asked.name}.${field.name}`, field, offered.getFields()[field.name]))];
  }
  return [];
}

function lacksOfField(coordinate: string, asked: GraphQLField<unknown, unknown>, offered: GraphQLField<unknown, unknown> | undefined): Lack[] {
  if (!offered) return [coordinate];
  const type = String(asked.type) === String(offered.type) ? [] : [`${coordinate}: ${String(offered.type)} is not ${String(asked.type)}`];
  return [...type, ...lacksOfInputs(coordinate, asked.args, offered.args)];
}

function lacksOfInputs(owner: string, asked: readonly Input[], offered: readonly Input[]): Lack[] {
  const missing = asked.flatMap((input) => {
    const own = offered.find((each) => each.name === input.name);
    if (!own) return [`${owner}(${input.name}:)`];
    const same = String(own.type) === String(input.type) && JSON.stringify(own.defaultValue) === JSON.stringify(input.defaultValue);
    return same ? [] : [`${owner}(${input.name}:): ${String(own.type)} = ${JSON.stringify(own.defaultValue)}`];
  });
  // What a client of the contract does not know of, it cannot give.
  const demanded = offered.filter((each) => String(each.type).endsWith('!') && each.defaultValue === undefined && !asked.some((input) => input.name === each.name));
  return [...missing, ...demanded.map((each) => `${owner}(${each.name}:) is demanded`)];
}

function lacksOfDirectives(asked: GraphQLSchema, offered: GraphQLSchema): Lack[] {
  return asked.getDirectives().filter((each) => !isSpecifiedDirective(each)).flatMap((directive) => {
    const own = offered.getDirective(directive.name);
    if (!own) return [`@${directive.name}`];
    const places = directive.locations.filter((each) => !own.locations.includes(each)).map((each) => `@${directive.name} on ${each}`);
    return [...places, ...lacksOfInputs(`@${directive.name}`, directive.args, own.args)];
  });
}
