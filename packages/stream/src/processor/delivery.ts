import { type Clock, toThrownRecord } from '@millrace/core';
import { ask } from '../flow/ask.ts';
import type { Entry } from '../flow/entry.ts';
import { Outbox } from '../flow/outbox.ts';
import type { TakenMessage } from '../flow/routing.ts';
import type { DeadLetter } from '../message/dead-letter.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { MessageSink } from '../message/message-sink.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import type { EventFeed } from '../watch/event-feed.ts';
import type { HealthBoard } from '../watch/health-board.ts';
import type { StreamFunctions } from './stream-options.ts';

interface DeliveryParts<T> {
  readonly sink: MessageSink | undefined;
  readonly deadLetters: MessageSink<DeadLetter> | undefined;
  readonly toSink: StreamFunctions<T>['toSink'];
  readonly settings: StreamSettings;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly events: EventFeed;
  /** Whoever is to have it has it. */
  readonly delivered: (entry: Entry<T>, outcome: MessageOutcome) => void;
}

/** Statuses that tell of a message only that nothing was made of it. */
const UNTOLD: ReadonlySet<string> = new Set(['duplicate', 'dropped']);

/** Brings outcomes to the sink, and failures to the dead letters. */
export class Delivery<T> {
  readonly #parts: DeliveryParts<T>;
  readonly #sink: Outbox | undefined;
  readonly #deadLetters: Outbox | undefined;
  #failures = 0;

  constructor(parts: DeliveryParts<T>) {
    this.#parts = parts;
    this.#sink = this.#outbox('sink', parts.sink);
    this.#deadLetters = this.#outbox('dead-letters', parts.deadLetters as MessageSink | undefined);
  }

  /** Failures of the receivers. */
  get failures(): number {
    return this.#failures;
  }

  get isFull(): boolean {
    const { capacity } = this.#parts.settings.queue;
    return (this.#sink?.size ?? 0) >= capacity || (this.#deadLetters?.size ?? 0) >= capacity;
  }

  add(entry: Entry<T>, outcome: MessageOutcome, taken: TakenMessage<T>): void {
    const { failure } = outcome;
    if (failure !== undefined) return this.#addFailed(entry, outcome, failure);
    if (this.#sink === undefined) return this.#parts.delivered(entry, outcome);
    const asked = ask('toSink', () => this.#valueOf(outcome, taken));
    if (!asked.ok) {
      const { failedStatus: status } = this.#parts.settings;
      return this.#addFailed(entry, { ...outcome, status, failure: asked.failure }, asked.failure);
    }
    if (asked.value === undefined) return this.#parts.delivered(entry, outcome);
    this.#sink.add({
      id: entry.id,
      value: asked.value,
      sent: () => this.#parts.delivered(entry, outcome),
      givenUp: () => this.#givenUp(entry, outcome),
    });
  }

  /** Waits no longer for receivers: what they do not have ends as `unsent`. */
  giveUp(): void {
    this.#sink?.giveUp();
    this.#deadLetters?.giveUp();
  }

  #valueOf(outcome: MessageOutcome, taken: TakenMessage<T>): unknown {
    const { toSink } = this.#parts;
    if (toSink !== undefined) return toSink(outcome, taken);
    return UNTOLD.has(outcome.status) ? undefined : outcome;
  }

  #addFailed(entry: Entry<T>, outcome: MessageOutcome, failure: MessageFailure): void {
    // One that was cancelled has not failed: it comes again.
    if (this.#deadLetters === undefined || outcome.status === 'cancelled') {
      return this.#parts.delivered(entry, outcome);
    }
    const { id, key, value } = entry;
    const letter: DeadLetter = {
      id,
      key,
      value,
      status: outcome.status,
      failure,
      at: this.#parts.clock.now(),
    };
    this.#deadLetters.add({
      id,
      value: letter,
      sent: () => this.#parts.delivered(entry, outcome),
      givenUp: () => this.#givenUp(entry, outcome),
    });
  }

  #givenUp(entry: Entry<T>, outcome: MessageOutcome): void {
    this.#parts.delivered(entry, { ...outcome, status: 'unsent' });
  }

  #outbox(kind: 'sink' | 'dead-letters', sink: MessageSink | undefined): Outbox | undefined {
    if (sink === undefined) return undefined;
    const { clock, settings, health, events } = this.#parts;
    const { name } = sink;
    health.add(kind, name);
    return new Outbox({
      sink,
      clock,
      restart: settings.sinkRestart,
      failed: (error, attempt, delayMs) => {
        this.#failures++;
        const failure = receiverFailure(name, error);
        health.set(kind, name, 'down', failure.message);
        events.tell({ type: 'sink.failed', name, failure, attempt, delayMs });
      },
      recovered: () => {
        health.set(kind, name, 'ok');
        events.tell({ type: 'sink.recovered', name });
      },
    });
  }
}

function receiverFailure(name: string, error: unknown): MessageFailure {
  const thrown = toThrownRecord(error);
  const code = 'STREAM_SINK_FAILED';
  return { code, message: `sink ${JSON.stringify(name)} failed: ${thrown.message}`, thrown };
}
