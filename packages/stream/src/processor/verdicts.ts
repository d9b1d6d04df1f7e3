import { describeValue } from '@millrace/core';
import type { Written } from '../chain/link.ts';
import type { Flight } from '../crew/flight.ts';
import type { Generation } from '../crew/generation.ts';
import { type Asked, ask, wrongAnswer } from '../flow/ask.ts';
import type { TakenMessage } from '../flow/routing.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import { FlightResult } from './flight-result.ts';
import type { StreamFunctions } from './stream-options.ts';

/** What is said of an outcome beside its message. */
export interface Verdict {
  readonly status: string;
  readonly outputs?: Written;
  readonly failure?: MessageFailure;
  readonly degraded?: readonly string[];
  readonly generation?: number;
  readonly group?: string;
}

/** Says what became of messages, by the settings and by what the application says. */
export class Verdicts<T> {
  readonly #settings: Pick<StreamSettings, 'failedStatus' | 'onCriticalFailure'>;
  readonly #status: StreamFunctions<T>['status'];

  constructor(settings: StreamSettings, status: StreamFunctions<T>['status']) {
    this.#settings = settings;
    this.#status = status;
  }

  /** Of a message, or of one of a group, whose way through the pipeline is over. */
  of(flight: Flight, generation: Generation, taken: TakenMessage<T>): Verdict {
    if (flight.failure !== undefined) return this.failed(flight, generation);
    const result = new FlightResult(flight);
    const status = this.#status;
    const asked: Asked<string> =
      status === undefined
        ? { ok: true, value: 'done' }
        : ask('status', () => status(result, taken));
    const { outputs } = result;
    const told = { outputs, generation: generation.number };
    if (!asked.ok) return { ...this.because(asked.failure), ...told };
    if (typeof asked.value === 'string' && asked.value !== '') {
      return { status: asked.value, ...told };
    }
    const wrong = wrongAnswer('status', 'a text', describeValue(asked.value));
    return { ...this.because(wrong), ...told };
  }

  /** A critical stage failed, or it was cancelled. */
  failed(flight: Flight, { number }: Generation): Verdict {
    const { failure, degraded, isCancelled } = flight;
    const { outputs } = new FlightResult(flight);
    const { failedStatus, onCriticalFailure } = this.#settings;
    const stage = failure?.stage ?? '';
    // `__proto__` is an id like any other.
    const rule = Object.hasOwn(onCriticalFailure, stage) ? onCriticalFailure[stage] : undefined;
    const own = typeof rule === 'object' ? rule.status : failedStatus;
    const status = isCancelled ? 'cancelled' : own;
    const told = failure === undefined ? {} : { failure };
    return { status, outputs, generation: number, degraded, ...told };
  }

  /** Something else than a stage failed. */
  because(failure: MessageFailure): Verdict {
    return { status: this.#settings.failedStatus, failure };
  }
}
