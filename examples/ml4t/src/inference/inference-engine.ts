import {
  checkRisk,
  PRICE_FEATURES,
  positionSize,
  type Regime,
  regimeWeight,
} from '@millrace/quant';
import { systemTime, type TimeSource } from '../base/time-source.ts';
import type { Settings } from '../config/settings.ts';
import { EnrichedSignalEvent } from '../events/enriched-signal-event.ts';
import type { ConfidenceSource, Inference, InferenceResult } from '../events/inference-result.ts';
import { refusalOf } from '../events/refusal.ts';
import type { SignalEvent } from '../events/signal-event.ts';
import type { LiveModel } from '../models/live-model.ts';
import type { ModelSlot } from '../models/model-slot.ts';
import { type AccountView, flatAccount } from './account-view.ts';
import { InferenceCounts } from './inference-counts.ts';
import type { InstrumentState } from './instrument-state.ts';
import { InstrumentStates } from './instrument-states.ts';

export interface EngineParts {
  readonly settings: Settings;
  readonly slot: ModelSlot;
  readonly time?: TimeSource;
  readonly account?: AccountView;
}

/** What a size rests on. */
interface Reading {
  readonly metaConfidence: number;
  readonly regime: Regime | undefined;
  readonly toxicity: number | null;
}

/** While the regime is unknown, the least that any weighs. */
const UNKNOWN_REGIME_WEIGHT = regimeWeight({ kind: 'volatile', volatility: 'high', confidence: 0 });

const NS_PER_MS = 1e6;

/**
 * Answers signals, one after the other, in the calling thread: microseconds each. The model is read once for each signal,
 * so that exactly one answers it.
 */
export class InferenceEngine {
  readonly counts = new InferenceCounts();
  readonly #settings: Settings;
  readonly #slot: ModelSlot;
  readonly #time: TimeSource;
  readonly #account: AccountView;
  readonly #states: InstrumentStates;
  readonly #columns: readonly number[];
  readonly #timeoutNs: bigint;

  constructor({ settings, slot, time = systemTime, account = flatAccount }: EngineParts) {
    this.#settings = settings;
    this.#slot = slot;
    this.#time = time;
    this.#account = account;
    this.#states = new InstrumentStates(settings);
    this.#columns = settings.featureNames.map((name) => PRICE_FEATURES.indexOf(name));
    this.#timeoutNs = BigInt(Math.round(settings.inferenceTimeoutMs * NS_PER_MS));
  }

  /** Never throws for what a signal holds: what cannot be answered is refused with the reason. */
  process(event: SignalEvent): Inference {
    const started = this.#time.nowNs();
    const refusal = refusalOf(event);
    if (refusal === undefined) return this.counts.count(this.#enrich(event, started));
    const { instrumentId } = event;
    return this.counts.count({ kind: 'refused', instrumentId, ...refusal });
  }

  #enrich(event: SignalEvent, started: bigint): InferenceResult {
    const live = this.#slot.current;
    const { state, isReplay } = this.#states.for(event);
    const taken = state.take(event.bars);
    const features = this.#rowOf(state, event);
    const featured = this.#time.nowNs();
    const confidenceFrom = sourceOf(live, state, event);
    const isAsked = confidenceFrom === 'model' && live !== undefined;
    const metaConfidence = isAsked
      ? live.model.predict(features)
      : this.#settings.defaultConfidence;
    const predicted = this.#time.nowNs();
    const { toxicity } = state;
    const sized = this.#size(event, { metaConfidence, regime: state.regime, toxicity });
    const totalNs = this.#time.nowNs() - started;
    const { regimeWeight: weight, size, risk } = sized;
    const answer = { event, metaConfidence, regimeWeight: weight, toxicity, latencyNs: totalNs };
    return {
      kind: 'enriched',
      enriched: new EnrichedSignalEvent(answer),
      featureNs: featured - started,
      predictionNs: predicted - featured,
      totalNs,
      modelAvailable: live !== undefined,
      modelId: isAsked ? live.id : null,
      ...{ confidenceFrom, features, size, risk },
      bars: isReplay ? { ...taken, replayed: true } : taken,
      late: totalNs > this.#timeoutNs,
    };
  }

  #size({ instrumentId: id, signal }: SignalEvent, { metaConfidence, regime, toxicity }: Reading) {
    const weight = regime === undefined ? UNKNOWN_REGIME_WEIGHT : regimeWeight(regime);
    const confidence = metaConfidence;
    const size = positionSize({ signal, confidence, regimeWeight: weight, toxicity });
    const position = { id, held: this.#account.held(id), wanted: size };
    return { size, regimeWeight: weight, risk: checkRisk(this.#account.state, [position]) };
  }

  /** Average true range over the close at the newest bar of an instrument; undefined until it is known. */
  targetOf(instrumentId: string): number | undefined {
    return this.#states.find(instrumentId)?.target;
  }

  #rowOf(state: InstrumentState, { signal }: SignalEvent): Float64Array {
    const row = new Float64Array(this.#columns.length + 1).fill(Number.NaN);
    const known = state.row;
    if (known !== undefined) {
      for (const [at, column] of this.#columns.entries()) row[at] = known[column] as number;
    }
    row[this.#columns.length] = signal;
    return row;
  }
}

function sourceOf(
  live: LiveModel | undefined,
  state: InstrumentState,
  { signal, bars }: SignalEvent,
): ConfidenceSource {
  if (signal === 0) return 'no-side';
  if (state.lastTime !== bars.time[bars.time.length - 1]) return 'stale-bar';
  if (state.row === undefined) return 'warming';
  return live === undefined ? 'no-model' : 'model';
}
