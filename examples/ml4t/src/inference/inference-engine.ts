import {
  checkRisk,
  PRICE_FEATURES,
  positionSize,
  type RiskDecision,
  regimeWeight,
} from '@millrace/quant';
import { systemTime, type TimeSource } from '../base/time-source.ts';
import type { Settings } from '../config/settings.ts';
import { EnrichedSignalEvent } from '../events/enriched-signal-event.ts';
import type { BarCounts, ConfidenceSource, Inference } from '../events/inference-result.ts';
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

/** The range or a volatile market would weigh more; while the regime is unknown, the least there is. */
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
    if (refusal !== undefined) {
      const { instrumentId } = event;
      return this.counts.count({ kind: 'refused', instrumentId, ...refusal });
    }
    const live = this.#slot.current;
    const { state, isReplay } = this.#states.for(event);
    const taken = state.take(event.bars);
    const bars: BarCounts = isReplay ? { ...taken, replayed: true } : taken;
    const features = this.#rowOf(state, event);
    const featured = this.#time.nowNs();
    const confidenceFrom = sourceOf(live, state, event);
    const metaConfidence =
      confidenceFrom === 'model' && live !== undefined
        ? live.model.predict(features)
        : this.#settings.defaultConfidence;
    const predicted = this.#time.nowNs();
    const { regime, toxicity } = state;
    const weight = regime === undefined ? UNKNOWN_REGIME_WEIGHT : regimeWeight(regime);
    const size = positionSize({
      signal: event.signal,
      confidence: metaConfidence,
      regimeWeight: weight,
      toxicity,
    });
    const risk = this.#limit(event.instrumentId, size);
    const totalNs = this.#time.nowNs() - started;
    const answer = { event, metaConfidence, regimeWeight: weight, toxicity, latencyNs: totalNs };
    return this.counts.count({
      kind: 'enriched',
      enriched: new EnrichedSignalEvent(answer),
      featureNs: featured - started,
      predictionNs: predicted - featured,
      totalNs,
      modelAvailable: live !== undefined,
      modelId: confidenceFrom === 'model' && live !== undefined ? live.id : null,
      confidenceFrom,
      features,
      size,
      risk,
      bars,
      late: totalNs > this.#timeoutNs,
    });
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

  #limit(id: string, wanted: number): RiskDecision {
    return checkRisk(this.#account.state, [{ id, held: this.#account.held(id), wanted }]);
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
