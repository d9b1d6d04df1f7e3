import { type FeatureTable, populationStability, requireFeatures } from '@millrace/quant';
import type { Drift } from './drift.ts';

/**
 * The same as the stage `MeasureDrift` of `@millrace/quant`, for days that come after a training.
 * @param threshold mean index above which it alerts
 * @throws MillraceError FEATURES_MISMATCH, SERIES_TOO_SHORT
 */
export function measureDrift(
  trained: FeatureTable,
  recent: FeatureTable,
  threshold: number,
): Drift {
  requireFeatures(recent.names, trained.names);
  const none = new Float64Array();
  const byFeature = Object.fromEntries(
    trained.names.map((name, at): [string, number] => [
      name,
      populationStability(trained.columns[at] ?? none, recent.columns[at] ?? none),
    ]),
  );
  const indexes = Object.values(byFeature);
  const mean = indexes.reduce((sum, index) => sum + index, 0) / indexes.length;
  return { byFeature, mean, isAlert: mean > threshold };
}
