import { GatewayError } from '../vocabulary/errors';
import { tooComplex, type Limits } from './too-complex';

/**
 * Bounds the variables of a request. The walk goes level by level, so that no nesting can exhaust the stack.
 * @throws OPERATION_TOO_COMPLEX naming the limit, or BAD_USER_INPUT for a reserved key
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  let level: object[] = [variables];
  for (let depth = 0; level.length; depth += 1) {
    if (depth > limits.variablesDepth) throw tooComplex('The variables nest too deep', 'variablesDepth', limits);
    const next: object[] = [];
    for (const each of level) {
      if (Array.isArray(each) && each.length > limits.variablesList) throw tooComplex('A list in the variables is too long', 'variablesList', limits);
      if (Object.hasOwn(each, '__proto__')) throw new GatewayError('BAD_USER_INPUT', 'The variables may not have the key __proto__.');
      for (const value of Object.values(each) as unknown[]) if (typeof value === 'object' && value !== null) next.push(value);
    }
    level = next;
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > limits.variablesBytes) throw tooComplex('The variables have too many bytes', 'variablesBytes', limits);
}
