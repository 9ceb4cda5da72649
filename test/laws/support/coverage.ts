/** What a run tried, by feature, so that a law cannot hold for want of trying. */
import Table from 'cli-table3';
import { getNamedType, isIntrospectionType, isObjectType } from 'graphql';

import { RECORD_TYPE_NAMES } from '../../../src/vocabulary/records';
import { ROLES } from '../../../src/vocabulary/roles';
import { SCHEMA } from './laboratory';

export class Coverage {
  private readonly counts = new Map<string, number>();
  add(feature: string, count = 1): void { this.counts.set(feature, (this.counts.get(feature) ?? 0) + count); }
  of(feature: string): number { return this.counts.get(feature) ?? 0; }
  /** How many different ones there are of a kind, such as `purpose`. */
  different(kind: string): number { return [...this.counts.keys()].filter((each) => each.startsWith(`${kind} `)).length; }

  /** Features below their floors; the floors are of `whole` operations, and are less of fewer. */
  lacking(floors: Readonly<Record<string, number>>, part: number): string[] {
    return Object.entries(floors).filter(([feature, floor]) => this.of(feature) < Math.floor(floor * part)).map(([feature, floor]) => `${feature}: ${this.of(feature)} of ${Math.floor(floor * part)}`);
  }
  table(floors: Readonly<Record<string, number>>): string {
    const table = new Table({ head: ['tried', 'operations', 'floor', 'tried', 'operations', 'floor'], style: { head: [], border: [], compact: true } });
    const cells = Object.keys(floors).filter((each) => !each.startsWith('field ')).map((feature) => [feature, this.of(feature), floors[feature] ?? 0]);
    const half = Math.ceil(cells.length / 2);
    for (let at = 0; at < half; at += 1) table.push([...(cells[at] ?? []), ...(cells[half + at] ?? ['', '', ''])]);
    const fields = Object.keys(floors).filter((each) => each.startsWith('field ')).sort((left, right) => this.of(left) - this.of(right));
    const seldom = fields[0] ?? '';
    return `${table.toString()}\n${this.different('purpose')} purposes; ${this.different('field')} fields of ${SERVED.length}; of those made of rows the fewest times ${seldom}: ${this.of(seldom)}\n`;
  }
}

/** Every field that a query can lead to, by its coordinate. */
function servedFields(): string[] {
  const found: string[] = [];
  const visit = (name: string): void => {
    const type = SCHEMA.getType(name);
    if (!isObjectType(type) || isIntrospectionType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${name}.${field.name}`;
      if (found.includes(coordinate)) continue;
      found.push(coordinate);
      visit(getNamedType(field.type).name);
    }
  };
  visit('Query');
  return found;
}
const SERVED = servedFields();
/** What is made of rows, and so in more than one way. */
const ROWS = ['Query', 'Member', 'HumanName', 'Contact', 'Code', 'PageInfo', ...RECORD_TYPE_NAMES];
const each = (names: readonly string[], floor: number): Record<string, number> => Object.fromEntries(names.map((name) => [name, floor]));
export const WHOLE = 5_000;

/** How often a run of 5,000 operations tries each of these at the least. */
export const FLOORS: Readonly<Record<string, number>> = {
  'answer with data': 2_000, 'answer with rows': 1_500, 'statements of its own': 600, 'members at one level': 600, 'members with restrictions': 1_000, 'labels released': 100,
  alias: 2_000, 'alias that is another field\'s name': 1_000, 'one field twice, with other arguments': 250, 'inline fragment': 1_000, 'named fragment': 1_000, 'fragment spread again': 200,
  'fragment within a fragment': 500, 'fragment on the interface': 300, 'fragment on a type within the interface': 80, __typename: 1_000, '@include': 800, '@skip': 800, 'directive with a variable': 800,
  variable: 2_000, 'default of a variable': 250, filter: 800, orderBy: 400, first: 1_500, 'several roots': 800, 'long operation': 100,
  'next page': 200, 'next page within a member': 50, 'bad cursor': 40, 'bad page size': 50, 'bad variable': 40, 'member that nobody has': 150,
  'asked again with other values': 500, 'asked again by another': 300,
  'refused as a whole': 400, 'error beside data': 30, 'null for an error': 100, FORBIDDEN: 400, BAD_USER_INPUT: 150, PURPOSE_NOT_PERMITTED: 20, NOT_FOUND: 40,
  'withheld line': 300, obligation: 100, 'under a grant': 400, 'under a grant, with rows': 200, emergency: 150,
  ...each(ROLES.map((role) => `role ${role}`), 60),
  ...each(['TREAT', 'COC', 'ETREAT', 'BTG', 'HPAYMT', 'HOPERAT', 'CAREMGT', 'CLMATTCH', 'COVERAGE', 'REMITADV', 'HMARKT', 'HRESCH', 'PUBHLTH', 'HCOMPL', 'PATRQT', 'FAMRQT', 'PWATRNY'].map((purpose) => `purpose ${purpose}`), 15),
  ...each(SERVED.filter((coordinate) => ROWS.includes(coordinate.split('.')[0] ?? '')).map((coordinate) => `field ${coordinate}`), 8),
};
