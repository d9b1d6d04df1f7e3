import { type Bars, barAt, barFault, metaLabels, sliceBars, tripleBarrier } from '@millrace/quant';
import type { Settings } from '../config/settings.ts';
import type { InferenceResult } from '../events/inference-result.ts';
import type { Outcome } from './outcome.ts';

interface OpenSignal extends Omit<Outcome, 'label' | 'knownMs'> {
  readonly side: number;
  /** Average true range over the close at the entry. */
  readonly target: number;
}

/**
 * Signals whose outcome nobody knows yet. The labels are those of the training, by the same function, over the bars that
 * later signals of the instrument bring.
 */
export class OpenSignals {
  readonly #labels: Settings['labels'];
  readonly #maxInstruments: number;
  readonly #open = new Map<string, OpenSignal[]>();
  #unresolvable = 0;

  constructor({ labels, maxInstruments }: Settings) {
    this.#labels = labels;
    this.#maxInstruments = maxInstruments;
  }

  /** Signals whose bars were lost or cannot be used: they have no outcome. */
  get unresolvable(): number {
    return this.#unresolvable;
  }

  /** Keeps a signal until its outcome is known. Those without a side, or without features, never have one. */
  add(result: InferenceResult, target: number | undefined): void {
    const { enriched, features, modelId, confidenceFrom, bars } = result;
    const { event, metaConfidence } = enriched;
    const isUsable = confidenceFrom === 'model' || confidenceFrom === 'no-model';
    // The same bar once more, as a bus gives it again, is no second experience.
    if (!isUsable || bars.replayed || target === undefined || !(target > 0)) return;
    const beganMs = event.bars.time[event.bars.time.length - 1] as number;
    const open = this.#openOf(event.instrumentId);
    if (open.at(-1)?.beganMs === beganMs) return;
    const side = event.signal;
    open.push({ features, beganMs, confidence: metaConfidence, modelId, side, target });
  }

  /** Outcomes that these bars make known, oldest first; each signal has one at most. */
  resolve(instrumentId: string, bars: Bars): Outcome[] {
    const open = this.#open.get(instrumentId);
    if (open === undefined) return [];
    const outcomes: Outcome[] = [];
    while (open[0] !== undefined) {
      const from = bars.time.lastIndexOf(open[0].beganMs);
      const isLost = from < 0 && (bars.time[0] as number) > open[0].beganMs;
      if (!isLost && (from < 0 || from + this.#labels.horizon >= bars.time.length)) break;
      const outcome = isLost ? undefined : this.#outcomeOf(open[0], bars, from);
      open.shift();
      if (outcome === undefined) this.#unresolvable += 1;
      else outcomes.push(outcome);
    }
    return outcomes;
  }

  #outcomeOf(signal: OpenSignal, all: Bars, from: number): Outcome | undefined {
    const { cost, ...barriers } = this.#labels;
    const bars = sliceBars(all, from, from + barriers.horizon + 1);
    if (!areSound(bars)) return undefined;
    const events = {
      index: Int32Array.of(0),
      side: Int8Array.of(signal.side),
      target: Float64Array.of(signal.target),
    };
    const labels = tripleBarrier(bars, events, barriers);
    const [end] = labels.end;
    if (end === undefined) return undefined;
    const { features, beganMs, confidence, modelId } = signal;
    const label = metaLabels(labels, cost)[0] === 1 ? 1 : 0;
    return { features, beganMs, confidence, modelId, label, knownMs: bars.time[end] as number };
  }

  #openOf(instrumentId: string): OpenSignal[] {
    const known = this.#open.get(instrumentId);
    if (known !== undefined) return known;
    const [first] = this.#open.keys();
    if (this.#open.size >= this.#maxInstruments && first !== undefined) this.#open.delete(first);
    const open: OpenSignal[] = [];
    this.#open.set(instrumentId, open);
    return open;
  }
}

/** Every bar usable, and later than the one before. */
function areSound(bars: Bars): boolean {
  for (let at = 0; at < bars.time.length; at++) {
    if (barFault(barAt(bars, at)) !== undefined) return false;
    if (at > 0 && (bars.time[at] as number) <= (bars.time[at - 1] as number)) return false;
  }
  return true;
}
