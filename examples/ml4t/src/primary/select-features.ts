import { type FeatureTable, requireFeatures } from '@millrace/quant';

/**
 * The named columns in the order of the names.
 * @throws MillraceError FEATURES_MISMATCH where one is missing
 */
export function selectFeatures(table: FeatureTable, names: readonly string[]): FeatureTable {
  const found = names.flatMap((name) => {
    const column = table.columns[table.names.indexOf(name)];
    return column === undefined ? [] : [{ name, column }];
  });
  requireFeatures(
    found.map(({ name }) => name),
    names,
  );
  return { names, columns: found.map(({ column }) => column) };
}
