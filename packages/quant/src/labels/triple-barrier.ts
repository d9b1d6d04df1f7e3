import type { Bars } from '../bars/bars.ts';
import type { BarrierEvents } from './barrier-events.ts';
import { type BarrierOptions, checkBarriers } from './barrier-options.ts';
import { TOUCH, type WalkEnd, walkBars, walkCloses } from './barrier-walk.ts';

/** Outcomes of events, in the order of the events. Columns of equal length. */
export interface BarrierLabels {
  /** Index of the entry bar. */
  readonly index: Int32Array;
  /** Index of the bar at which the outcome is known (t1). */
  readonly end: Int32Array;
  /** A value of {@link TOUCH}. */
  readonly touch: Uint8Array;
  /** Return from the entry to the exit, signed by the side: above 0 the side made money. */
  readonly outcome: Float64Array;
  readonly side: Int8Array;
  readonly target: Float64Array;
  /** Events whose horizon lies beyond the data and that touched nothing: excluded, since nobody knows their outcome. */
  readonly unresolved: number;
}

/**
 * Triple-barrier labels: entry at the close of the event's bar, barriers at `takeProfit` and `stopLoss` targets of the
 * signed return, and a vertical one `horizon` bars on, that bar included. The entry bar never touches. About .3 us an
 * event of 10 bars. Source: M. López de Prado, Advances in Financial Machine Learning (2018), ch. 3.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function tripleBarrier(
  bars: Bars,
  events: BarrierEvents,
  options: BarrierOptions,
): BarrierLabels {
  checkBarriers(options);
  const labels = allocate(events.index.length);
  const walk = options.mode === 'close' ? walkCloses : walkBars;
  const last = bars.close.length - 1;
  const end: WalkEnd = { at: 0, touch: TOUCH.vertical, outcome: 0, touched: false };
  let kept = 0;
  for (let event = 0; event < events.index.length; event++) {
    const start = events.index[event] as number;
    const side = events.side[event] as number;
    const target = events.target[event] as number;
    const entry = bars.close[start] as number;
    const vertical = start + options.horizon;
    const upper = options.takeProfit > 0 ? options.takeProfit * target : Number.POSITIVE_INFINITY;
    const reach = options.stopLoss > 0 ? options.stopLoss * target : Number.POSITIVE_INFINITY;
    const to = Math.min(vertical, last);
    walk(bars, { entry, side, upper, reach, from: start + 1, to }, options, end);
    if (!end.touched && vertical > last) continue;
    labels.index[kept] = start;
    labels.end[kept] = end.touched ? end.at : vertical;
    labels.touch[kept] = end.touched ? end.touch : TOUCH.vertical;
    labels.outcome[kept] = end.touched
      ? end.outcome
      : side * ((bars.close[vertical] as number) / entry - 1);
    labels.side[kept] = side;
    labels.target[kept] = target;
    kept += 1;
  }
  return cut(labels, kept);
}

type Columns = Omit<BarrierLabels, 'unresolved'>;

const allocate = (count: number): Columns => ({
  index: new Int32Array(count),
  end: new Int32Array(count),
  touch: new Uint8Array(count),
  outcome: new Float64Array(count),
  side: new Int8Array(count),
  target: new Float64Array(count),
});

function cut(labels: Columns, kept: number): BarrierLabels {
  return {
    index: labels.index.slice(0, kept),
    end: labels.end.slice(0, kept),
    touch: labels.touch.slice(0, kept),
    outcome: labels.outcome.slice(0, kept),
    side: labels.side.slice(0, kept),
    target: labels.target.slice(0, kept),
    unresolved: labels.index.length - kept,
  };
}
