import type { WaitEnd, WaitRequest } from '../attempt/index.ts';
import type { CancelTimer } from '../base/clock.ts';
import { decodeValue } from '../base/codec/index.ts';
import type { SignalRecord, WaitRecord, WaitStatus } from '../checkpoint/index.ts';
import type { ValueIssue } from '../events/index.ts';
import { fittingSignals, waitEndsAt } from '../signals/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { EventDraft } from './event-draft.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import type { SessionParts } from './session-parts.ts';
import type { SignalWatch } from './signal-watch.ts';
import type { WaitHost } from './wait-host.ts';

interface OpenWaitParts {
  readonly session: SessionParts;
  readonly commits: CommitQueue;
  readonly host: WaitHost;
  readonly launched: LaunchedAttempt;
  readonly request: WaitRequest;
  readonly ended: (end: WaitEnd) => void;
  readonly watch: SignalWatch;
  /** What is on record of this wait. */
  readonly recorded: () => WaitRecord | undefined;
  /** All waits of the stage. */
  readonly ofStage: () => Iterable<WaitRecord>;
  readonly keep: (record: WaitRecord) => void;
}

interface Conclusion {
  readonly status: Exclude<WaitStatus, 'waiting'>;
  readonly signal?: number;
}

/**
 * One call by which an attempt waits.
 *
 *   looking ──► waiting ──► waking ──► over
 *      └──────────────────────────────▲
 *
 * Looking: what is on record is read; the slot is held. Waiting: it is on record that it waits, and the slot is
 * given up. Waking: what it waited for has come; it waits for a slot. It is closed from anywhere.
 */
export class OpenWait {
  readonly #parts: OpenWaitParts;
  #phase: 'looking' | 'waiting' | 'waking' | 'over' = 'looking';
  #stopAttending: (() => void) | undefined;
  #cancelTimer: CancelTimer | undefined;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(parts: OpenWaitParts) {
    this.#parts = parts;
  }

  /** When it is over by itself, on the monotonic clock; infinite while nothing but a signal can end it. */
  get dueMs(): number {
    return this.#dueMs;
  }

  async begin(): Promise<void> {
    const { request, recorded, watch } = this.#parts;
    const known = recorded();
    if (known?.status === 'elapsed') return this.#end({ kind: 'elapsed' });
    if (request.kind === 'signal') {
      await watch.look();
      if (this.#phase === 'over') return;
      const answer = known?.signal === undefined ? undefined : this.#numbered(known.signal);
      // An answer that is damaged, or that the schema refuses by now, is none any more.
      if (answer !== undefined && this.#repeat(answer)) return;
      if (this.#take()) return;
    }
    if (this.#leftMs() <= 0) this.#runOut();
    else this.#wait();
  }

  /** What the stage waited for is nobody's any more; the record stays, for its next attempt. */
  close(): void {
    this.#over();
  }

  fail(error: unknown): void {
    this.#end({ kind: 'broken', error });
  }

  /** Since when the same call waits, as the first attempt recorded it. */
  get #since(): number {
    return this.#parts.recorded()?.since ?? this.#parts.session.clock.now();
  }

  /** By the wall clock, which may have been set back: it never waits longer than it was asked to. */
  #leftMs(): number {
    const { session, request } = this.#parts;
    const { timeoutMs } = request;
    const endsAt = waitEndsAt({
      since: this.#since,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    if (endsAt === undefined || timeoutMs === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(timeoutMs, endsAt - session.clock.now());
  }

  #wait(): void {
    const { session, host, launched, watch, request } = this.#parts;
    const record = this.#record({ status: 'waiting' });
    const until = waitEndsAt(record);
    this.#phase = 'waiting';
    this.#commit(record, {
      type: 'stage.waiting',
      ...this.#site,
      since: record.since,
      ...(until === undefined ? {} : { until }),
    });
    const leftMs = this.#leftMs();
    if (Number.isFinite(leftMs)) {
      this.#dueMs = session.clock.monotonic() + leftMs;
      this.#cancelTimer = session.clock.setTimer(leftMs, () => this.#atDeadline());
    }
    if (request.kind === 'signal') this.#stopAttending = watch.attend(() => void this.#tryTake());
    host.pause(launched);
  }

  /** A signal that came at the last moment counts. */
  #atDeadline(): void {
    const { request, watch } = this.#parts;
    if (request.kind === 'time') return this.#runOut();
    watch
      .look()
      .then(() => {
        if (this.#phase === 'waiting' && !this.#take()) this.#runOut();
      })
      .catch((error: unknown) => this.fail(error));
  }

  #tryTake(): void {
    try {
      this.#take();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The oldest signal that the schema takes. @returns whether there was one */
  #take(): boolean {
    const { watch, request, launched, ofStage } = this.#parts;
    if (this.#phase !== 'looking' && this.#phase !== 'waiting') return true;
    const site = { name: request.name, stage: launched.stage.id };
    for (const signal of fittingSignals(site, watch.signals, ofStage())) {
      const payload = this.#accepted(signal);
      if (payload === undefined) continue;
      this.#conclude(
        { status: 'answered', signal: signal.number },
        { kind: 'answered', ...payload },
      );
      return true;
    }
    return false;
  }

  /** An answer on record: nothing new happens. @returns whether it still is one */
  #repeat(signal: SignalRecord): boolean {
    const payload = this.#accepted(signal);
    if (payload === undefined) return false;
    this.#end({ kind: 'answered', ...payload });
    return true;
  }

  #accepted(signal: SignalRecord): { readonly payload: unknown } | undefined {
    const { request } = this.#parts;
    const decoded = decodeValue(signal.payload);
    const message = 'the stored data are damaged';
    if (!decoded.ok) return this.#refuse(signal, [{ path: '', message }]);
    const accepted = request.accept(decoded.value.value);
    return accepted.ok ? { payload: accepted.value } : this.#refuse(signal, accepted.problem);
  }

  #refuse({ number }: SignalRecord, issues: readonly ValueIssue[]): undefined {
    const { redact } = this.#parts.session;
    const refused = [...(this.#parts.recorded()?.refused ?? []), number];
    this.#commit(this.#record({ status: 'waiting', refused }), {
      type: 'stage.signal-refused',
      ...this.#site,
      name: this.#parts.request.name,
      signal: number,
      issues: issues.map(({ path, message }) => ({ path: redact(path), message: redact(message) })),
    });
  }

  #runOut(): void {
    if (this.#phase === 'waking' || this.#phase === 'over') return;
    if (this.#parts.request.kind === 'time') {
      return this.#conclude({ status: 'elapsed' }, { kind: 'elapsed' });
    }
    this.#conclude({ status: 'timed-out' }, { kind: 'timed-out', since: this.#since });
  }

  /** What it waited for is there: the stage hears of it once it is on record, and it has a slot. */
  #conclude({ status, signal }: Conclusion, end: WaitEnd): void {
    const { session, host, launched } = this.#parts;
    const held = this.#phase === 'looking';
    this.#phase = 'waking';
    this.#stopWaiting();
    const endedAt = session.clock.now();
    const answer = signal === undefined ? {} : { signal };
    const record = this.#record({ status, ...answer, endedAt });
    const goOn = (): void => this.#end(end);
    const event: EventDraft = {
      type: 'stage.woken',
      ...this.#site,
      outcome: status,
      ...answer,
      waitedMs: Math.max(0, endedAt - record.since),
    };
    this.#commit(record, event, () => {
      if (this.#phase !== 'waking') return;
      if (held) goOn();
      else host.wake(launched, goOn);
    });
  }

  #record(fields: Partial<WaitRecord> & Pick<WaitRecord, 'status'>): WaitRecord {
    const { launched, request, recorded, session } = this.#parts;
    const { kind, name, call, timeoutMs } = request;
    const schema =
      session.holdsSecret?.(request.schema ?? '') === true ? undefined : request.schema;
    const { attempt, stage } = launched;
    const record: WaitRecord = {
      stage: stage.id,
      kind,
      name,
      call,
      attempt,
      since: this.#since,
      refused: recorded()?.refused ?? [],
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(schema === undefined ? {} : { schema }),
      ...fields,
    };
    return record;
  }

  #commit(record: WaitRecord, event: EventDraft, written?: () => void): void {
    const { commits, keep } = this.#parts;
    keep(record);
    commits.note({ waits: [record], event, ...(written === undefined ? {} : { written }) });
    // Nothing else may come for hours that would make the group worth waiting for.
    commits.flush();
  }

  get #site(): { readonly at: number; readonly attempt: number } & Pick<WaitRecord, 'stage'> & {
      readonly name?: string;
    } {
    const { session, launched, request } = this.#parts;
    return {
      at: session.clock.now(),
      stage: launched.stage.id,
      attempt: launched.attempt,
      ...(request.kind === 'signal' ? { name: request.name } : {}),
    };
  }

  #numbered(number: number): SignalRecord | undefined {
    return this.#parts.watch.signals.find((signal) => signal.number === number);
  }

  #end(end: WaitEnd): void {
    if (this.#phase === 'over') return;
    this.#over();
    this.#parts.ended(end);
  }

  #over(): void {
    this.#phase = 'over';
    this.#stopWaiting();
  }

  #stopWaiting(): void {
    this.#stopAttending?.();
    this.#stopAttending = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
