import { type AttemptOutcome, callResultOf } from '../attempt/index.ts';
import type { CancelTimer } from '../base/clock.ts';
import { invariant, unreachable } from '../base/invariant.ts';
import { TurnGuard } from '../base/turn-guard.ts';
import type { CancelMode } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { explanationOf, isLeftOutBySelection, keepsUnselected } from '../plan/index.ts';
import { RunState } from '../run/index.ts';
import type { RunningAttempt } from '../runner/index.ts';
import { Admissions } from './admissions.ts';
import { BasisReader } from './basis-reader.ts';
import { BasisRecorder } from './basis-recorder.ts';
import { CachedOutcomes } from './cached-outcomes.ts';
import { closingRecords } from './closing-records.ts';
import { CommitQueue } from './commit-queue.ts';
import { finalStatus } from './final-status.ts';
import { launchAttempt } from './launch-attempt.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { LimitedItems } from './limited-items.ts';
import { LimitedStages, type StageTurn } from './limited-stages.ts';
import { OutcomeSettler } from './outcome-settler.ts';
import { PausedAttempts } from './paused-attempts.ts';
import { QuickStages } from './quick-stages.ts';
import { RecordedValues } from './recorded-values.ts';
import type { SessionEnd, SessionParts } from './session-parts.ts';
import { type Admission, StageGate } from './stage-gate.ts';
import { StageOutcomes } from './stage-outcomes.ts';
import { StageViews } from './stage-views.ts';
import { StageWaits } from './stage-waits.ts';
import { type StopReason, UnstartedStages } from './unstarted-stages.ts';

/** Whether new stages are started, and if not, why. `released`: all that is left waits for the world outside. */
type Stopping =
  | { readonly kind: 'no' }
  | { readonly kind: 'released'; readonly waiting: number }
  | StopReason;

/** A run is not released for what is over by itself sooner. */
const RELEASED_FOR_MS = 60_000;

/**
 * Drives one session of a run and owns its state: starts what is ready while a slot is free, and ends
 * when nothing is left to wait for. Every method is synchronous; what takes time calls back.
 */
export class RunSession {
  readonly #parts: SessionParts;
  readonly #state: RunState;
  readonly #views: StageViews;
  readonly #basis: BasisReader;
  readonly #outcomes: StageOutcomes;
  readonly #commits: CommitQueue;
  readonly #settler: OutcomeSettler;
  readonly #unstarted: UnstartedStages;
  readonly #gate: StageGate;
  readonly #admissions: Admissions;
  readonly #limited: LimitedStages;
  readonly #limitedItems: LimitedItems;
  readonly #running = new Map<LaunchedAttempt, RunningAttempt>();
  readonly #waiting = new Map<number, CancelTimer>();
  readonly #paused = new PausedAttempts();
  readonly #stageWaits: StageWaits;
  readonly #turn: TurnGuard;
  readonly #beganMs: number;
  readonly #quick = new QuickStages();
  #active = 0;
  #stopping: Stopping = { kind: 'no' };
  /** Running stages are to be aborted, those too that are being started this moment. */
  #killing = false;
  #begun = false;
  /** Asked for before the run began. */
  #earlyCancel: CancelMode | undefined;
  #pumping = false;
  #ended = false;
  #broken: { readonly error: unknown } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#turn = new TurnGuard(() => this.#pump(), parts.clock);
    const { plan, pipeline, layers, options, store, lease, heart, earlier } = parts;
    this.#state = new RunState(pipeline.graph, {
      priority: plan.priority,
      tieBreak: options.tieBreak,
    });
    this.#views = new StageViews(pipeline, layers, !keepsUnselected(plan));
    this.#outcomes = new StageOutcomes(parts);
    this.#beganMs = parts.clock.monotonic();
    this.#commits = new CommitQueue({
      store,
      lease,
      durability: options.durability,
      lastSeq: earlier?.lastSeq ?? 0,
      announce: parts.announce,
      committed: () => {
        heart.noteCommit();
        this.#pump();
      },
      failed: (error) => this.#breakOff(error),
    });
    heart.attend((error) => this.#breakOff(error));
    this.#basis = new BasisReader({
      pipeline,
      views: this.#views,
      layers,
      attemptOf: (index) => this.#outcomes.attemptOf(index),
    });
    const recorder = new BasisRecorder(this.#basis);
    const recorded = new RecordedValues(store);
    this.#gate = new StageGate({
      session: parts,
      views: this.#views,
      basis: this.#basis,
      cached: new CachedOutcomes({
        store,
        pipeline,
        views: this.#views,
        basis: this.#basis,
        recorded,
      }),
      hasRun: (index) => index >= 0 && this.#state.status(index) === 'succeeded',
    });
    this.#admissions = new Admissions({
      session: parts,
      state: this.#state,
      layers,
      outcomes: this.#outcomes,
      commits: this.#commits,
      basis: recorder,
    });
    this.#stageWaits = new StageWaits({
      session: parts,
      commits: this.#commits,
      host: {
        pause: (launched) => this.#pause(launched),
        wake: (launched, goOn) => this.#wake(launched, goOn),
      },
    });
    const site = { session: parts, commits: this.#commits, outcomes: this.#outcomes };
    this.#limited = new LimitedStages({ ...site, wake: () => this.#pump() });
    this.#limitedItems = new LimitedItems(site);
    this.#unstarted = new UnstartedStages({
      pipeline,
      // Those of another run are no checkpoints of this one.
      records: parts.forkedFrom === undefined ? parts.records : new Map(),
      state: this.#state,
      outcomes: this.#outcomes,
      commits: this.#commits,
    });
    this.#settler = new OutcomeSettler({
      session: parts,
      state: this.#state,
      views: this.#views,
      outcomes: this.#outcomes,
      commits: this.#commits,
      basis: recorder,
      host: {
        isOpen: () => this.#stopping.kind === 'no',
        mayStandIn: () => !this.#killing,
        moreToCome: () => this.#working > 0 || this.#state.hasReady,
        // What stands in for it uses none of its limits.
        standIn: (launched) => this.#execute({ ...launched, slots: undefined }),
        waitForRetry: (index, delayMs) => this.#waitForRetry(index, delayMs),
        failedForGood: ({ stage }, isFatal) => isFatal && this.#stopAfterFailure(stage),
        skipBlocked: ({ stage }) => this.#unstarted.skipBlocked(stage),
      },
    });
  }

  /** Attempts that hold a slot; others wait for the world outside. */
  get #working(): number {
    return this.#active - this.#paused.size;
  }

  begin(): void {
    const { pipeline, plan, clock, earlier } = this.#parts;
    const at = clock.now();
    const { name, graph } = pipeline;
    this.#commits.note({
      event:
        earlier === undefined
          ? { type: 'run.started', at, pipeline: name, stages: graph.count }
          : { type: 'run.resumed', at, pipeline: name, plan: plan.counts },
    });
    const { contextUpdate } = this.#parts;
    if (contextUpdate !== undefined) {
      const { values, records } = contextUpdate;
      this.#commits.note({ values, context: records });
    }
    for (const attempt of earlier?.lost ?? []) {
      this.#commits.note({ attempt: { ...attempt, status: 'lost', finishedAt: at } });
    }
    this.#pumping = true;
    this.#applyPlan();
    this.#pumping = false;
    this.#begun = true;
    if (this.#earlyCancel === undefined) this.#pump();
    else this.cancel(this.#earlyCancel);
  }

  cancel(mode: CancelMode): void {
    if (!this.#begun) {
      // The first event of a run tells of its start; a kill stays one.
      if (this.#earlyCancel !== 'kill') this.#earlyCancel = mode;
      return;
    }
    if (this.#ended || this.#stopping.kind === 'released') return;
    const at = this.#parts.clock.now();
    this.#commits.note({ event: { type: 'run.cancelling', at, mode, running: this.#active } });
    this.#stopping = { kind: 'cancelled' };
    this.#stopWaiting();
    if (mode === 'kill') this.#cancelRunning();
    else this.#cancelPaused();
    this.#pump();
  }

  /** Settles what the plan settled: checkpoints that stand for their stages, and stages that are left out. */
  #applyPlan(): void {
    const { pipeline, plan, cached } = this.#parts;
    const { order } = pipeline.graph;
    for (const index of order) {
      if (plan.decisions[index] === 'reuse' && !cached.has(index)) this.#state.reuse(index);
    }
    for (const index of order) {
      const outcome = cached.get(index);
      if (outcome !== undefined) {
        const stage = this.#stageAt(index);
        const basis = this.#gate.basisOf(stage, outcome);
        const reason = explanationOf(plan, index);
        this.#admissions.takeOver(stage, outcome, { basis, reason, isPlanned: true });
      } else if (plan.decisions[index] === 'skip') {
        const isCondition = !isLeftOutBySelection(plan.reasons[index]);
        this.#unstarted.skipPlanned(index, explanationOf(plan, index), isCondition);
      }
    }
    this.#state.unblockRoots();
  }

  /** Starts what may start, and ends the run when nothing is left to wait for. */
  #pump(): void {
    if (this.#pumping || this.#ended || !this.#begun) return;
    this.#pumping = true;
    for (;;) {
      while (this.#paused.hasWaking && this.#hasSlot) this.#paused.wakeNext();
      if (!this.#mayLaunch() || this.#turn.isOver()) break;
      // Who waited for a limit goes before those who are ready since.
      const turn = this.#limited.next();
      if (turn !== undefined) {
        this.#take(turn);
        continue;
      }
      if (this.#paused.hasWaking) continue;
      const index = this.#state.takeReady();
      if (index === undefined) break;
      this.#admit(index);
    }
    this.#pumping = false;
    // Nothing else can come in before this group is written, so it need not wait for more.
    if (this.#working === 0 && !this.#turn.isPending) this.#commits.flush();
    this.#endIfDone();
  }

  /** Asked anew for each stage: starting one may end, stop or break the run. */
  #mayLaunch(): boolean {
    if (this.#ended || this.#stopping.kind !== 'no') return false;
    return this.#hasSlot;
  }

  get #hasSlot(): boolean {
    return this.#working < this.#parts.options.concurrency;
  }

  #admit(index: number): void {
    const stage = this.#stageAt(index);
    const admission = this.#gate.admit(stage, this.#outcomes.triesOf(index) > 0);
    if (!(admission instanceof Promise)) return this.#enter(stage, admission);
    // It holds a slot: what is decided may start at once.
    this.#active++;
    admission
      .then((decided) => {
        this.#active--;
        if (this.#broken !== undefined) return this.#reportBroken(this.#broken.error);
        // A skip takes others along, and the run goes on only after the last of them.
        this.#pumping = true;
        // What was stopped meanwhile is closed with the rest of the run.
        if (this.#stopping.kind === 'no') this.#enter(stage, decided);
        this.#pumping = false;
        this.#pump();
      })
      .catch((error: unknown) => this.#breakOff(error));
  }

  #enter(stage: BoundStage, admission: Admission): void {
    switch (admission.kind) {
      case 'run':
        return this.#take(this.#limited.enter(stage, admission));
      case 'keep':
        return this.#admissions.keep(stage, admission);
      case 'take-over':
        return this.#admissions.takeOver(stage, admission.outcome, {
          ...admission,
          isPlanned: false,
        });
      case 'skip':
        return this.#unstarted.skipUnmet(stage.index, admission.reason);
      default:
        return unreachable(admission, 'unknown kind of admission');
    }
  }

  /** @param turn undefined: it waits for a limit */
  #take(turn: StageTurn | undefined): void {
    if (turn === undefined) return;
    this.#state.start(turn.stage.index);
    this.#launch(turn);
  }

  #launch({ stage, admission, slots }: StageTurn): void {
    const { basis, reason, failure } = admission;
    const { index } = stage;
    const attempt = this.#outcomes.nextAttempt(index);
    const { clock, lease, redact } = this.#parts;
    const startedAt = clock.now();
    const note = this.#commits.note({
      attempt: { stage: stage.id, attempt, fence: lease.fence, status: 'running', startedAt },
      event: {
        type: 'stage.started',
        at: startedAt,
        stage: stage.id,
        attempt,
        // A param may have been written out before it became a secret.
        ...(reason === undefined ? {} : { reason: redact(reason) }),
      },
    });
    const startedMs = clock.monotonic();
    const launched = { index, stage, attempt, startedAt, startedMs, basis, note, slots };
    if (failure === undefined) return this.#executeOnRecord(launched);
    this.#settler.settle(launched, { kind: 'failed', failure });
  }

  /** What may hold the process is on record and announced first, since nothing can be written meanwhile. */
  #executeOnRecord(launched: LaunchedAttempt): void {
    const { blueprint, id } = launched.stage;
    const isSlow = this.#quick.isSlow(blueprint, this.#parts.plan.durations.get(id));
    // Outcomes that wait for their group are not hurried for a stage of which nothing is known.
    const isWrittenFirst = isSlow ?? !this.#commits.hasOutcomes;
    if (isWrittenFirst) this.#commits.flush();
    if (this.#ended) return launched.slots?.leave('other');
    const { clock } = this.#parts;
    const beganMs = clock.monotonic();
    this.#execute(launched);
    this.#quick.saw(blueprint, clock.monotonic() - beganMs);
  }

  #execute(launched: LaunchedAttempt): void {
    const site = {
      parts: this.#parts,
      views: this.#views,
      commits: this.#commits,
      reader: this.#basis,
      waits: this.#stageWaits,
      items: this.#limitedItems,
    };
    this.#active++;
    let settled = false;
    const running = launchAttempt(site, launched, (outcome) => {
      settled = true;
      this.#active--;
      this.#running.delete(launched);
      this.#paused.forget(launched);
      this.#limited.forget(launched);
      if (this.#broken !== undefined) {
        launched.slots?.leave('other');
        return this.#reportBroken(this.#broken.error);
      }
      if (this.#stopping.kind === 'released') this.#leaveWaiting(launched);
      else this.#settler.settle(launched, outcome);
      // Only now: what starts in its place must find the run as the outcome left it.
      launched.slots?.leave(stageResult(launched.stage, outcome));
      this.#pump();
    });
    if (settled) return;
    this.#running.set(launched, running);
    // The stage itself cancelled the run, or broke it, before its first await.
    if (this.#killing) running.cancel();
  }

  #waitForRetry(index: number, delayMs: number): void {
    const wake = (): void => {
      this.#waiting.delete(index);
      this.#state.unblock(index);
      this.#pump();
    };
    this.#waiting.set(index, this.#parts.clock.setTimer(delayMs, wake));
  }

  #stopAfterFailure(stage: BoundStage): void {
    const mode = this.#parts.options.failureMode;
    if (mode === 'continue' || this.#stopping.kind !== 'no') return;
    this.#stopping = { kind: 'failed', stage: stage.id };
    this.#stopWaiting();
    if (mode === 'kill') this.#cancelRunning();
    else this.#cancelPaused();
  }

  /** An attempt begins to wait; one of a run that stops is not waited for, since its answer may take days. */
  #pause(launched: LaunchedAttempt): void {
    this.#paused.pause(launched);
    launched.slots?.leave('other');
    if (this.#stopping.kind === 'no') this.#pump();
    else this.#running.get(launched)?.cancel();
  }

  /** An attempt that still waits for something else goes on without its limits. */
  #wake(launched: LaunchedAttempt, goOn: () => void): void {
    const wake = (): void => {
      this.#paused.wake(launched, goOn);
      this.#pump();
    };
    if (this.#paused.isLastWait(launched)) this.#limited.goOn(launched, wake);
    else wake();
  }

  #cancelPaused(): void {
    for (const launched of this.#paused.all()) this.#running.get(launched)?.cancel();
  }

  /** Nothing is left to do but to wait, and the process is not to stay for that. */
  #mayRelease(): boolean {
    if (!this.#parts.options.detachWaits || this.#stopping.kind !== 'no') return false;
    const isWaiting = this.#paused.size > 0 && !this.#paused.hasWaking;
    const isBusy =
      this.#working + this.#waiting.size + this.#limited.waiting > 0 || this.#turn.isPending;
    if (!isWaiting || isBusy || this.#state.hasReady || !this.#commits.idle) return false;
    return !this.#stageWaits.endsWithin(RELEASED_FOR_MS);
  }

  /** The waits stay on record, and their stages without an outcome: a resume begins them again. */
  #stopToWait(): void {
    this.#stopping = { kind: 'released', waiting: this.#paused.size };
    this.#cancelPaused();
  }

  #leaveWaiting(launched: LaunchedAttempt): void {
    launched.note.supersedeAttempt();
    this.#commits.note({ attempt: this.#outcomes.attempt(launched, 'cancelled') });
  }

  /** Gives up retries that wait for their time. */
  #stopWaiting(): void {
    for (const cancelTimer of this.#waiting.values()) cancelTimer();
    this.#waiting.clear();
    this.#limited.stop();
  }

  #cancelRunning(): void {
    this.#killing = true;
    for (const running of [...this.#running.values()]) running.cancel();
  }

  #endIfDone(): void {
    if (!this.#ended && this.#mayRelease()) return this.#stopToWait();
    const isWaiting = this.#waiting.size + this.#limited.waiting > 0;
    const isBusy = this.#active > 0 || isWaiting || this.#turn.isPending;
    if (this.#ended || isBusy || !this.#commits.idle) return;
    if (this.#stopping.kind === 'released') return this.#release(this.#stopping.waiting);
    if (this.#state.ended) return this.#finish();
    invariant(this.#stopping.kind !== 'no', 'the run has nothing to do and has not ended');
    // A store that answers at once calls back for each record; the run goes on only after the last.
    this.#pumping = true;
    this.#unstarted.closeAll(this.#stopping);
    this.#pumping = false;
    this.#commits.flush();
    this.#endIfDone();
  }

  #finish(): void {
    const { clock, finished } = this.#parts;
    const { durationMs, context, stages } = this.#close();
    const status = finalStatus({
      pipeline: this.#parts.pipeline,
      state: this.#state,
      outcomes: this.#outcomes,
      wasCancelled: this.#stopping.kind === 'cancelled',
    });
    const finishedAt = clock.now();
    for (const stage of closingRecords(this.#parts, this.#outcomes)) this.#commits.note({ stage });
    this.#commits.add(
      {
        finish: { status, finishedAt, durationMs },
        event: { type: 'run.finished', at: finishedAt, status, durationMs },
        written: () => finished({ status, durationMs, context, stages }),
      },
      false,
    );
    this.#commits.flush();
  }

  #release(waiting: number): void {
    const { clock, finished } = this.#parts;
    const end = this.#close();
    this.#commits.add(
      {
        event: { type: 'run.released', at: clock.now(), waiting },
        written: () => finished({ status: 'waiting', ...end }),
      },
      false,
    );
    this.#commits.flush();
  }

  #close(): Omit<SessionEnd, 'status'> {
    this.#ended = true;
    const { clock, earlier, heart } = this.#parts;
    heart.stop();
    this.#limited.stop();
    this.#limitedItems.stop();
    return {
      durationMs: (earlier?.durationMs ?? 0) + clock.monotonic() - this.#beganMs,
      context: this.#views.ofRun(),
      stages: () => this.#outcomes.summaries((index) => this.#state.status(index)),
    };
  }

  /** The run cannot be recorded any more: stops its stages, waits for their teardown, and reports. */
  #breakOff(error: unknown): void {
    if (this.#broken !== undefined) return;
    this.#ended = true;
    this.#broken = { error };
    this.#parts.heart.stop();
    this.#turn.stop();
    this.#stopWaiting();
    this.#cancelRunning();
    this.#limitedItems.stop();
    this.#reportBroken(error);
  }

  #reportBroken(error: unknown): void {
    if (this.#active === 0) this.#parts.brokenOff(error);
  }

  #stageAt(index: number): BoundStage {
    const stage = this.#parts.pipeline.stages[index];
    invariant(stage !== undefined, `there is no stage ${index}`);
    return stage;
  }
}

/** What the outcome of an attempt says of the limits that it used. */
function stageResult({ blueprint, options }: BoundStage, outcome: AttemptOutcome): CallResult {
  if (outcome.kind === 'succeeded') return 'worked';
  if (outcome.kind === 'cancelled') return 'other';
  return callResultOf({ policy: options.retry, spec: blueprint.spec }, outcome.failure);
}
