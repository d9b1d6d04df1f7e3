import { requireSameLength } from '../base/require.ts';

/** Features of samples as columns of equal length. */
export interface FeatureTable {
  readonly names: readonly string[];
  /** In the order of the names. NaN where a feature is not known. */
  readonly columns: readonly Float64Array[];
}

/** @throws MillraceError COLUMNS_UNEQUAL */
export function featureTable(columns: Readonly<Record<string, Float64Array>>): FeatureTable {
  requireSameLength(columns);
  return { names: Object.keys(columns), columns: Object.values(columns) };
}

/**
 * The table with one more feature, the last.
 * @throws MillraceError COLUMNS_UNEQUAL
 */
export function addFeature(table: FeatureTable, name: string, column: Float64Array): FeatureTable {
  requireSameLength({ features: table.columns[0] ?? column, [name]: column });
  return { names: [...table.names, name], columns: [...table.columns, column] };
}

export function rowCount({ columns }: FeatureTable): number {
  return columns[0]?.length ?? 0;
}

/** The rows with these indexes, in their order. Copies. */
export function takeRows({ names, columns }: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  const taken = columns.map((column) =>
    Float64Array.from(rows, (row) => column[row] ?? Number.NaN),
  );
  return { names, columns: taken };
}

/** One row, in the order of the names. */
export function rowOf({ columns }: FeatureTable, row: number): Float64Array {
  return Float64Array.from(columns, (column) => column[row] ?? Number.NaN);
}
