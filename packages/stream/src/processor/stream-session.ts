import { type Clock, type Logger, toThrownRecord } from '@millrace/core';
import { pause } from '../base/pause.ts';
import type { StageSite } from '../chain/stage-site.ts';
import type { Generations } from '../crew/generations.ts';
import type { Entry } from '../flow/entry.ts';
import type { Ledger } from '../flow/ledger.ts';
import { WaitingRoom } from '../flow/waiting-room.ts';
import type { AcceptedMessage } from '../journal/message-journal.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import type { EventFeed } from '../watch/event-feed.ts';
import type { HealthBoard } from '../watch/health-board.ts';
import type { EndReason } from '../watch/stream-event.ts';
import type { StreamMetrics } from '../watch/stream-metrics.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { Admission, type Arrival, type Seen } from './admission.ts';
import { Delivery } from './delivery.ts';
import { JournalWriter } from './journal-writer.ts';
import { MessageFlow } from './message-flow.ts';
import { type Durable, resumeMessages } from './resumption.ts';
import { type ReadingEnd, SourceReader } from './source-reader.ts';
import { type Figures, StreamFigures } from './stream-figures.ts';
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
  readonly seen: Seen | undefined;
  readonly durable: Durable | undefined;
  /** It wants to stop, by itself. */
  readonly ends: (reason: EndReason, failure?: MessageFailure) => void;
}

type SessionFigures = Figures & Pick<StreamMetrics, 'sourceFailures' | 'sinkFailures'>;

/** One start of a stream, until its stop. */
export class StreamSession<T> {
  readonly #parts: SessionParts<T>;
  readonly #flow: MessageFlow<T>;
  readonly #delivery: Delivery<T>;
  readonly #reader: SourceReader<T> | undefined;
  readonly #acknowledgements: Acknowledgements | undefined;
  readonly #admission: Admission<T>;
  readonly #journal: JournalWriter | undefined;
  readonly #figures: StreamFigures;
  readonly #room = new WaitingRoom(() => this.#isFull);
  #resuming: Promise<void> = Promise.resolve();
  #reading: Promise<void> = Promise.resolve();
  #sourceFailures = 0;
  /** Set while it stops: called when nothing is under way any more. */
  #drained: (() => void) | undefined;
  #isReading = false;
  #isResumed = false;
  /** Pushed, and not accepted for want of room. */
  #entering = 0;
  #cancelled: MessageFailure | undefined;

  constructor(parts: SessionParts<T>) {
    const { options, settings, clock, site, ledger, generations, events, health } = parts;
    this.#parts = parts;
    this.#figures = new StreamFigures(clock);
    this.#delivery = new Delivery({
      sink: options.sink,
      deadLetters: options.deadLetters,
      toSink: options.toSink,
      settings,
      clock,
      health,
      events,
      delivered: (entry, outcome) => this.#delivered(entry, outcome),
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
    const { seen, durable } = parts;
    const lastSeq = durable?.lastSeq;
    this.#admission = new Admission({ functions: options, seen, clock, lastSeq });
    this.#journal = this.#writerOf();
    this.#reader = this.#readerOf();
    const { source } = options;
    this.#acknowledgements =
      source &&
      new Acknowledgements({
        source,
        clock,
        restart: settings.sourceRestart,
        failed: (error) => this.#acknowledgeFailed(source.name, error),
        recovered: () => health.recover('source', source.name, 'degraded'),
      });
  }

  begin(): void {
    this.#figures.begin();
    this.#isReading = true;
    this.#resuming = this.#resume();
    this.#reading = this.#resuming.then(() => this.#read());
  }

  /** Accepts a message, at once where there is room. Resolves with its outcome. */
  push(message: IncomingMessage<T>): Promise<MessageOutcome> {
    const mayEnter = this.#isResumed && this.#entering === 0 && !this.#isFull;
    if (!mayEnter) return this.#pushLater(message);
    return new Promise((ended) => this.#accept(message, { isFromSource: false, ended }));
  }

  async #pushLater(message: IncomingMessage<T>): Promise<MessageOutcome> {
    this.#entering++;
    // Those of the journal came before it.
    await this.#resuming;
    for (let full = this.#room.wait(); full !== undefined; full = this.#room.wait()) await full;
    this.#entering--;
    return new Promise((ended) => this.#accept(message, { isFromSource: false, ended }));
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
    this.#figures.end();
    this.#flow.close();
    await this.#journal?.settled();
    await this.#acknowledged(deadlineMs);
    for (const each of [options.source, options.sink, options.deadLetters]) {
      try {
        await each?.close?.();
      } catch (error) {
        logger.warn(`${each?.name} cannot be closed: ${toThrownRecord(error).message}`);
      }
    }
  }

  get figures(): SessionFigures {
    return {
      ...this.#figures.figures,
      sourceFailures: this.#sourceFailures,
      sinkFailures: this.#delivery.failures,
    };
  }

  /** What was accepted and not ended before comes before all that is new. */
  async #resume(): Promise<void> {
    const { durable, ledger, clock } = this.#parts;
    if (durable !== undefined) {
      const parts = {
        durable,
        now: () => clock.monotonic(),
        room: () => this.#room.wait(),
        isOver: () => this.#cancelled !== undefined,
        enter: (entry: Entry<T>) => {
          this.#admission.readmit(entry.id);
          this.#flow.enter(entry);
        },
        damaged: (entry: Entry<T>, failure: MessageFailure) =>
          this.#flow.end(entry, 'queued', { status: 'damaged', failure }),
        broke: (error: unknown) => this.#journal?.unreadable(error),
      };
      const left = await resumeMessages(parts, ledger.at('queued'));
      for (let each = 0; each < left; each++) ledger.end('queued', 'cancelled');
    }
    this.#isResumed = true;
  }

  async #read(): Promise<void> {
    if (this.#reader === undefined) {
      this.#isReading = false;
      return this.#moved();
    }
    this.#readingEnded(await this.#reader.read());
  }

  /** @returns whether it is new */
  #accept(message: IncomingMessage<T>, arrival: Arrival): boolean {
    const { ledger, settings } = this.#parts;
    const admitted = this.#admission.admit(message, arrival);
    const { entry } = admitted;
    ledger.receive('queued');
    switch (admitted.kind) {
      case 'refused': {
        const { failure } = admitted;
        this.#flow.end(entry, 'queued', { status: settings.failedStatus, failure });
        return false;
      }
      case 'repeated':
        this.#flow.end(entry, 'queued', { status: 'duplicate' });
        return false;
      case 'new':
        this.#accepted(message, entry, arrival, admitted.record);
        return true;
    }
  }

  #accepted(
    message: IncomingMessage<T>,
    entry: Entry<T>,
    { isFromSource }: Arrival,
    record: AcceptedMessage | undefined,
  ): void {
    if (this.#journal === undefined || record === undefined) return this.#enter(entry);
    this.#journal.accept(record, {
      done: () => {
        this.#admission.stored(message.id);
        if (isFromSource) this.#acknowledgements?.add(message.id);
        this.#enter(entry);
      },
      lost: () => this.#enter(entry),
    });
  }

  #enter(entry: Entry<T>): void {
    const failure = this.#cancelled;
    if (failure === undefined) this.#flow.enter(entry);
    else this.#flow.end(entry, 'queued', { status: 'cancelled', failure });
  }

  /** Whoever is to have the outcome has it; then the journal says so. */
  #delivered(entry: Entry<T>, outcome: MessageOutcome): void {
    const { status, failure } = outcome;
    if (this.#journal === undefined || comesAgain(status)) return this.#final(entry, outcome);
    this.#journal.end(
      { seq: entry.seq, status, failure },
      {
        done: () => this.#final(entry, outcome),
        // It runs again after the next start.
        lost: () => this.#final(entry, { ...outcome, status: 'cancelled' }),
      },
    );
  }

  #final(entry: Entry<T>, outcome: MessageOutcome): void {
    const { ledger, events } = this.#parts;
    const { status } = outcome;
    ledger.end('unsent', status);
    this.#figures.ended(outcome);
    if (entry.isFirst) this.#admission.ended(entry, comesAgain(status));
    if (entry.isToAcknowledge && !comesAgain(status)) this.#acknowledgements?.add(entry.id);
    entry.ended?.(outcome);
    if (events.hasListeners) events.tell({ type: 'message.ended', outcome });
    this.#moved();
  }

  #moved(): void {
    this.#room.look();
    if (this.#drained !== undefined) this.#checkDrained();
  }

  get #isFull(): boolean {
    const { capacity } = this.#parts.settings.queue;
    if ((this.#journal?.accepting ?? 0) >= capacity) return true;
    return this.#flow.isFull || this.#delivery.isFull;
  }

  /** While it stops: flushes the buffer when nothing can come into it any more, and says when all is out. */
  #checkDrained(): void {
    const { ledger } = this.#parts;
    if (this.#drained === undefined || ledger.at('queued') + ledger.at('running') > 0) return;
    // What waits to come in may wait for room in the buffer.
    if (this.#flow.inBuffer > 0) return this.#flow.flush('stop');
    if (this.#isReading || this.#entering > 0) return;
    if (ledger.open > ledger.at('unsent')) return;
    if (this.#cancelled !== undefined) this.#delivery.giveUp();
    const drained = this.#drained;
    // What was given up has perhaps said so already.
    if (ledger.open > 0 || drained === undefined) return;
    this.#drained = undefined;
    drained();
  }

  #cancel(deadlineMs: number): void {
    const message = `the stream was stopped, and the message had not ended after ${deadlineMs} ms`;
    this.#cancelAll({ code: 'STREAM_STOPPED', message });
    // A source that does not end its reading is left behind.
    this.#isReading = false;
    this.#moved();
  }

  #cancelAll(failure: MessageFailure): void {
    if (this.#cancelled !== undefined) return;
    this.#cancelled = failure;
    this.#flow.cancel(failure);
    this.#room.open();
  }

  #writerOf(): JournalWriter | undefined {
    const { durable, clock, health, ends } = this.#parts;
    if (durable === undefined) return undefined;
    const { journal } = durable;
    health.add('journal', journal.name);
    return new JournalWriter({
      journal,
      clock,
      broke: (failure) => {
        health.set('journal', journal.name, 'down', failure.message);
        // Without it nothing more can be promised; all that is open comes again.
        ends('journal-failed', failure);
        this.#cancelAll(failure);
      },
    });
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
      accept: (message) => this.#accept(message, { isFromSource: true, ended: undefined }),
      room: () => this.#room.wait(),
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
    this.#moved();
    if (end !== 'ended') return;
    events.tell({ type: 'source.ended', name: options.source?.name ?? '' });
    if (settings.whenSourceEnds === 'stop') this.#parts.ends('source-ended');
  }

  /** A source that does not answer is left behind: what it was not told comes again. */
  async #acknowledged(deadlineMs: number): Promise<void> {
    const told = new AbortController();
    const { clock } = this.#parts;
    const late = pause(clock, Math.max(1, deadlineMs), told.signal);
    await Promise.race([this.#acknowledgements?.settled(), late]);
    told.abort();
  }

  #acknowledgeFailed(source: string, error: unknown): void {
    const { health, logger } = this.#parts;
    const reason = `messages cannot be acknowledged: ${toThrownRecord(error).message}`;
    health.set('source', source, 'degraded', reason);
    logger.warn(`${reason}; it is tried again`, { source });
  }
}

/** No final status: a source that remembers, or the journal, gives the message again. */
function comesAgain(status: string): boolean {
  return status === 'cancelled' || status === 'unsent';
}

function sourceFailure(name: string, error: unknown): MessageFailure {
  const thrown = toThrownRecord(error);
  const code = 'STREAM_SOURCE_FAILED';
  return { code, message: `source ${JSON.stringify(name)} failed: ${thrown.message}`, thrown };
}
