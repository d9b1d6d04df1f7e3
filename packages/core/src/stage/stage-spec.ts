import type { z } from '../base/zod.ts';
import type { AuthoredStageInput } from '../definition/authored-schema.ts';
import type { ConditionScope } from '../definition/stage-condition.ts';
import type { FailureRecord } from '../events/failure-record.ts';

/** Makes of the outputs of an older version those of the present one; it changes nothing of what it is given. */
export type OutputMigration =
  | z.ZodType
  | ((outputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>);

/** What a stage declares of itself. Everything is optional; what is declared is checked. */
export interface StageSpec {
  /** One line for listings and the generated schema. */
  readonly description?: string;
  /** Checks and fills the `with` of a definition. */
  readonly params?: z.ZodType;
  /** Context keys that the stage reads. An optional one may be absent. */
  readonly inputs?: z.ZodObject;
  /** Context keys that `run` returns, all of them. */
  readonly outputs?: z.ZodObject;
  /** Context keys of ancestors that the stage changes through `context.update`. */
  readonly updates?: z.ZodObject;
  /** Raised by the author when old checkpoints no longer fit. Default '1'. */
  readonly version?: string;
  /**
   * By an older version: what makes of its outputs those of the present version, so that a resume keeps its
   * checkpoint instead of running the stage again. A zod schema, such as a codec, or a function; by the stage's own
   * names of the outputs.
   */
  readonly migrations?: Readonly<Record<string, OutputMigration>>;
  readonly retry?: AuthoredStageInput['retry'];
  /** Which failures are worth another attempt. Default: what was thrown, and timeouts. */
  readonly retryable?: (failure: FailureRecord) => boolean;
  /** With a unit: `5m`. */
  readonly timeout?: string;
  /** With a unit: `5s`. */
  readonly grace?: string;
  readonly critical?: boolean;
  /**
   * Its outcome may be taken over from another run of the same store that had the same code, params and
   * inputs. For a stage whose outputs depend on nothing else. Default false.
   */
  readonly cacheable?: boolean;
  /** Limits of the pipeline that each attempt takes a slot of, by name: `['vendor']`, or `{ vendor: 2 }`. */
  readonly limits?: AuthoredStageInput['limits'];
  /** The stage is skipped where this does not hold; `when` of a definition replaces it. */
  readonly when?: (scope: ConditionScope) => boolean;
  /** Paths of files that the stage reads beside its inputs, from its params; what they hold counts like an input. */
  readonly files?: (params: never) => readonly string[];
  /** Of a class with `runItem`; `map` of a definition overrides it field by field. */
  readonly map?: MapSpec;
}

/** How a mapped stage goes about its items, as its author declares it. */
export interface MapSpec
  extends Omit<NonNullable<AuthoredStageInput['map']>, 'over' | 'key' | 'into'> {
  /** The input that holds the items: an array, a Set, a Map or a plain object. */
  readonly over: string;
  /**
   * What names an item: a path within it (`symbol`, `id.isin`), or a function of it. Left out, the item names
   * itself: a text, a number, or the key of a Map or of an object.
   */
  readonly key?: string | ((item: never) => string | number);
  /** The output that holds the results, in the order of the items. */
  readonly into: string;
}

/** The spec of a class made with `MappedStage.of`. */
export interface MappedStageSpec extends StageSpec {
  readonly map: MapSpec;
}
