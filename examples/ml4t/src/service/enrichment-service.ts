import type { ModelStore } from '@millrace/quant';
import { systemTime, type TimeSource } from '../base/time-source.ts';
import type { Settings } from '../config/settings.ts';
import type { Inference, InferenceResult } from '../events/inference-result.ts';
import type { SignalEvent } from '../events/signal-event.ts';
import type { AccountView } from '../inference/account-view.ts';
import type { InferenceCounts } from '../inference/inference-counts.ts';
import { InferenceEngine } from '../inference/inference-engine.ts';
import type { LiveModel } from '../models/live-model.ts';
import { ModelSlot } from '../models/model-slot.ts';
import { type NoModel, readLiveModel } from '../models/read-live-model.ts';
import { OpenSignals } from '../outcomes/open-signals.ts';
import { isRight } from '../outcomes/outcome.ts';
import { SampleBuffer } from '../outcomes/sample-buffer.ts';
import { RetrainMonitor } from '../retrain/retrain-monitor.ts';
import type { RetrainTrigger } from '../retrain/retrain-trigger.ts';
import { Retrainer } from '../retrain/retrainer.ts';
import type { OnAlert } from './alert.ts';
import { triggerAlert } from './trigger-alert.ts';

export interface ServiceParts {
  readonly settings: Settings;
  readonly store: ModelStore;
  /** Of the model in the store. */
  readonly name: string;
  readonly alert: OnAlert;
  readonly time?: TimeSource;
  readonly account?: AccountView;
  /** Where the signals come from, such as `generated`; kept with each retrained model. */
  readonly origin?: string;
}

/**
 * Enriches signals, learns what became of them, and retrains the model when it no longer fits. `enrich` is the direct call
 * that is served whatever becomes of a bus. Close it: it holds a thread.
 */
export class EnrichmentService implements AsyncDisposable {
  readonly #parts: ServiceParts;
  readonly #slot = new ModelSlot();
  readonly #engine: InferenceEngine;
  readonly #open: OpenSignals;
  readonly #buffer: SampleBuffer;
  readonly #monitor: RetrainMonitor;
  readonly #retrainer: Retrainer;
  readonly #triggers: RetrainTrigger[] = [];
  #refusedBefore = '';

  constructor(parts: ServiceParts) {
    this.#parts = parts;
    const { settings, time = systemTime, store, name, account, origin = 'unknown' } = parts;
    this.#engine = new InferenceEngine({
      settings,
      slot: this.#slot,
      time,
      ...(account === undefined ? {} : { account }),
    });
    this.#open = new OpenSignals(settings);
    this.#buffer = new SampleBuffer(this.features, settings.monitor.keep);
    this.#monitor = new RetrainMonitor(settings, null);
    this.#retrainer = new Retrainer({
      ...{ slot: this.#slot, store, name, time, origin },
      freshShare: settings.monitor.freshShare,
      minSamples: settings.retrainMinSamples,
      samples: () => this.#buffer.samples(),
      onChange: (trigger) => this.#changed(trigger),
    });
  }

  /** Names of what the model sees, in their order. */
  get features(): readonly string[] {
    return [...this.#parts.settings.featureNames, 'side'];
  }

  get counts(): InferenceCounts {
    return this.#engine.counts;
  }

  /** `name@version` in use; null without a model. */
  get modelId(): string | null {
    return this.#slot.current?.id ?? null;
  }

  /** How the model in use does. */
  get monitor(): Pick<RetrainMonitor, 'baseline' | 'current' | 'seen'> {
    return this.#monitor;
  }

  /** Triggers that ended, oldest first; the last hundred. */
  get triggers(): readonly RetrainTrigger[] {
    return this.#triggers;
  }

  /** Whether a retraining waits or goes on. */
  get isRetraining(): boolean {
    return this.#retrainer.isBusy;
  }

  /** Outcomes that a retraining could learn from. */
  get samples(): number {
    return this.#buffer.count;
  }

  /**
   * Puts the promoted model in use, unless it is already. One that cannot be used is refused with an alert; what is in
   * use stays, and without any the default confidence is given.
   */
  async refreshModel(): Promise<void> {
    const { store, name } = this.#parts;
    const present = this.#slot.current;
    const promoted = await store.promoted(name).catch(() => undefined);
    if (present !== undefined && present.version === promoted) return;
    const read = await readLiveModel(store, name, { features: this.features });
    // A retraining that ended meanwhile is newer than what was read.
    if (this.#slot.current !== present) return;
    if (read.ok) {
      this.#refusedBefore = '';
      this.#slot.swap(read.live);
      this.#monitor.restart(read.live.baseline);
      this.#warnOfOtherData(read.live);
    } else this.#refuse(read.problem);
  }

  #refuse({ reason, message }: NoModel): void {
    if (message === this.#refusedBefore) return;
    this.#refusedBefore = message;
    const { settings, alert } = this.#parts;
    const goesOn =
      this.modelId === null
        ? `confidence is ${settings.defaultConfidence} until there is one`
        : `${this.modelId} stays in use`;
    alert({ kind: 'model-refused', message: `${reason}: ${message}; ${goesOn}` });
  }

  /** What is learned from generated bars holds for no market. */
  #warnOfOtherData({ id, tags }: LiveModel): void {
    const { origin, alert } = this.#parts;
    if (origin === 'generated' || !tags.includes('generated')) return;
    const message = `${id} was trained on GENERATED bars: what it learned holds for no market`;
    alert({ kind: 'model-of-other-data', message });
  }

  /** The answer, at once and in the calling thread. */
  enrich(event: SignalEvent): Inference {
    const inference = this.#engine.process(event);
    if (inference.kind === 'enriched') this.#learn(inference);
    return inference;
  }

  /** Asks for a retraining by hand. @returns false where one is on its way */
  retrain(): boolean {
    const { baseline, current } = this.#monitor;
    return this.#retrainer.request({ reason: 'manual', baseline, current });
  }

  /** Resolves once no retraining waits any more. */
  settled(): Promise<void> {
    return this.#retrainer.settled();
  }

  close(): Promise<void> {
    return this.#retrainer.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #learn(result: InferenceResult): void {
    const { instrumentId, bars } = result.enriched.event;
    for (const outcome of this.#open.resolve(instrumentId, bars)) {
      this.#buffer.push(outcome);
      const isOwn = outcome.modelId !== null && outcome.modelId === this.modelId;
      this.#monitor.outcome(isOwn ? isRight(outcome) : undefined);
    }
    this.#open.add(result, this.#engine.targetOf(instrumentId));
    this.#monitor.bars(result.bars.taken);
    if (this.#retrainer.isBusy || this.#buffer.count < this.#parts.settings.retrainMinSamples)
      return;
    const due = this.#monitor.due();
    if (due !== undefined) this.#retrainer.request(due);
  }

  #changed(trigger: RetrainTrigger): void {
    if (trigger.state === 'completed' || trigger.state === 'failed') {
      this.#triggers.push(trigger);
      if (this.#triggers.length > 100) this.#triggers.shift();
      this.#monitor.restart(this.#slot.current?.baseline ?? null);
    }
    const alert = triggerAlert(trigger);
    if (alert !== undefined) this.#parts.alert(alert);
  }
}
