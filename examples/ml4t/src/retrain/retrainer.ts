import { type ModelStore, type Samples, Trainer } from '@millrace/quant';
import { messageOf } from '../base/message-of.ts';
import type { TimeSource } from '../base/time-source.ts';
import type { ModelSlot } from '../models/model-slot.ts';
import { RetrainQueue } from './retrain-queue.ts';
import {
  advance,
  createTrigger,
  type RetrainTrigger,
  type TriggerRequest,
} from './retrain-trigger.ts';
import { trainCandidate } from './train-candidate.ts';

export interface RetrainerParts {
  readonly slot: ModelSlot;
  readonly store: ModelStore;
  readonly name: string;
  readonly time: TimeSource;
  readonly freshShare: number;
  readonly minSamples: number;
  readonly origin: string;
  /** The newest samples with a known outcome. */
  readonly samples: () => Samples;
  /** Hears of every change of a trigger. */
  readonly onChange: (trigger: RetrainTrigger) => void;
}

/**
 * Serves triggers one after the other with one training thread. Swaps the model in use when a candidate is better.
 * Close it: it holds a thread.
 */
export class Retrainer implements AsyncDisposable {
  readonly #parts: RetrainerParts;
  readonly #trainer = new Trainer({ threads: 1 });
  readonly #queue = new RetrainQueue();
  #busy: Promise<void> | undefined;
  #current: RetrainTrigger | undefined;
  #created = 0;
  #isClosed = false;

  constructor(parts: RetrainerParts) {
    this.#parts = parts;
  }

  /** Whether a trigger waits or is being served. */
  get isBusy(): boolean {
    return this.#busy !== undefined;
  }

  /** @returns false where one for the same reason waits or is being served already, or after the close */
  request(request: TriggerRequest): boolean {
    const isKnown = this.#queue.has(request.reason) || this.#current?.reason === request.reason;
    if (isKnown || this.#isClosed) return false;
    const { time } = this.#parts;
    this.#created += 1;
    const created = createTrigger(this.#created, request, time.nowMs());
    this.#tell(created);
    const queued = this.#tell(advance(created, { kind: 'queue', atMs: time.nowMs() }));
    if (queued.state === 'queued') this.#queue.push(queued);
    this.#busy ??= this.#serve();
    return true;
  }

  /** Resolves once nothing waits any more. */
  async settled(): Promise<void> {
    await this.#busy;
  }

  /** Gives up what is being trained. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#trainer.close();
    await this.#busy;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #serve(): Promise<void> {
    for (let next = this.#queue.next(); next !== undefined; next = this.#queue.next()) {
      const { time } = this.#parts;
      const processing = this.#tell(advance(next, { kind: 'begin', atMs: time.nowMs() }));
      this.#current = processing;
      const change = await this.#train(processing).catch((error: unknown) => ({
        kind: 'fail' as const,
        why: messageOf(error),
      }));
      this.#current = undefined;
      this.#tell(advance(processing, { ...change, atMs: time.nowMs() }));
    }
    this.#busy = undefined;
  }

  async #train({ id }: RetrainTrigger) {
    const { slot, store, name, freshShare, minSamples, origin } = this.#parts;
    if (this.#isClosed) return { kind: 'fail', why: 'the service was closed' } as const;
    const samples = this.#parts.samples();
    const { length } = samples.labels;
    if (length < minSamples) {
      const why = `got ${length} samples with a known outcome, needed at least ${minSamples}`;
      return { kind: 'fail', why } as const;
    }
    const candidate = await trainCandidate(
      { samples, present: slot.current, freshShare, lineageId: `retrain-${id}`, origin },
      { trainer: this.#trainer, store, name },
    );
    const { live, comparison } = candidate;
    if (candidate.isBetter) slot.swap(live);
    const kind = candidate.isBetter ? 'swapped' : 'kept-out';
    return { kind: 'complete', end: { kind, modelId: live.id, comparison } } as const;
  }

  #tell<T extends RetrainTrigger>(trigger: T): T {
    this.#parts.onChange(trigger);
    return trigger;
  }
}
