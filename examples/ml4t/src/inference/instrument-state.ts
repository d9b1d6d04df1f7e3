import {
  type Bar,
  type Bars,
  barAt,
  FeatureEngine,
  PRICE_FEATURES,
  type PushOutcome,
  type Regime,
  ToxicityRank,
  Vpin,
} from '@millrace/quant';
import type { Settings } from '../config/settings.ts';
import type { BarCounts } from '../events/inference-result.ts';
import { firstNewBar } from './first-new-bar.ts';
import { RegimeReader } from './regime-reader.ts';

type Counts = { -readonly [Name in keyof BarCounts]: BarCounts[Name] };

/** What is computed of one instrument. Each new bar costs the same, however many were seen. */
export class InstrumentState {
  readonly #settings: Settings;
  readonly #bucketVolume: number;
  #features = new FeatureEngine();
  #regimes = new RegimeReader();
  #vpin: Vpin;
  #rank = new ToxicityRank();
  #toxicity: number | null = null;
  #lastTime = Number.NEGATIVE_INFINITY;
  #isReady = false;

  constructor(instrumentId: string, settings: Settings) {
    this.#settings = settings;
    const { bucketVolume, bucketVolumes } = settings.vpin;
    this.#bucketVolume = bucketVolumes[instrumentId] ?? bucketVolume;
    this.#vpin = this.#newVpin();
  }

  /** When the newest bar taken ended, in milliseconds; -Infinity before the first. */
  get lastTime(): number {
    return this.#lastTime;
  }

  /** Features in the order of `PRICE_FEATURES`; undefined until all are known. Overwritten by the next bar. */
  get row(): Readonly<Float64Array> | undefined {
    return this.#isReady ? this.#features.row : undefined;
  }

  /** Average true range over the close, by which labels are scaled; undefined until it is known. */
  get target(): number | undefined {
    return this.row?.[PRICE_FEATURES.indexOf('atr_ratio')];
  }

  get regime(): Regime | undefined {
    return this.#regimes.regime;
  }

  get toxicity(): number | null {
    return this.#toxicity;
  }

  /** Takes those bars that are new, and tells what became of them. */
  take(bars: Bars): BarCounts {
    const counts: Counts = { ...NOTHING };
    let from = 0;
    if (this.#lastTime !== Number.NEGATIVE_INFINITY) {
      const found = firstNewBar(bars.time, this.#lastTime);
      if (found === undefined) {
        this.#beginAnew();
        counts.resynchronised = true;
      }
      from = found ?? 0;
    }
    for (let at = from; at < bars.time.length; at++) this.#push(barAt(bars, at), counts);
    return counts;
  }

  #push(bar: Bar, counts: Counts): void {
    const before = this.#lastTime;
    const outcome = this.#features.push(bar);
    if (!isTaken(outcome)) {
      if (outcome === 'duplicate') counts.duplicate += 1;
      else if (outcome === 'out-of-order') counts.outOfOrder += 1;
      else counts.faulty += 1;
      return;
    }
    this.#isReady = outcome === 'ready';
    this.#lastTime = bar.time;
    this.#regimes.push(bar);
    const { toxicity } = this.#settings.vpin;
    const value = this.#vpin.push(bar);
    this.#toxicity = toxicity === 'rank' ? this.#rank.push(value) : value;
    counts.taken += 1;
    if (bar.volume === 0) counts.withoutVolume += 1;
    if (bar.time - before > this.#settings.barIntervalMs && Number.isFinite(before))
      counts.gaps += 1;
  }

  /** What is missing between two stretches would be taken for one move of the price. */
  #beginAnew(): void {
    this.#features = new FeatureEngine();
    this.#regimes = new RegimeReader();
    this.#vpin = this.#newVpin();
    this.#rank = new ToxicityRank();
    this.#toxicity = null;
    this.#lastTime = Number.NEGATIVE_INFINITY;
    this.#isReady = false;
  }

  #newVpin(): Vpin {
    const { buckets, classification } = this.#settings.vpin;
    return new Vpin({ bucketVolume: this.#bucketVolume, buckets, classification });
  }
}

const NOTHING: BarCounts = {
  taken: 0,
  duplicate: 0,
  outOfOrder: 0,
  faulty: 0,
  gaps: 0,
  withoutVolume: 0,
  resynchronised: false,
  replayed: false,
};

const isTaken = (outcome: PushOutcome): outcome is 'ready' | 'warming' =>
  outcome === 'ready' || outcome === 'warming';
