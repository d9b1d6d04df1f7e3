import {
  type BoundStage,
  type FailureRecord,
  type RunScope,
  type StageId,
  threwFailure,
  timedOutFailure,
} from '@millrace/core';
import { StageCall } from '../chain/stage-call.ts';
import type { StageSite } from '../chain/stage-site.ts';

type Handed = RunScope<unknown, unknown, never>;

/** The stream's side of a stage, whose own types are forgotten. */
export interface LooseStage {
  setup(scope: Handed): unknown;
  run(scope: Handed): unknown;
  teardown(scope: Handed): unknown;
}

interface StageInstanceParts {
  readonly id: StageId;
  readonly stage: LooseStage;
  readonly params: unknown;
  /** Of setup, and of teardown; undefined is none. */
  readonly timeoutMs: number | undefined;
}

/** An instance of a stage that serves many messages, between one setup and one teardown. */
export class StageInstance {
  readonly #parts: StageInstanceParts;
  #setupFailure: FailureRecord | undefined;

  constructor(parts: StageInstanceParts) {
    this.#parts = parts;
  }

  /** Of the class that the pipeline binds. @throws what its constructor throws */
  static of({ id, blueprint, params, options }: BoundStage): StageInstance {
    const stage = new blueprint.stageClass() as unknown as LooseStage;
    return new StageInstance({ id, stage, params: params.value, timeoutMs: options.timeoutMs });
  }

  get params(): unknown {
    return this.#parts.params;
  }

  /** It cannot run: every message is served as if its call had failed so. */
  get setupFailure(): FailureRecord | undefined {
    return this.#setupFailure;
  }

  /** Never rejects: a failure is kept for those who ask. */
  async setup(site: StageSite): Promise<void> {
    this.#setupFailure = await this.#call('setup', site);
  }

  /** Never rejects. @returns its failure */
  teardown(site: StageSite): Promise<FailureRecord | undefined> {
    return this.#call('teardown', site);
  }

  run(scope: Handed): unknown {
    return this.#parts.stage.run(scope);
  }

  async #call(phase: 'setup' | 'teardown', site: StageSite): Promise<FailureRecord | undefined> {
    const { id, stage, params, timeoutMs } = this.#parts;
    const call = new StageCall({
      site,
      stageId: id,
      params,
      inputs: undefined,
      attempt: 1,
      work: phase,
      context: () => NO_CONTEXT,
    });
    let cancelTimer: (() => void) | undefined;
    try {
      const called = Promise.resolve(stage[phase](call.handed));
      if (timeoutMs === undefined) await called;
      else {
        const overdue = new Promise<FailureRecord>((resolve) => {
          const failure = timedOutFailure(id, phase, timeoutMs);
          cancelTimer = site.clock.setTimer(timeoutMs, () => resolve(failure));
        });
        const failure = await Promise.race([called.then(() => undefined), overdue]);
        if (failure !== undefined) call.abort(new DOMException(failure.message, 'TimeoutError'));
        return failure;
      }
    } catch (error) {
      return threwFailure(id, phase, error);
    } finally {
      cancelTimer?.();
    }
    return undefined;
  }
}

const NO_CONTEXT: RunScope<unknown, unknown, never>['context'] = {
  get: () => undefined,
  has: () => false,
  keys: () => [],
  update: () => undefined,
};
