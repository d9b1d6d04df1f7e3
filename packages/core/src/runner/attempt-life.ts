import {
  type AttemptOutcome,
  type AttemptRequest,
  AttemptScope,
  cancelledFailure,
  collectOutputs,
  invalidOutputFailure,
  readInputs,
  threwFailure,
  timedOutFailure,
  toValueIssues,
} from '../attempt/index.ts';
import type { CancelTimer } from '../base/clock.ts';
import type { FailureRecord } from '../events/index.ts';
import type { AnyStage } from '../stage/index.ts';
import { whenSettled } from './when-settled.ts';

/** The engine's side of a stage, whose own types are forgotten. */
interface LooseStage {
  setup(scope: AttemptScope): unknown;
  run(scope: AttemptScope): unknown;
  teardown(scope: AttemptScope): unknown;
}

type Phase = 'construct' | 'setup' | 'run';

/**
 * One attempt in this process: construct, setup, run, teardown.
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
  #stage: LooseStage | undefined;
  #phase: Phase = 'construct';
  #setupBegan = false;
  #aborted: FailureRecord | undefined;
  #concluded = false;
  #timer: CancelTimer | undefined;
  #leaveTeardown: (() => void) | undefined;

  constructor(request: AttemptRequest, settled: (outcome: AttemptOutcome) => void) {
    this.#request = request;
    this.#settled = settled;
    this.#startedAt = request.timeoutMs === undefined ? 0 : request.services.clock.monotonic();
  }

  begin(): void {
    const { timeoutMs, blueprint } = this.#request;
    const inputs = readInputs(this.#request);
    if (!inputs.ok) return this.#conclude({ kind: 'failed', failure: inputs.problem });
    this.#scope = new AttemptScope(this.#request, inputs.value);
    if (timeoutMs !== undefined) this.#arm(timeoutMs, () => this.#timeOut(timeoutMs));
    const made = this.#construct();
    if (made === undefined) return;
    this.#stage = made;
    if (!blueprint.hasSetup) return this.#run(made);
    this.#phase = 'setup';
    this.#setupBegan = true;
    whenSettled(
      () => made.setup(this.#openScope()),
      () => this.#run(made),
      (error) => this.#threw(error),
    );
  }

  cancel(): void {
    if (this.#leaveTeardown !== undefined)
      return this.#arm(this.#request.graceMs, this.#leaveTeardown);
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
    if (this.#concludeIfAborted()) return;
    this.#phase = 'run';
    this.#setupBegan = true;
    whenSettled(
      () => stage.run(this.#openScope()),
      (returned) => this.#returned(returned),
      (error) => this.#threw(error),
    );
  }

  #returned(returned: unknown): void {
    if (this.#concluded || this.#concludeIfAborted()) return;
    const { stage, blueprint, timeoutMs, services } = this.#request;
    // A stage that blocked the event loop comes back before its timer could fire.
    if (timeoutMs !== undefined && services.clock.monotonic() - this.#startedAt > timeoutMs) {
      return this.#conclude({ kind: 'failed', failure: timedOutFailure(stage, 'run', timeoutMs) });
    }
    const outputs = collectOutputs(stage, blueprint, returned);
    if (!outputs.ok) return this.#conclude({ kind: 'failed', failure: outputs.problem });
    const updates = this.#scope?.usedContext?.updates ?? [];
    const refused = this.#checkUpdates(updates);
    if (refused !== undefined) return this.#conclude({ kind: 'failed', failure: refused });
    this.#conclude({ kind: 'succeeded', outputs: outputs.value, updates });
  }

  #checkUpdates(
    updates: NonNullable<AttemptScope['usedContext']>['updates'],
  ): FailureRecord | undefined {
    const { stage, blueprint } = this.#request;
    const schema = blueprint.spec.updates;
    if (schema === undefined || updates.length === 0) return undefined;
    const values = Object.fromEntries(updates.map(({ key, value }) => [key, value.value]));
    try {
      const parsed = schema.partial().safeParse(values);
      return parsed.success
        ? undefined
        : invalidOutputFailure(stage, toValueIssues(parsed.error, values));
    } catch (error) {
      return threwFailure(stage, 'outputs', error);
    }
  }

  #threw(error: unknown): void {
    if (this.#concluded || this.#concludeIfAborted()) return;
    this.#conclude({
      kind: 'failed',
      failure: threwFailure(this.#request.stage, this.#phase, error),
    });
  }

  #timeOut(timeoutMs: number): void {
    this.#abort(
      timedOutFailure(
        this.#request.stage,
        this.#phase === 'construct' ? 'run' : this.#phase,
        timeoutMs,
      ),
    );
  }

  #abort(failure: FailureRecord): void {
    if (this.#concluded || this.#aborted !== undefined) return;
    this.#aborted = failure;
    this.#arm(this.#request.graceMs, () => void this.#concludeIfAborted());
    this.#scope?.abort(
      new DOMException(
        failure.message,
        failure.reason === 'timed-out' ? 'TimeoutError' : 'AbortError',
      ),
    );
  }

  #concludeIfAborted(): boolean {
    const failure = this.#aborted;
    if (failure === undefined) return false;
    this.#conclude({ kind: failure.reason === 'cancelled' ? 'cancelled' : 'failed', failure });
    return true;
  }

  /** The outcome is known; from here on only teardown runs. */
  #conclude(outcome: AttemptOutcome): void {
    if (this.#concluded) return;
    this.#concluded = true;
    this.#disarm();
    const stage = this.#stage;
    if (stage === undefined || !this.#setupBegan || !this.#request.blueprint.hasTeardown) {
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
      this.#disarm();
      this.#settle(teardownFailure === undefined ? outcome : { ...outcome, teardownFailure });
    };
    const limitMs = this.#aborted === undefined ? timeoutMs : graceMs;
    this.#leaveTeardown = () => finish(timedOutFailure(id, 'teardown', limitMs ?? graceMs));
    if (limitMs !== undefined) this.#arm(limitMs, this.#leaveTeardown);
    whenSettled(
      () => stage.teardown(this.#openScope()),
      () => finish(undefined),
      (error) => finish(threwFailure(id, 'teardown', error)),
    );
  }

  #settle(outcome: AttemptOutcome): void {
    this.#scope?.close();
    this.#settled(outcome);
  }

  #openScope(): AttemptScope {
    this.#scope ??= new AttemptScope(this.#request, undefined);
    return this.#scope;
  }

  #arm(delayMs: number, callback: () => void): void {
    this.#disarm();
    this.#timer = this.#request.services.clock.setTimer(delayMs, callback);
  }

  #disarm(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
