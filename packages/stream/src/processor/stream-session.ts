import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Clock, type Logger, toThrownRecord } from '@millrace/core';
import type { StageSite } from '../chain/stage-site.ts';
import type { Generations } from '../crew/generations.ts';
import { type Asked, ask } from '../flow/ask.ts';
import type { Deduplicator } from '../flow/deduplicator.ts';
import type { Entry } from '../flow/entry.ts';
import type { Ledger } from '../flow/ledger.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import type { EventFeed } from '../watch/event-feed.ts';
import type { HealthBoard } from '../watch/health-board.ts';
import { LatencyHistogram } from '../watch/latency-histogram.ts';
import type { EndReason } from '../watch/stream-event.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { Delivery } from './delivery.ts';
import { MessageFlow } from './message-flow.ts';
import { type ReadingEnd, SourceReader } from './source-reader.ts';
import type { StreamOptions } from './stream-options.ts';

interface SessionParts<T> {
  readonly options: StreamOptions<T>;
  readonly settings: StreamSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly site: StageSite;
  readonly ledger: Ledger;
  readonly generations: Generations;
  readonly events: EventFeed;
  readonly health: HealthBoard;
  readonly seen: { readonly ids: Deduplicator; readonly keys: Deduplicator } | undefined;
  /** It wants to stop, by itself. */
  readonly ends: (reason: EndReason, failure?: MessageFailure) => void;
}

type Ended = (outcome: MessageOutcome) => void;

/** One start of a stream, until its stop. */
export class StreamSession<T> {
  readonly #parts: SessionParts<T>;
  readonly #flow: MessageFlow<T>;
  readonly #delivery: Delivery<T>;
  readonly #reader: SourceReader<T> | undefined;
  readonly #acknowledgements: Acknowledgements | undefined;
  readonly #latency = new LatencyHistogram();
  readonly #startedMs: number;
  #reading: Promise<void> = Promise.resolve();
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #ended = 0;
  #sourceFailures = 0;
  #waiters: (() => void)[] = [];
  /** Set while it stops: called when nothing is under way any more. */
  #drained: (() => void) | undefined;
  #isReading = false;
  #cancelled: MessageFailure | undefined;

  constructor(parts: SessionParts<T>) {
    const { options, settings, clock, site, ledger, generations, events, health } = parts;
    this.#parts = parts;
    this.#startedMs = clock.monotonic();
    this.#delivery = new Delivery({
      sink: options.sink,
      deadLetters: options.deadLetters,
      toSink: options.toSink,
      settings,
      clock,
      health,
      events,
      delivered: (entry, outcome) => this.#final(entry, outcome),
    });
    this.#flow = new MessageFlow({
      functions: options,
      settings,
      outputs: options.outputs,
      clock,
      site,
      ledger,
      generations,
      events,
      decided: (entry, outcome, taken) => this.#delivery.add(entry, outcome, taken),
      fatal: (failure) => parts.ends('stage-failed', failure),
      moved: () => this.#moved(),
    });
    this.#reader = this.#readerOf();
    const { source } = options;
    this.#acknowledgements =
      source && new Acknowledgements(source, (error) => this.#acknowledgeFailed(error));
  }

  begin(): void {
    this.#delay = monitorEventLoopDelay({ resolution: 10 });
    this.#delay.enable();
    if (this.#reader === undefined) return;
    this.#isReading = true;
    this.#reading = this.#reader.read().then((end) => this.#readingEnded(end));
  }

  /** Accepts a message, once there is room. Resolves with its outcome. */
  async push(message: IncomingMessage<T>): Promise<MessageOutcome> {
    for (let full = this.#room(); full !== undefined; full = this.#room()) await full;
    return new Promise((resolve) => this.#accept(message, false, resolve));
  }

  /** Nothing more is taken in; resolves when all is out, or cancelled because the time for that is over. */
  async stop(deadlineMs: number): Promise<void> {
    const { clock, logger, options } = this.#parts;
    this.#reader?.stop();
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    const cancelTimer = clock.setTimer(deadlineMs, () => this.#cancel(deadlineMs));
    this.#reading.then(() => this.#checkDrained());
    this.#checkDrained();
    await drained;
    cancelTimer();
    this.#delay?.disable();
    await this.#acknowledgements?.settled();
    for (const each of [options.source, options.sink, options.deadLetters]) {
      try {
        await each?.close?.();
      } catch (error) {
        logger.warn(`${each?.name} cannot be closed: ${toThrownRecord(error).message}`);
      }
    }
  }

  get figures() {
    const seconds = (this.#parts.clock.monotonic() - this.#startedMs) / 1000;
    const delay = this.#delay;
    return {
      rate: seconds > 0 ? this.#ended / seconds : 0,
      latency: this.#latency.latencies,
      eventLoopDelay:
        delay === undefined || delay.count === 0
          ? null
          : {
              meanMs: delay.mean / 1e6,
              p99Ms: delay.percentile(99) / 1e6,
              maxMs: delay.max / 1e6,
            },
      sourceFailures: this.#sourceFailures,
      sinkFailures: this.#delivery.failures,
    };
  }

  #accept(message: IncomingMessage<T>, isFromSource: boolean, ended: Ended | undefined): void {
    const { ledger, clock } = this.#parts;
    const key = this.#keyOf('key', message);
    const entry: Entry<T> = {
      id: message.id,
      value: message.value,
      key: key.ok ? key.value : undefined,
      lane: key.ok ? key.value : undefined,
      acceptedMs: clock.monotonic(),
      isFromSource,
      ended,
    };
    ledger.receive('queued');
    if (!key.ok) return this.#refuse(entry, key.failure);
    if (this.#cancelled !== undefined) {
      const verdict = { status: 'cancelled', failure: this.#cancelled };
      return this.#flow.end(entry, 'queued', verdict);
    }
    const repeated = this.#isRepeated(message);
    if (!repeated.ok) return this.#refuse(entry, repeated.failure);
    if (repeated.value) this.#flow.end(entry, 'queued', { status: 'duplicate' });
    else this.#flow.enter(entry);
  }

  #refuse(entry: Entry<T>, failure: MessageFailure): void {
    const { failedStatus: status } = this.#parts.settings;
    this.#flow.end(entry, 'queued', { status, failure });
  }

  #keyOf(name: 'key' | 'dedupeKey', message: IncomingMessage<T>): Asked<string | undefined> {
    const keyOf = this.#parts.options[name];
    return keyOf === undefined ? { ok: true, value: undefined } : ask(name, () => keyOf(message));
  }

  #isRepeated(message: IncomingMessage<T>): Asked<boolean> {
    const { seen, clock } = this.#parts;
    if (seen === undefined) return { ok: true, value: false };
    const nowMs = clock.monotonic();
    if (seen.ids.isRepeated(message.id, nowMs)) return { ok: true, value: true };
    const key = this.#keyOf('dedupeKey', message);
    if (!key.ok) return key;
    const isRepeated = key.value !== undefined && seen.keys.isRepeated(key.value, nowMs);
    return { ok: true, value: isRepeated };
  }

  #final(entry: Entry<T>, outcome: MessageOutcome): void {
    const { ledger, events } = this.#parts;
    ledger.end('unsent', outcome.status);
    this.#ended++;
    if (outcome.group === undefined) this.#latency.add(outcome.latencyMs);
    const comesAgain = outcome.status === 'cancelled' || outcome.status === 'unsent';
    if (entry.isFromSource && !comesAgain) this.#acknowledgements?.add(entry.id);
    entry.ended?.(outcome);
    if (events.hasListeners) events.tell({ type: 'message.ended', outcome });
    this.#moved();
  }

  #moved(): void {
    if (this.#waiters.length > 0 && !this.#isFull) {
      const waiters = this.#waiters;
      this.#waiters = [];
      for (const wake of waiters) wake();
    }
    if (this.#drained !== undefined) this.#checkDrained();
  }

  get #isFull(): boolean {
    return this.#flow.isFull || this.#delivery.isFull;
  }

  #room(): Promise<void> | undefined {
    if (!this.#isFull) return undefined;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** While it stops: flushes the buffer when nothing can come into it any more, and says when all is out. */
  #checkDrained(): void {
    const { ledger } = this.#parts;
    if (this.#isReading || this.#drained === undefined) return;
    if (ledger.at('queued') + ledger.at('running') > 0) return;
    if (this.#flow.inBuffer > 0) return this.#flow.flush('stop');
    if (ledger.open > ledger.at('unsent')) return;
    if (this.#cancelled !== undefined) this.#delivery.giveUp();
    if (ledger.open > 0) return;
    const drained = this.#drained;
    this.#drained = undefined;
    drained();
  }

  #cancel(deadlineMs: number): void {
    this.#cancelled = {
      code: 'STREAM_STOPPED',
      message: `the stream was stopped, and the message had not ended after ${deadlineMs} ms`,
    };
    // A source that does not end its reading is left behind.
    this.#isReading = false;
    this.#flow.cancel(this.#cancelled);
    this.#checkDrained();
  }

  #readerOf(): SourceReader<T> | undefined {
    const { options, settings, clock, events, health } = this.#parts;
    const { source } = options;
    if (source === undefined) return undefined;
    const { name } = source;
    health.add('source', name);
    return new SourceReader({
      source,
      clock,
      restart: settings.sourceRestart,
      accept: (message) => this.#accept(message, true, undefined),
      room: () => this.#room(),
      failed: (error, attempt, delayMs) => {
        this.#sourceFailures++;
        const failure = sourceFailure(name, error);
        health.set('source', name, 'down', failure.message);
        events.tell({ type: 'source.failed', name, failure, attempt, delayMs });
        if (delayMs === undefined) this.#parts.ends('source-failed', failure);
      },
      recovered: () => {
        health.set('source', name, 'ok');
        events.tell({ type: 'source.recovered', name });
      },
    });
  }

  #readingEnded(end: ReadingEnd): void {
    const { settings, events, options } = this.#parts;
    this.#isReading = false;
    if (end !== 'ended') return;
    events.tell({ type: 'source.ended', name: options.source?.name ?? '' });
    if (settings.whenSourceEnds === 'stop') this.#parts.ends('source-ended');
  }

  #acknowledgeFailed(error: unknown): void {
    const { options, health, logger } = this.#parts;
    const reason = `messages cannot be acknowledged: ${toThrownRecord(error).message}`;
    health.set('source', options.source?.name ?? '', 'degraded', reason);
    logger.warn(reason, { source: options.source?.name });
  }
}

function sourceFailure(name: string, error: unknown): MessageFailure {
  const thrown = toThrownRecord(error);
  const code = thrown.code ?? 'STREAM_SOURCE_FAILED';
  return { code, message: `source ${JSON.stringify(name)} failed: ${thrown.message}`, thrown };
}
