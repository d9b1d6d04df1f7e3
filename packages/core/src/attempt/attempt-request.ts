import type { Clock } from '../base/clock.ts';
import type { SealedValue } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { PipelineContext, UpdatedKey } from '../context/index.ts';
import type { FailureRecord, ItemCounts } from '../events/index.ts';
import type { BoundMap, StageBlueprint } from '../pipeline/index.ts';
import type { Artifacts, ProgressReport } from '../stage/index.ts';
import type { ItemGate } from './item-gate.ts';
import type { ItemLedger } from './item-ledger.ts';
import type { AttemptReads } from './read-log.ts';
import type { WaitDesk } from './wait-desk.ts';
import type { WorkItem } from './work-item.ts';

/** What an attempt may use of the run around it. */
export interface AttemptServices {
  readonly clock: Clock;
  readonly artifacts: Artifacts;
  /** Adds run, stage and attempt to every line. */
  logger(): Logger;
  progress(report: ProgressReport): void;
  /** In [0, 1). */
  random(): number;
  /** A stable id of the work of the attempt, or of one of its items. */
  idempotencyKey(item?: WorkItem): string;
  /** Undefined where a stage cannot wait. */
  readonly waits?: WaitDesk;
}

/** What an attempt of a mapped stage needs besides. */
export interface MappedAttempt {
  readonly map: BoundMap;
  readonly ledger: ItemLedger;
  /** Undefined: items take part in no limit. */
  readonly gate?: ItemGate | undefined;
}

/** An outcome that is to be undone. */
export interface UndoneOutcome {
  /**
   * What the stage got for its inputs; undefined for one that declares none.
   * @throws MillraceError CHECKPOINT_CORRUPT, UNDO_INPUTS_GONE
   */
  readonly inputs: () => Readonly<Record<string, unknown>> | undefined;
  /** By the stage's own names. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** One numbered try of a stage: all that a runner needs. */
export interface AttemptRequest {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  readonly blueprint: StageBlueprint;
  readonly params: unknown;
  /** By the stage's own names; undefined for a stage that declares none. */
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  readonly context: PipelineContext;
  /** The keys that it may update, by its own names, as they are now. */
  readonly updatable: ReadonlyMap<string, SealedValue | undefined>;
  /** Set for a stage that works item by item. */
  readonly mapped: MappedAttempt | undefined;
  /** Set when the outcome of the attempt is to be undone: `undo` is called instead of `run`. */
  readonly undo?: UndoneOutcome;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
  readonly services: AttemptServices;
}

/** An output by the stage's own name for it, checked, copied and frozen. */
export interface AttemptOutput {
  readonly name: string;
  readonly value: SealedValue;
}

/** The final result of an attempt. */
export type AttemptOutcome =
  | {
      readonly kind: 'succeeded';
      readonly outputs: readonly AttemptOutput[];
      readonly updates: readonly UpdatedKey[];
      readonly reads: AttemptReads;
      /** Of a mapped stage. */
      readonly items?: ItemCounts;
      readonly teardownFailure?: FailureRecord;
    }
  | {
      readonly kind: 'failed';
      readonly failure: FailureRecord;
      /** Of a mapped stage of which all items ended, or too many failed. */
      readonly items?: ItemCounts;
      readonly teardownFailure?: FailureRecord;
    }
  | {
      readonly kind: 'cancelled';
      readonly failure: FailureRecord;
      readonly teardownFailure?: FailureRecord;
    };
