import type { Settings } from '../config/settings.ts';
import { RollingAccuracy } from '../outcomes/rolling-accuracy.ts';
import type { TriggerRequest } from './retrain-trigger.ts';

/** Rounding of the two accuracies must not decide whether a drop reaches the threshold. */
const ROUNDING = 1e-9;

/** Whether accuracy fell from the baseline by the threshold or more. */
export const isDegraded = (baseline: number, current: number, threshold: number): boolean =>
  baseline - current >= threshold - ROUNDING;

/**
 * Decides when to retrain: from the accuracy of the model in use, from the number of outcomes, from the number of bars.
 * Only decides: the trigger is queued by the caller, who says when it is dealt with.
 */
export class RetrainMonitor {
  readonly #settings: Settings;
  readonly #accuracy: RollingAccuracy;
  #baseline: number | null;
  #outcomes = 0;
  #bars = 0;

  /** @param baseline accuracy of the model in use at its validation; null without a model */
  constructor(settings: Settings, baseline: number | null) {
    this.#settings = settings;
    this.#baseline = baseline;
    this.#accuracy = new RollingAccuracy(settings.monitor.window, settings.monitor.least);
  }

  get baseline(): number | null {
    return this.#baseline;
  }

  /** Rolling accuracy of the model in use; null with too few outcomes. */
  get current(): number | null {
    return this.#accuracy.value ?? null;
  }

  /** Outcomes in the rolling window. */
  get seen(): number {
    return this.#accuracy.count;
  }

  /** @param isRight of the model in use; undefined for an outcome of the default or of an earlier model */
  outcome(isRight: boolean | undefined): void {
    this.#outcomes += 1;
    if (isRight !== undefined) this.#accuracy.push(isRight);
  }

  bars(count: number): void {
    this.#bars += count;
  }

  /** Why to retrain now, the most urgent reason; undefined if there is none. */
  due(): TriggerRequest | undefined {
    const { retrainAccuracyDropThreshold, retrainSampleCount, retrainIntervalBars } =
      this.#settings;
    const facts = { baseline: this.#baseline, current: this.current };
    const { baseline, current } = facts;
    if (
      baseline !== null &&
      current !== null &&
      isDegraded(baseline, current, retrainAccuracyDropThreshold)
    )
      return { reason: 'accuracy_degradation', priority: 1, ...facts };
    if (retrainSampleCount !== undefined && this.#outcomes >= retrainSampleCount)
      return { reason: 'sample_count', ...facts };
    if (retrainIntervalBars !== undefined && this.#bars >= retrainIntervalBars)
      return { reason: 'time_interval', priority: 3, ...facts };
    return undefined;
  }

  /** A retraining ended: everything is counted anew, so that the same outcomes do not ask for another one. */
  restart(baseline: number | null): void {
    this.#baseline = baseline;
    this.#accuracy.clear();
    this.#outcomes = 0;
    this.#bars = 0;
  }
}
