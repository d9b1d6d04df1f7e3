import {
  averageUniqueness,
  type Bars,
  barrierTargets,
  metaLabels,
  selectEvents,
  tripleBarrier,
} from '@millrace/quant';
import type { LabelSettings } from './label-settings.ts';

/** Labels of bars whose outcome is known. Columns of equal length. */
export interface LabelledBars {
  /** The bar at whose close the prediction would be made. */
  readonly index: Int32Array;
  /** The bar at whose close the outcome is known. */
  readonly end: Int32Array;
  readonly labels: Uint8Array;
  /** Labels that overlap share their outcome, and weigh less. */
  readonly weights: Float64Array;
}

/** Bars at the end of the data whose outcome is not known yet have no label, not 0. */
export function labelBars(bars: Bars, settings: LabelSettings): LabelledBars {
  if (settings.kind === 'next-day') return labelNextDay(bars.close);
  const targets = barrierTargets(bars, { kind: 'deviation', span: settings.span });
  const everyDay = new Int8Array(bars.close.length).fill(1);
  const { events } = selectEvents(everyDay, targets);
  const outcomes = tripleBarrier(bars, events, settings);
  return {
    index: outcomes.index,
    end: outcomes.end,
    labels: metaLabels(outcomes, settings.cost),
    weights: averageUniqueness(outcomes.index, outcomes.end),
  };
}

function labelNextDay(close: Float64Array): LabelledBars {
  const index = Int32Array.from({ length: close.length - 1 }, (_, at) => at);
  return {
    index,
    end: index.map((at) => at + 1),
    labels: Uint8Array.from(index, (at) => ((close[at + 1] ?? 0) > (close[at] ?? 0) ? 1 : 0)),
    weights: new Float64Array(index.length).fill(1),
  };
}
