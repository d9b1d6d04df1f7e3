import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MillraceError } from '@millrace/core';
import { requireWhole } from '../base/require.ts';
import type { Samples } from '../validation/samples.ts';
import { type ModelSpec, requireBothClasses } from './fit-body.ts';
import type { FitAnswer, FitReply, FitRequest } from './fit-message.ts';
import type { OnRound } from './fit-round.ts';
import type { MetaModel } from './meta-model.ts';
import { modelOf } from './model-of.ts';

export interface TrainerOptions {
  /** Threads at most, each begun when it is needed. Default one per core, at most 4. */
  readonly threads?: number;
}

export interface FitOptions {
  /** Rows of the samples to learn from, rising. Default all. */
  readonly rows?: Int32Array;
  /** Gives the fit up, and ends the thread that was at it. */
  readonly signal?: AbortSignal;
  /** Hears of each tree of boosted trees while the fit goes on. */
  readonly onRound?: OnRound;
}

interface Waiting {
  readonly request: FitRequest;
  readonly onRound: OnRound | undefined;
  resolve(model: MetaModel): void;
  reject(error: unknown): void;
}

/** Beside this file in the sources, and beside the bundle, which ends in `.js`, in the package. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? './fit-worker.ts' : './fit-worker.js',
  import.meta.url,
);

/** Fits models on other threads, so that this one goes on predicting. Close it, or `await using` it. */
export class Trainer implements AsyncDisposable {
  readonly #threads: number;
  readonly #queue: Waiting[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();

  /** @throws MillraceError QUANT_ARGUMENT */
  constructor({ threads }: TrainerOptions = {}) {
    this.#threads = requireWhole('threads', threads ?? Math.min(4, availableParallelism()), 1);
  }

  /**
   * The model that `fitModel` would give. Waits for a free thread.
   * @param samples from `shareSamples`, unless copying them for each fit does not matter
   * @throws MillraceError TRAINING_ONE_CLASS, QUANT_ARGUMENT, TRAINING_WORKER_FAILED, or the reason of the signal
   */
  async fit(
    samples: Samples,
    spec: ModelSpec,
    { rows = Int32Array.from(samples.labels.keys()), signal, onRound }: FitOptions = {},
  ): Promise<MetaModel> {
    signal?.throwIfAborted();
    requireBothClasses(samples, rows);
    const { promise, resolve, reject } = Promise.withResolvers<MetaModel>();
    const request = { samples, rows, spec, tellsRounds: onRound !== undefined };
    const waiting = { request, onRound, resolve, reject };
    const giveUp = (): void => this.#giveUp(waiting, signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#queue.push(waiting);
    this.#next();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the threads; what they do fails. */
  async close(): Promise<void> {
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    const unfinished = [...this.#queue.splice(0), ...this.#busy.values()];
    this.#busy.clear();
    for (const { reject } of unfinished) reject(workerFailed('the trainer was closed'));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #next(): void {
    const isFull = this.#busy.size >= this.#threads;
    const waiting = isFull ? undefined : this.#queue.shift();
    if (waiting === undefined) return;
    const worker = this.#idle.pop() ?? this.#begin();
    worker.ref();
    this.#busy.set(worker, waiting);
    worker.postMessage(waiting.request);
  }

  #begin(): Worker {
    const worker = new Worker(PROGRAM, { name: 'quant-fit' });
    worker.on('message', (reply: FitReply) => {
      const waiting = this.#busy.get(worker);
      // Given up while its answer was on the way.
      if (waiting === undefined) return;
      if ('round' in reply) {
        waiting.onRound?.(reply.round);
        return;
      }
      this.#busy.delete(worker);
      this.#idle.push(worker);
      // A process that has nothing else to do may end.
      worker.unref();
      if (reply.ok) waiting.resolve(modelOf(reply.body));
      else waiting.reject(failed(reply));
      this.#next();
    });
    worker.on('error', (cause) => this.#lost(worker, 'it ended with an error', cause));
    worker.on('exit', (code) => this.#lost(worker, `it ended with code ${code}`));
    return worker;
  }

  #giveUp(waiting: Waiting, reason: unknown): void {
    waiting.reject(reason);
    const queued = this.#queue.indexOf(waiting);
    if (queued >= 0) this.#queue.splice(queued, 1);
    for (const [worker, current] of this.#busy) {
      if (current !== waiting) continue;
      this.#busy.delete(worker);
      void worker.terminate();
    }
    this.#next();
  }

  #lost(worker: Worker, message: string, cause?: unknown): void {
    const waiting = this.#busy.get(worker);
    this.#busy.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
    waiting?.reject(workerFailed(message, cause));
    this.#next();
  }
}

function failed({ code, message }: Extract<FitAnswer, { ok: false }>): MillraceError {
  if (code !== undefined) return new MillraceError(code, message);
  return workerFailed(message);
}

function workerFailed(message: string, cause?: unknown): MillraceError {
  return new MillraceError('TRAINING_WORKER_FAILED', `the training thread failed: ${message}`, {
    cause,
  });
}
