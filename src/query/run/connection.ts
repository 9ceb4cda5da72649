import { allSelected, type PlannedField } from '../plan/selection';
import type { Place } from '../cursor';
import { bindingOf, type Reading } from './reading';
import type { Answer } from './shape';

/** What a connection's rows are selected for: the nodes' selections, under `nodes` and under `edges.node`, all together. */
export const nodeFields = (connection: PlannedField): PlannedField[] => [
  ...allSelected(connection.selections, 'nodes'), ...allSelected(connection.selections, 'edges').flatMap((edge) => allSelected(edge.selections, 'node')),
];
export const nodeSelections = (connection: PlannedField): PlannedField[] => nodeFields(connection).flatMap((each) => [...each.selections]);

/** A connection as it is answered. `node` makes an item under the selection of one of the node fields. */
export function connectionAnswer(reading: Reading, connection: PlannedField, count: number, hasNextPage: boolean, placeOf: (index: number) => Place, node: (index: number, field: PlannedField) => unknown): Answer {
  const binding = bindingOf(reading, connection);
  const cursor = (index: number): string | null => (index < 0 || index >= count ? null : reading.cursors.seal(placeOf(index), binding, reading.access.caller.at));
  const items = <T>(make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  const answer: Answer = {};
  for (const field of connection.selections) {
    if (field.name === '__typename') answer[field.key] = connection.type?.name;
    else if (field.name === 'nodes') answer[field.key] = items((index) => node(index, field));
    else if (field.name === 'edges') answer[field.key] = items((index) => edgeAnswer(field, index, cursor, node));
    else answer[field.key] = pageInfo(field, hasNextPage, reading.arguments.get(connection.id)?.['after'] != null, () => cursor(0), () => cursor(count - 1));
  }
  return answer;
}

function edgeAnswer(edge: PlannedField, index: number, cursor: (index: number) => string | null, node: (index: number, field: PlannedField) => unknown): Answer {
  const answer: Answer = {};
  for (const field of edge.selections) {
    if (field.name === 'cursor') answer[field.key] = cursor(index);
    else answer[field.key] = field.name === 'node' ? node(index, field) : edge.type?.name;
  }
  return answer;
}

function pageInfo(field: PlannedField, hasNextPage: boolean, hasPreviousPage: boolean, first: () => string | null, last: () => string | null): Answer {
  const answer: Answer = {};
  for (const part of field.selections) {
    if (part.name === 'hasNextPage') answer[part.key] = hasNextPage;
    else if (part.name === 'hasPreviousPage') answer[part.key] = hasPreviousPage;
    else if (part.name === 'startCursor') answer[part.key] = first();
    else answer[part.key] = part.name === 'endCursor' ? last() : 'PageInfo';
  }
  return answer;
}
