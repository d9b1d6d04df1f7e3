import {
  type AttemptOutcome,
  type AttemptRequest,
  AttemptScope,
  AttemptWaits,
  cancelledFailure,
  checkUpdates,
  collectOutputs,
  handOutOutcome,
  handOutScope,
  type MappedAttempt,
  NO_READS,
  readInputs,
  threwFailure,
  timedOutFailure,
  type UndoneOutcome,
} from '../attempt/index.ts';
import { success } from '../base/result.ts';
import type { FailureRecord, ItemCounts } from '../events/index.ts';
import type { AnyStage, RunScope } from '../stage/index.ts';
import { AttemptTimer } from './attempt-timer.ts';
import type { LooseMappedStage } from './item-life.ts';
import { ItemRuns, type ItemsEnd } from './item-runs.ts';
import { whenSettled } from './when-settled.ts';

type HandedScope = RunScope<unknown, unknown, never>;

/** The engine's side of a stage, whose own types are forgotten. */
interface LooseStage {
  setup(scope: HandedScope): unknown;
  run(scope: HandedScope): unknown;
  teardown(scope: HandedScope): unknown;
  undo?(scope: ReturnType<typeof handOutOutcome>): unknown;
}

type Phase = 'construct' | 'setup' | 'run' | 'undo';

/**
 * One attempt in this process: construct, setup, run (or each item, or undo), teardown.
 *
 *   open ──► aborted ──► concluded ──► settled
 *     └────────────────────▲
 *
 * Aborted (timeout, cancel): the signal is aborted and the grace period runs. Concluded: the outcome is
 * known, later results are dropped, teardown runs. Settled: the outcome was given.
 */
export class AttemptLife {
  readonly #request: AttemptRequest;
  readonly #settled: (outcome: AttemptOutcome) => void;
  readonly #startedAt: number;
  #scope: AttemptScope | undefined;
  #handedOut: HandedScope | undefined;
  #stage: LooseStage | undefined;
  #items: ItemRuns | undefined;
  /** Nothing new is to begin within it. */
  #isStopped = false;
  #phase: Phase = 'construct';
  #setupBegan = false;
  #aborted: FailureRecord | undefined;
  #concluded = false;
  #timer: AttemptTimer | undefined;
  #waits: AttemptWaits | undefined;
  /** Set while teardown runs: goes on without it. */
  #leaveTeardown: (() => void) | undefined;

  constructor(request: AttemptRequest, settled: (outcome: AttemptOutcome) => void) {
    this.#request = request;
    this.#settled = settled;
    this.#startedAt = request.timeoutMs === undefined ? 0 : request.services.clock.monotonic();
  }

  begin(): void {
    const { timeoutMs, blueprint, undo } = this.#request;
    // What is undone reads its inputs when it asks for them.
    const inputs = undo === undefined ? readInputs(this.#request) : success(undefined);
    if (!inputs.ok) return this.#conclude({ kind: 'failed', failure: inputs.problem });
    this.#scope = this.#newScope(inputs.value);
    if (timeoutMs !== undefined) this.#armed.arm(timeoutMs, () => this.#timeOut(timeoutMs));
    const made = this.#construct();
    if (made === undefined) return;
    this.#stage = made;
    if (!blueprint.hasSetup && !hasOwnMethod(made, 'setup')) return this.#run(made);
    this.#phase = 'setup';
    this.#setupBegan = true;
    whenSettled(
      () => made.setup(this.#handed()),
      () => this.#run(made),
      (error) => this.#threw(error),
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.#items?.stop();
  }

  cancel(): void {
    const { graceMs, services } = this.#request;
    if (this.#leaveTeardown !== undefined) {
      // A second cancel gives no second grace period.
      if (services.clock.monotonic() + graceMs < this.#armed.dueMs) {
        this.#armed.arm(graceMs, this.#leaveTeardown);
      }
      return;
    }
    this.#abort(cancelledFailure(this.#request.stage, this.#phase));
  }

  #construct(): LooseStage | undefined {
    try {
      const stage: AnyStage = new this.#request.blueprint.stageClass();
      return stage as unknown as LooseStage;
    } catch (error) {
      this.#threw(error);
      return undefined;
    }
  }

  #run(stage: LooseStage): void {
    // Setup may end after its attempt was aborted; nothing new is begun then.
    if (this.#concludeIfAborted() || this.#concludeIfOverdue()) return;
    this.#setupBegan = true;
    const { mapped, undo } = this.#request;
    if (undo !== undefined) return this.#undo(stage, undo);
    this.#phase = 'run';
    if (mapped !== undefined) return this.#runItems(stage, mapped);
    whenSettled(
      () => stage.run(this.#handed()),
      (returned) => this.#returned(returned),
      (error) => this.#threw(error),
    );
  }

  #undo(stage: LooseStage, undone: UndoneOutcome): void {
    this.#phase = 'undo';
    const scope = this.#scope ?? this.#newScope(undefined);
    whenSettled(
      () => stage.undo?.(handOutOutcome(scope, this.#request, undone)),
      () => {
        if (this.#concluded || this.#concludeIfAborted() || this.#concludeIfOverdue()) return;
        this.#conclude({ kind: 'succeeded', outputs: [], updates: [], reads: NO_READS });
      },
      (error) => this.#threw(error),
    );
  }

  #runItems(stage: LooseStage, mapped: MappedAttempt): void {
    // The getters of a handed-out scope have no state: its owner made it.
    const scope = this.#scope ?? this.#newScope(undefined);
    this.#items = new ItemRuns({
      request: this.#request,
      mapped,
      stage: stage as unknown as LooseMappedStage,
      scope,
      ended: (end) => this.#itemsEnded(end),
      broken: (error) => this.#threw(error),
    });
    this.#items.begin();
    if (this.#isStopped) this.#items.stop();
  }

  #itemsEnded(end: ItemsEnd): void {
    if (end.kind === 'done') return this.#returned(end.outputs, end.items);
    if (this.#concluded || this.#concludeIfAborted() || this.#concludeIfOverdue()) return;
    const failure = cancelledFailure(this.#request.stage, 'run');
    this.#conclude(end.kind === 'stopped' ? { kind: 'cancelled', failure } : end);
  }

  #returned(returned: unknown, items?: ItemCounts): void {
    if (this.#concluded || this.#concludeIfAborted()) return;
    const { stage, blueprint } = this.#request;
    if (this.#concludeIfOverdue()) return;
    const outputs = collectOutputs(stage, blueprint, returned);
    if (!outputs.ok) return this.#conclude({ kind: 'failed', failure: outputs.problem });
    const view = this.#scope?.usedContext;
    const schema = blueprint.spec.updates;
    const refused =
      view === undefined || schema === undefined ? undefined : checkUpdates(stage, schema, view);
    if (refused !== undefined) return this.#conclude({ kind: 'failed', failure: refused });
    const updates = view?.updates ?? [];
    const reads = this.#scope?.reads ?? NO_READS;
    this.#conclude({
      kind: 'succeeded',
      outputs: outputs.value,
      updates,
      reads,
      ...(items === undefined ? {} : { items }),
    });
  }

  #threw(error: unknown): void {
    if (this.#concluded || this.#concludeIfAborted()) return;
    this.#conclude({
      kind: 'failed',
      failure: threwFailure(this.#request.stage, this.#phase, error),
    });
  }

  #timeOut(timeoutMs: number): void {
    this.#abort(timedOutFailure(this.#request.stage, this.#phase, timeoutMs));
  }

  #abort(failure: FailureRecord): void {
    if (this.#concluded || this.#aborted !== undefined) return;
    this.#aborted = failure;
    this.#armed.arm(this.#request.graceMs, () => void this.#concludeIfAborted());
    const name = failure.reason === 'timed-out' ? 'TimeoutError' : 'AbortError';
    const reason = new DOMException(failure.message, name);
    this.#scope?.abort(reason);
    this.#items?.abort(reason);
    this.#waits?.abort(reason);
  }

  #concludeIfAborted(): boolean {
    const failure = this.#aborted;
    if (failure === undefined) return false;
    this.#conclude({ kind: failure.reason === 'cancelled' ? 'cancelled' : 'failed', failure });
    return true;
  }

  /** A stage that blocks the event loop comes back before its timer could fire. */
  #concludeIfOverdue(): boolean {
    const { stage, timeoutMs, services } = this.#request;
    if (timeoutMs === undefined) return false;
    const passedMs = services.clock.monotonic() - this.#startedAt - this.#armed.pausedMs;
    if (passedMs <= timeoutMs) return false;
    this.#conclude({
      kind: 'failed',
      failure: timedOutFailure(stage, this.#phase, timeoutMs),
    });
    return true;
  }

  /** The outcome is known; from here on only teardown runs. */
  #conclude(outcome: AttemptOutcome): void {
    if (this.#concluded) return;
    this.#concluded = true;
    this.#timer?.disarm();
    this.#waits?.end();
    const stage = this.#stage;
    const isOpen = stage !== undefined && this.#setupBegan;
    if (!isOpen || !(this.#request.blueprint.hasTeardown || hasOwnMethod(stage, 'teardown'))) {
      return this.#settle(outcome);
    }
    this.#tearDown(stage, outcome);
  }

  #tearDown(stage: LooseStage, outcome: AttemptOutcome): void {
    const { stage: id, graceMs, timeoutMs } = this.#request;
    let done = false;
    const finish = (teardownFailure: FailureRecord | undefined): void => {
      if (done) return;
      done = true;
      this.#leaveTeardown = undefined;
      this.#timer?.disarm();
      this.#settle(teardownFailure === undefined ? outcome : { ...outcome, teardownFailure });
    };
    const limitMs = this.#aborted === undefined ? timeoutMs : graceMs;
    this.#leaveTeardown = () => finish(timedOutFailure(id, 'teardown', limitMs ?? graceMs));
    if (limitMs !== undefined) this.#armed.arm(limitMs, this.#leaveTeardown);
    whenSettled(
      () => stage.teardown(this.#handed()),
      () => finish(undefined),
      (error) => finish(threwFailure(id, 'teardown', error)),
    );
  }

  #settle(outcome: AttemptOutcome): void {
    this.#scope?.close();
    this.#settled(outcome);
  }

  /** Made when it is first needed: most attempts have no time limit and end before anybody cancels them. */
  get #armed(): AttemptTimer {
    this.#timer ??= new AttemptTimer(this.#request.services.clock);
    return this.#timer;
  }

  #handed(): HandedScope {
    this.#scope ??= this.#newScope(undefined);
    this.#handedOut ??= handOutScope(this.#scope);
    return this.#handedOut;
  }

  #newScope(inputs: unknown): AttemptScope {
    return new AttemptScope(this.#request, inputs, () => this.#waitsOf());
  }

  #waitsOf(): AttemptWaits {
    const { stage, services } = this.#request;
    if (this.#waits !== undefined) return this.#waits;
    this.#waits = new AttemptWaits({
      stage,
      desk: services.waits,
      pause: () => this.#armed.pause(),
      goOn: () => this.#armed.goOn(),
    });
    if (this.#aborted !== undefined || this.#concluded) this.#waits.end();
    return this.#waits;
  }
}

/** A method written as a field of the class, such as an arrow function, is not on its prototype. */
function hasOwnMethod(stage: LooseStage, method: 'setup' | 'teardown'): boolean {
  try {
    return Object.hasOwn(stage, method);
  } catch {
    return false;
  }
}
