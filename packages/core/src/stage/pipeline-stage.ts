import type { z } from '../base/zod.ts';
import type { OutcomeScope, RunScope, StageScopeBase } from './run-scope.ts';
import { type MaybePromise, type STAGE_MARK, StageLife } from './stage-life.ts';
import type { StageSpec } from './stage-spec.ts';

type Plain = Record<string, unknown>;

export type InputsOf<S extends StageSpec> = S['inputs'] extends z.ZodType
  ? z.output<S['inputs']>
  : Plain;
/** What `run` returns: the outputs, or nothing when the stage only updates or declares none. */
export type OutputsOf<S extends StageSpec> = S['outputs'] extends z.ZodType
  ? z.input<S['outputs']>
  : Plain | undefined | void;
/** What is on record of the outputs, as the schema has read them. */
export type RecordedOf<S extends StageSpec> = S['outputs'] extends z.ZodType
  ? z.output<S['outputs']>
  : Plain;
export type ParamsOf<S extends StageSpec> = S['params'] extends z.ZodType
  ? z.output<S['params']>
  : Plain;
export type UpdatesOf<S extends StageSpec> = S['updates'] extends z.ZodType
  ? z.output<S['updates']>
  : Plain;

/**
 * The unit that users write. Each attempt gets a fresh instance: `setup`, then `run`, and `teardown`
 * always once setup has begun, also after a failure, a timeout or a cancel.
 *
 * `PipelineStage.of(spec)` gives a base class typed by the spec's schemas. A plain
 * `extends PipelineStage<In, Out, Params>` declares nothing: it sees all that its ancestors wrote,
 * and its writes are checked when they are committed.
 */
export abstract class PipelineStage<
  Inputs = Plain,
  Outputs = Plain | undefined | void,
  Params = Plain,
  Updates = Plain,
  Recorded = Exclude<Outputs, undefined | void>,
> extends StageLife<Params> {
  static readonly spec: StageSpec = {};

  /** A base class whose `run` is typed by the schemas of `spec`. */
  static of<const S extends StageSpec>(spec: S): SpecifiedStage<S> {
    abstract class Specified extends PipelineStage {
      static override readonly spec = spec;
    }
    // The class carries the spec's types only at compile time; at run time it is the plain base.
    return Specified as unknown as SpecifiedStage<S>;
  }

  /**
   * Does the work and returns the outputs as plain data, one context key each.
   * @param scope inputs by key, params, context, signal, progress, logger and artifacts
   */
  abstract run(scope: RunScope<Inputs, Params, Updates>): MaybePromise<Outputs>;

  /**
   * Takes back what the outcome did outside the run: a refund for a charge. Called on a fresh instance, between
   * `setup` and `teardown`. It may be called again after a kill, with the same `idempotencyKey`.
   */
  undo?(scope: OutcomeScope<Inputs, Recorded, Params>): MaybePromise<void>;
}

/** The abstract base that `PipelineStage.of` returns. */
export type SpecifiedStage<S extends StageSpec> = (abstract new () => PipelineStage<
  InputsOf<S>,
  OutputsOf<S>,
  ParamsOf<S>,
  UpdatesOf<S>,
  RecordedOf<S>
>) & { readonly spec: S; readonly [STAGE_MARK]: true };

/** The parameter of `run` in a stage made with `of`: `run({ inputs }: StageScope<typeof Score>)`. */
export type StageScope<C extends { readonly spec: StageSpec }> = RunScope<
  InputsOf<C['spec']>,
  ParamsOf<C['spec']>,
  UpdatesOf<C['spec']>
>;

/** The parameter of `setup` and `teardown` in a stage made with `of`. */
export type SetupScope<C extends { readonly spec: StageSpec }> = StageScopeBase<
  ParamsOf<C['spec']>
>;

/** The parameter of `undo` in a stage made with `of`. */
export type UndoScope<C extends { readonly spec: StageSpec }> = OutcomeScope<
  InputsOf<C['spec']>,
  RecordedOf<C['spec']>,
  ParamsOf<C['spec']>
>;
