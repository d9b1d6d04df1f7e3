import {
  type Artifacts,
  type Clock,
  createRunId,
  type Logger,
  MillraceError,
  silentLogger,
  systemClock,
  toThrownRecord,
} from '@millrace/core';
import type { StageSite } from '../chain/stage-site.ts';
import { Generations } from '../crew/generations.ts';
import type { SwapRequest } from '../crew/swap-request.ts';
import { Deduplicator } from '../flow/deduplicator.ts';
import { Ledger, type StreamCounts } from '../flow/ledger.ts';
import type { MessageJournal } from '../journal/message-journal.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import { EventFeed, type StreamListener } from '../watch/event-feed.ts';
import { HealthBoard } from '../watch/health-board.ts';
import { LatencyHistogram } from '../watch/latency-histogram.ts';
import type { EndReason } from '../watch/stream-event.ts';
import type { StreamHealth } from '../watch/stream-health.ts';
import type { StreamMetrics } from '../watch/stream-metrics.ts';
import type { Seen } from './admission.ts';
import type { StreamOptions } from './stream-options.ts';
import { StreamSession } from './stream-session.ts';

export type StreamState = 'stopped' | 'running' | 'stopping';

/** How a start of a stream came to its end. */
export interface StreamEnd {
  readonly reason: EndReason;
  /** What made it stop. */
  readonly failure?: MessageFailure;
  readonly counts: StreamCounts;
}

/*
 *   stopped ──► starting ──► running ──► stopping ──► stopped
 *      ▲───────────┘ setup failed
 */
type State<T> =
  | { readonly kind: 'stopped' | 'starting' }
  | { readonly kind: 'running'; readonly session: StreamSession<T>; readonly site: StageSite }
  | {
      readonly kind: 'stopping';
      readonly session: StreamSession<T>;
      readonly ended: Promise<StreamEnd>;
    };

/**
 * Runs pipelines on a stream of messages: each goes through them once, or as part of a group, and comes to one final
 * status. Instances of stages live from `start` to `stop`.
 */
export class StreamProcessor<T = unknown> {
  readonly name: string;
  readonly #options: StreamOptions<T>;
  readonly #settings: StreamSettings;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #ledger = new Ledger();
  readonly #events: EventFeed;
  readonly #health: HealthBoard;
  readonly #generations: Generations;
  readonly #seen: Seen | undefined;
  #state: State<T> = { kind: 'stopped' };
  #finished = Promise.withResolvers<StreamEnd>();
  #isEnded = false;
  /** The present one, or the last one. */
  #session: StreamSession<T> | undefined;

  /** @throws MillraceError STREAM_SETTINGS_INVALID, STREAM_STAGE_UNSUPPORTED, STREAM_STAGE_TWICE */
  constructor(options: StreamOptions<T>) {
    const { pipeline, intake, values = {}, clock = systemClock, logger = silentLogger } = options;
    this.name = options.name ?? pipeline.name;
    this.#options = options;
    this.#settings = readSettings(options.settings);
    this.#clock = clock;
    this.#logger = logger;
    this.#events = new EventFeed(clock, logger);
    this.#health = new HealthBoard(clock);
    const { check, deduplication } = this.#settings;
    this.#generations = new Generations({ pipeline, intake, values, check });
    this.#seen = deduplication
      ? { ids: new Deduplicator(deduplication), keys: new Deduplicator(deduplication) }
      : undefined;
  }

  get state(): StreamState {
    const { kind } = this.#state;
    return kind === 'starting' ? 'stopped' : kind;
  }

  /** Resolves with the end of the present start, or of the last one. Never rejects. */
  get finished(): Promise<StreamEnd> {
    return this.#finished.promise;
  }

  /** Where all messages of its life are. */
  get counts(): StreamCounts {
    return this.#ledger.counts;
  }

  /**
   * Sets the stages up and begins to take messages.
   * @throws MillraceError STREAM_STATE, STREAM_SETUP_FAILED
   */
  async start(): Promise<void> {
    if (this.#state.kind !== 'stopped') {
      throw this.#wrongState('cannot be started', `it is ${this.#state.kind}`);
    }
    this.#state = { kind: 'starting' };
    const before = this.#finished;
    const wasEnded = this.#isEnded;
    if (wasEnded) this.#finished = Promise.withResolvers<StreamEnd>();
    this.#isEnded = false;
    this.#health.clear();
    const site = this.#newSite();
    const stages = [...(this.#options.intake?.stages ?? []), ...this.#options.pipeline.stages];
    for (const { id } of stages) this.#health.add('stage', id);
    const { journal } = this.#options;
    let session: StreamSession<T>;
    try {
      const lastSeq = journal === undefined ? undefined : await this.#openJournal(journal);
      session = this.#newSession(site, lastSeq);
      await this.#startStages(site);
    } catch (error) {
      this.#state = { kind: 'stopped' };
      // There was no start that could end: the last one is the one before.
      if (wasEnded) before.promise.then(this.#finished.resolve);
      this.#finished = before;
      this.#isEnded = wasEnded;
      throw error;
    }
    this.#session = session;
    this.#state = { kind: 'running', session, site };
    this.#events.tell({
      type: 'stream.started',
      generation: this.#generations.current?.number ?? 0,
    });
    session.begin();
  }

  /**
   * Takes nothing more from the source, flushes the buffer, and resolves when every message that was accepted has its
   * status, stages are torn down, and source and sink are closed. A stream that is stopped stays so.
   * @param options `deadlineMs`: how long messages may take to end; default: `stopDeadline` of the settings
   */
  async stop(options: { readonly deadlineMs?: number } = {}): Promise<StreamEnd> {
    const state = this.#state;
    switch (state.kind) {
      case 'running':
        return this.#stop('stopped', undefined, options.deadlineMs);
      case 'stopping':
        return state.ended;
      case 'starting':
        throw this.#wrongState('cannot be stopped', 'it is still starting');
      case 'stopped':
        return { reason: 'stopped', counts: this.counts };
    }
  }

  /**
   * Gives it a message beside those of its source, and resolves with what became of it. Waits while there is no room.
   * @throws MillraceError STREAM_STATE
   */
  async push(message: IncomingMessage<T>): Promise<MessageOutcome> {
    const state = this.#state;
    if (state.kind !== 'running') {
      throw this.#wrongState('takes no messages', `it is ${state.kind}`);
    }
    return state.session.push(message);
  }

  /**
   * Puts other stages or values in the place of some, for all messages that begin from then on; those under way end
   * with what they began with. Every message sees one generation. What is new is set up first, what is old is torn
   * down when its last message has ended. A failure leaves all as it was.
   * @returns the number of the new generation
   * @throws MillraceError STREAM_STATE, STREAM_SWAP_REFUSED, STREAM_SETUP_FAILED, PIPELINE_INVALID
   */
  async hotSwap(request: SwapRequest): Promise<number> {
    const state = this.#state;
    if (state.kind !== 'running') {
      throw this.#wrongState('cannot swap', `it is ${state.kind}`);
    }
    const generation = await this.#generations.swap(request, state.site);
    const stages = Object.keys(request.stages ?? {});
    for (const stage of stages) this.#health.set('stage', stage, 'ok');
    this.#events.tell({
      type: 'stages.swapped',
      generation,
      stages,
      values: Object.keys(request.values ?? {}),
    });
    return generation;
  }

  /** Tells of all that happens from now on. @returns takes the listener away again */
  on(listener: StreamListener): () => void {
    return this.#events.on(listener);
  }

  get metrics(): StreamMetrics {
    const figures = this.#session?.figures ?? NO_FIGURES;
    const generation = this.#generations.current?.number ?? 0;
    return { counts: this.counts, ...figures, generation };
  }

  get health(): StreamHealth {
    const { components, status } = this.#health;
    return { state: this.state, status, components };
  }

  #stop(reason: EndReason, failure?: MessageFailure, deadlineMs?: number): Promise<StreamEnd> {
    const state = this.#state;
    if (state.kind !== 'running') return this.finished;
    const { session, site } = state;
    const ended = this.#end(session, site, { reason, failure, deadlineMs });
    this.#state = { kind: 'stopping', session, ended };
    return ended;
  }

  async #end(
    session: StreamSession<T>,
    site: StageSite,
    given: {
      reason: EndReason;
      failure: MessageFailure | undefined;
      deadlineMs: number | undefined;
    },
  ): Promise<StreamEnd> {
    const { reason, failure, deadlineMs = this.#settings.stopDeadline } = given;
    // The state is `stopping` before anything of the stop is done.
    await Promise.resolve();
    this.#events.tell({ type: 'stream.stopping', reason });
    await session.stop(deadlineMs);
    await this.#generations.stop(site);
    await this.#closeJournal();
    const told = failure === undefined ? {} : { failure };
    const end: StreamEnd = { reason, ...told, counts: this.counts };
    this.#state = { kind: 'stopped' };
    this.#isEnded = true;
    this.#finished.resolve(end);
    // Last, since a listener may start it anew.
    this.#events.tell({ type: 'stream.stopped', reason, ...told });
    return end;
  }

  #newSite(): StageSite {
    const clock = this.#clock;
    return {
      name: this.name,
      runId: createRunId(clock.now()),
      clock,
      logger: this.#logger,
      artifacts: this.#options.artifacts ?? noArtifacts(this.name),
      random: this.#options.random ?? Math.random,
      failed: (stage, failure, isBorne) => {
        const status = isBorne ? 'degraded' : 'down';
        if (!this.#health.set('stage', stage, status, failure.message)) return;
        const type = isBorne ? 'stage.degraded' : 'stage.failed';
        this.#events.tell({ type, stage, failure });
      },
      recovered: (stage) => {
        if (this.#health.isWell || !this.#health.set('stage', stage, 'ok')) return;
        this.#events.tell({ type: 'stage.recovered', stage });
      },
    };
  }

  async #startStages(site: StageSite): Promise<void> {
    try {
      await this.#generations.start(site);
    } catch (error) {
      await this.#options.journal?.close();
      throw error;
    }
  }

  /** @returns the number of the last message in it */
  async #openJournal(journal: MessageJournal): Promise<number> {
    const { deduplication } = this.#settings;
    const { window: windowMs, limit } = deduplication || { window: 0, limit: 1 };
    const { counts, lastSeq, seen } = await journal.open(Math.floor(this.#clock.now()), {
      windowMs,
      limit,
    });
    this.#ledger.restore(counts);
    for (const { id, dedupeKey, acceptedAt } of seen) {
      this.#seen?.ids.isRepeated(id, acceptedAt);
      if (dedupeKey !== undefined) this.#seen?.keys.isRepeated(dedupeKey, acceptedAt);
    }
    return lastSeq;
  }

  async #closeJournal(): Promise<void> {
    const { journal } = this.#options;
    if (journal === undefined) return;
    try {
      // What did not end waits there.
      this.#ledger.restore(await journal.counts());
    } catch (error) {
      this.#journalFailed('counted', journal.name, error);
    }
    try {
      await journal.close();
    } catch (error) {
      this.#journalFailed('closed', journal.name, error);
    }
  }

  #journalFailed(what: string, journal: string, error: unknown): void {
    const { message } = toThrownRecord(error);
    this.#logger.error(`the journal cannot be ${what}: ${message}`, { journal });
  }

  #newSession(site: StageSite, lastSeq: number | undefined): StreamSession<T> {
    const { journal } = this.#options;
    return new StreamSession({
      options: this.#options,
      settings: this.#settings,
      clock: this.#clock,
      logger: this.#logger,
      site,
      ledger: this.#ledger,
      generations: this.#generations,
      events: this.#events,
      health: this.#health,
      seen: this.#seen,
      durable: journal && { journal, lastSeq: lastSeq ?? 0 },
      ends: (reason, failure) => void this.#stop(reason, failure),
    });
  }

  #wrongState(what: string, why: string): MillraceError {
    return new MillraceError(
      'STREAM_STATE',
      `stream ${JSON.stringify(this.name)} ${what}: ${why}`,
      {
        details: { stream: this.name, state: this.#state.kind },
      },
    );
  }
}

const NO_FIGURES = {
  rate: 0,
  latency: new LatencyHistogram().latencies,
  eventLoopDelay: null,
  sourceFailures: 0,
  sinkFailures: 0,
};

function noArtifacts(name: string): Artifacts {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new MillraceError(
        'STREAM_NO_ARTIFACTS',
        `stream ${JSON.stringify(name)} was made without a place for artifacts`,
        { details: { stream: name } },
      ),
    );
  return { write: refuse, read: refuse };
}
