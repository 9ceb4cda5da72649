import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

export type Dialect = 'sqlite' | 'mariadb';

/**
 * How a column is stored, the same on both databases. Text is compared byte by byte without padding (MariaDB's defaults would
 * find `'m-1  '` for `'M-1'`); instants and dates are text in time's order (src/vocabulary/instants.ts); sets are bit masks.
 * A trailing `?` allows NULL: a missing fact.
 */
export type ColumnKind = 'id' | 'code' | 'line' | 'instant' | 'date' | 'text' | 'longtext' | 'json' | 'int' | 'double' | 'flag' | 'mask';
export type ColumnSpec = ColumnKind | `${ColumnKind}?`;
export interface Table<Columns extends Readonly<Record<string, ColumnSpec>> = Readonly<Record<string, ColumnSpec>>> {
  readonly name: string;
  readonly columns: Columns;
  readonly primary: readonly string[];
  readonly indices: readonly (readonly string[])[];
  readonly unique?: readonly (readonly string[])[];
}

type ValueOf<Kind> = Kind extends `${infer Base}?` ? ValueOf<Base> | null
  : Kind extends 'int' | 'double' | 'flag' | 'mask' ? number : string;
/** The row of a table, as it is written and read. */
export type Row<T extends Table> = { -readonly [Name in keyof T['columns']]: ValueOf<T['columns'][Name]> };

export function table<const Columns extends Readonly<Record<string, ColumnSpec>>>(spec: {
  name: string; columns: Columns; primary: readonly (keyof Columns & string)[];
  indices?: readonly (readonly (keyof Columns & string)[])[]; unique?: readonly (readonly (keyof Columns & string)[])[];
}): Table<Columns> {
  return Object.freeze({ indices: [], ...spec });
}

const TEXT = { charset: 'utf8mb4', collation: 'utf8mb4_nopad_bin' } as const;
const LENGTH: Partial<Record<ColumnKind, string>> = { id: '128', code: '64', line: '255', instant: '24', date: '10' };

function columnOptions(spec: ColumnSpec, dialect: Dialect): EntitySchemaColumnOptions {
  const nullable = spec.endsWith('?');
  const kind = (nullable ? spec.slice(0, -1) : spec) as ColumnKind;
  const text = dialect === 'mariadb' ? TEXT : {};
  const length = LENGTH[kind];
  if (length) return { type: 'varchar', length, nullable, ...text };
  if (kind === 'text' || kind === 'json') return { type: 'text', nullable, ...text };
  if (kind === 'longtext') return { type: dialect === 'mariadb' ? 'longtext' : 'text', nullable, ...text };
  if (kind === 'flag' || kind === 'mask') return { type: 'int', nullable, ...(nullable ? {} : { default: 0 }) };
  return { type: kind as 'int' | 'double', nullable };
}

/** The TypeORM entity of a table: clustered by its primary key on both databases (InnoDB as it is, SQLite WITHOUT ROWID). */
export function entityOf(spec: Table, dialect: Dialect): EntitySchema<Record<string, unknown>> {
  const columns = Object.fromEntries(Object.entries(spec.columns).map(([name, kind]) =>
    [name, { ...columnOptions(kind, dialect), primary: spec.primary.includes(name) } satisfies EntitySchemaColumnOptions]));
  return new EntitySchema<Record<string, unknown>>({
    name: spec.name, tableName: spec.name, columns, withoutRowid: true,
    indices: [
      ...spec.indices.map((each) => ({ name: `ix_${spec.name}_${each.join('_')}`.slice(0, 60), columns: [...each] })),
      ...(spec.unique ?? []).map((each) => ({ name: `ux_${spec.name}_${each.join('_')}`.slice(0, 60), columns: [...each], unique: true })),
    ],
  });
}
