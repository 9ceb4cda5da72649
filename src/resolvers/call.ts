import type { GraphQLResolveInfo } from 'graphql';
import { createParameterDecorator } from 'type-graphql';
import type { ResolverContext, ResolverServices } from './services';

type Operation = keyof ResolverServices & string;
type ArgsOf<Name extends Operation> = ResolverServices[Name] extends (args: infer Args, ...rest: never[]) => unknown ? Args : never;

/** One call of a root field: the service, and the arguments as the caller gave them (what was left out is absent). */
export interface Call<Name extends Operation> {
  readonly services: ResolverServices;
  readonly args: ArgsOf<Name>;
  readonly context: ResolverContext;
  readonly info: GraphQLResolveInfo;
}

/** Hands a root field its call. Arguments are declared by `Takes`. */
export const Called = () =>
  createParameterDecorator<ResolverContext>(({ args, context, info }) => ({ services: context.services, args, context, info }));
