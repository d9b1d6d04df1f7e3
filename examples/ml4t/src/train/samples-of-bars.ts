import {
  addFeature,
  averageUniqueness,
  type Bars,
  barrierTargets,
  metaLabels,
  priceFeatures,
  type Samples,
  selectEvents,
  selectSamples,
  tripleBarrier,
} from '@millrace/quant';
import type { Settings } from '../config/settings.ts';
import { selectFeatures } from '../primary/select-features.ts';
import { trendSides } from '../primary/trend-sides.ts';

/** Samples of the primary signal over these bars, as the stages of `pipeline.yaml` make them, in one plain call. */
export function samplesOfBars(
  bars: Bars,
  { featureNames, labels: barriers }: Pick<Settings, 'featureNames' | 'labels'>,
): Samples {
  const sides = trendSides(bars.close);
  const { events } = selectEvents(sides, barrierTargets(bars, { kind: 'atr', window: 14 }));
  const labels = tripleBarrier(bars, events, barriers);
  const features = selectFeatures(priceFeatures(bars), featureNames);
  return selectSamples(
    addFeature(features, 'side', Float64Array.from(sides)),
    labels,
    metaLabels(labels, barriers.cost),
    averageUniqueness(labels.index, labels.end),
  );
}
