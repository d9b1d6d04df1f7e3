import type { z } from '../base/zod.ts';
import type { ItemScope } from './item-scope.ts';
import type { InputsOf, ParamsOf, RecordedOf } from './pipeline-stage.ts';
import type { OutcomeScope } from './run-scope.ts';
import { type MaybePromise, type STAGE_MARK, StageLife } from './stage-life.ts';
import type { MappedStageSpec, StageSpec } from './stage-spec.ts';

type Plain = Record<string, unknown>;

/** One item of what a stage maps over. */
type ElementOf<Held> = Held extends readonly (infer Element)[]
  ? Element
  : Held extends ReadonlySet<infer Member>
    ? Member
    : Held extends ReadonlyMap<unknown, infer Value>
      ? Value
      : Held extends Readonly<Record<string, infer Value>>
        ? Value
        : unknown;

type HeldBy<Keyed, Name> = Name extends keyof Keyed ? Keyed[Name] : unknown;

type ItemOfSpec<S extends MappedStageSpec> = ElementOf<HeldBy<InputsOf<S>, S['map']['over']>>;

type ReturnedKeys<S extends StageSpec> = S['outputs'] extends z.ZodType
  ? z.input<S['outputs']>
  : Plain;

type ResultOfSpec<S extends MappedStageSpec> = ElementOf<HeldBy<ReturnedKeys<S>, S['map']['into']>>;

/**
 * A stage that works item by item: `runItem` is called once for each item of one of its inputs. Every result
 * has a checkpoint of its own, so that a retry or a resume does only the items that failed, are new or changed.
 * The results become one output, in the order of the items, whatever the order in which they ended.
 *
 * `MappedStage.of(spec)` gives a base class typed by the spec. `setup` and `teardown` are called once an
 * attempt, as for every stage.
 */
export abstract class MappedStage<
  Item = unknown,
  Result = unknown,
  Inputs = Plain,
  Params = Plain,
  Recorded = Plain,
> extends StageLife<Params> {
  static readonly spec: StageSpec = {};

  /** A base class whose `runItem` is typed by the schemas and the `map` of `spec`. */
  static of<const S extends MappedStageSpec>(spec: S): SpecifiedMappedStage<S> {
    abstract class Specified extends MappedStage {
      static override readonly spec = spec;
    }
    // The class carries the spec's types only at compile time; at run time it is the plain base.
    return Specified as unknown as SpecifiedMappedStage<S>;
  }

  /**
   * Does the work for one item and returns its result as plain data. What it throws fails the item.
   * @param item as the input's schema reads it; not to be changed
   * @param scope inputs, params, the item's key, place and signal
   */
  abstract runItem(item: Item, scope: ItemScope<Inputs, Params>): MaybePromise<Result>;

  /** As of every stage; called once for the whole, with the results of all items among the outputs. */
  undo?(scope: OutcomeScope<Inputs, Recorded, Params>): MaybePromise<void>;
}

/** The abstract base that `MappedStage.of` returns. */
export type SpecifiedMappedStage<S extends MappedStageSpec> = (abstract new () => MappedStage<
  ItemOfSpec<S>,
  ResultOfSpec<S>,
  InputsOf<S>,
  ParamsOf<S>,
  RecordedOf<S>
>) & { readonly spec: S; readonly [STAGE_MARK]: true };

/** The first parameter of `runItem`: `runItem(ticker: ItemOf<typeof Score>)`. */
export type ItemOf<C extends { readonly spec: MappedStageSpec }> = ItemOfSpec<C['spec']>;

/** The second parameter of `runItem`: `runItem(ticker, { params }: MappedStageScope<typeof Score>)`. */
export type MappedStageScope<C extends { readonly spec: MappedStageSpec }> = ItemScope<
  InputsOf<C['spec']>,
  ParamsOf<C['spec']>
>;
