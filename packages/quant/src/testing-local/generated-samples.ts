import { generateBars } from '../bars/generate-bars.ts';
import { normals, seededRandom } from '../base/random.ts';
import { featureTable } from '../features/feature-table.ts';
import { priceFeatures } from '../features/price-features.ts';
import { averageUniqueness } from '../labels/average-uniqueness.ts';
import { selectEvents } from '../labels/barrier-events.ts';
import { barrierTargets } from '../labels/barrier-target.ts';
import { metaLabels } from '../labels/meta-label.ts';
import { tripleBarrier } from '../labels/triple-barrier.ts';
import { type Samples, selectSamples } from '../validation/samples.ts';

export interface BarSampleOptions {
  readonly count: number;
  readonly seed: number;
  /** 0: nothing to learn. .5: an edge. */
  readonly persistence: number;
  /** Bars from one event to the next. Default 1. */
  readonly every?: number;
}

/** Generated bars, a long at each event, and whether it made money. */
export function barSamples({ every = 1, ...options }: BarSampleOptions): Samples {
  const bars = generateBars(options);
  const sides = bars.close.map((_, at) => (at % every === 0 ? 1 : 0));
  const { events } = selectEvents(sides, barrierTargets(bars, { kind: 'atr', window: 14 }));
  const labels = tripleBarrier(bars, events, { takeProfit: 2, stopLoss: 2, horizon: 10 });
  const weights = averageUniqueness(labels.index, labels.end);
  return selectSamples(priceFeatures(bars), labels, metaLabels(labels), weights);
}

/** Independent samples whose log odds are a curve of the first two of four features. */
export function curvedSamples(count: number, seed: number, logOdds = 0): Samples {
  const random = seededRandom(seed);
  const normal = normals(random);
  const column = (): Float64Array => Float64Array.from({ length: count }, normal);
  const [a, b, c, d] = [column(), column(), column(), column()];
  const labels = Uint8Array.from(a, (value, at) => {
    const score = logOdds + 1.5 * value + 1.5 * Math.sin(2 * (b[at] as number));
    return random() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const starts = Int32Array.from(labels.keys());
  return {
    features: featureTable({ a, b, c, d }),
    labels,
    weights: new Float64Array(count).fill(1),
    starts,
    ends: starts,
  };
}
