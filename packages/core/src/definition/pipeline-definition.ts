import type { StageId } from '../base/ids.ts';
import type { SourceLocation } from '../base/source-location.ts';
import type { LimitDefinition, LimitUse } from './limit-definition.ts';
import type { MapOptions } from './map-options.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { StageCondition } from './stage-condition.ts';

/**
 * When a dependant may start and when a commit is on the disk.
 * `strict`: after its upstream's record is synced. `pipelined`: at once, records follow in the same
 * order, so a crash loses at most the newest. `none`: as pipelined, and nothing waits for the disk.
 */
export type Durability = 'strict' | 'pipelined' | 'none';

/**
 * What a critical failure does to the rest of the run. `no-new`: running stages finish, none starts.
 * `continue`: everything that does not depend on the failed stage runs. `kill`: running stages are aborted.
 */
export type FailureMode = 'no-new' | 'continue' | 'kill';

/**
 * What becomes of the outcomes of a run that failed or was cancelled. `keep`: a resume goes on from them. `undo`: what
 * has an `undo` is taken back before the run ends.
 */
export type OnFailure = 'keep' | 'undo';

/** What the author of a stage sets and a definition may override. */
export interface StageOptions {
  readonly retry: RetryPolicy;
  /** Limit of setup and run together, milliseconds; undefined is none. */
  readonly timeoutMs: number | undefined;
  /** How long an aborted attempt may go on before it is left behind, milliseconds. Default 5,000. */
  readonly graceMs: number;
  /** A failure of a critical stage fails the run; of another one degrades it. Default true. */
  readonly critical: boolean;
  /** Its outcome may be taken over from another run that had the same fingerprint. Default false. */
  readonly cacheable: boolean;
  /** Limits that each attempt takes part in; of a mapped stage each try of an item. Default none. */
  readonly limits: readonly LimitUse[];
}

/** The code behind a `uses`, as its loader found it before it was run. */
export interface StageCode {
  /** Changes when the code means something else, and then only. */
  readonly hash: string;
  /** The module and the local modules that it imports, each with its digest. */
  readonly files: readonly { readonly file: string; readonly hash: string }[];
  readonly packages: readonly { readonly name: string; readonly version: string }[];
}

/** Context key to read for an input; several are read together, as a list. */
export type ReadKeys = string | readonly string[];

/** What dependants get when the stage failed for good. */
export type FallbackDefinition =
  | { readonly kind: 'value'; readonly outputs: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'stage';
      readonly uses: string;
      readonly with: unknown;
      readonly code?: StageCode;
    };

export interface StageDefinition {
  readonly id: StageId;
  /** Names the stage's class: a file, `package#Export`, or a registered name. */
  readonly uses: string;
  /** Params before the stage's own schema has read them. */
  readonly with: unknown;
  readonly needs: readonly string[];
  /** Context key to read for an input or update, by the stage's own name for it. */
  readonly reads?: Readonly<Record<string, ReadKeys>>;
  /** Context key to write for an output, by the stage's own name for it. */
  readonly writes?: Readonly<Record<string, string>>;
  /** Put before each context key that `reads` and `writes` do not name: a stage of a pipeline within a pipeline. */
  readonly namespace?: string;
  /** Put behind each context key that an output becomes without `writes` naming it: one of several like stages. */
  readonly writeSuffix?: string;
  /** Names to select stages by. */
  readonly tags?: readonly string[];
  /** The stage is skipped where it does not hold. */
  readonly when?: StageCondition;
  /** Absolute paths of files that the stage reads beside its inputs; what they hold counts like an input. */
  readonly files?: readonly string[];
  readonly options: Partial<StageOptions>;
  /** Of a mapped stage: what overrides the `map` of its class. */
  readonly map?: Partial<MapOptions>;
  readonly fallback?: FallbackDefinition;
  /** When the loader knows it. */
  readonly code?: StageCode;
  /**
   * Params that hold a secret, by their path in `with`, and the text that stands for each wherever params
   * are recorded: `Bearer ${secret:TOKEN}`.
   */
  readonly secrets?: ReadonlyMap<string, string>;
  readonly at?: SourceLocation;
}

/** Validated plain data describing a pipeline: what a config file says, before classes are bound to it. */
export interface PipelineDefinition {
  readonly name: string;
  readonly description?: string;
  /** Stages that run at the same time. At least 1, default 4. */
  readonly concurrency: number;
  readonly durability: Durability;
  readonly failureMode: FailureMode;
  readonly onFailure: OnFailure;
  /** Caps that stages share by name, also with other runs of one executor. */
  readonly limits?: readonly LimitDefinition[];
  /** Initial context. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Context keys that the caller gives at the start of a run. */
  readonly inputs: readonly string[];
  readonly stages: readonly StageDefinition[];
  readonly at?: SourceLocation;
}

export const DEFAULT_GRACE_MS = 5000;
