import type { SealedValue } from '../base/codec/index.ts';
import type { Result } from '../base/result.ts';
import type { FailureRecord } from '../events/index.ts';
import type { AttemptReads } from './read-log.ts';

/** A result of an earlier attempt that still stands if its item is the same. */
export interface KnownItem {
  /** Identity of the item's content. */
  readonly itemHash: string;
  /** Reads the result; undefined when it is damaged or gone, so that the item is done again. */
  readonly load: () => SealedValue | undefined | Promise<SealedValue | undefined>;
}

/** How the work on one item began. */
export interface BegunItem {
  readonly key: string;
  readonly itemHash: string;
  /** In this attempt of the stage, the last one included. */
  readonly tries: number;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly startedAt: number;
  /** Of all its tries, the waits between them included. */
  readonly durationMs: number;
}

/** Where an attempt of a mapped stage finds and leaves what becomes of single items. */
export interface ItemLedger {
  /** By key: results of earlier attempts that rest on the same code, params and other inputs. */
  known(): ReadonlyMap<string, KnownItem> | Promise<ReadonlyMap<string, KnownItem>>;
  /**
   * Records a result, which a kill does not lose from then on.
   * @param reads what the items of the attempt have looked at so far
   * @returns why the result cannot be kept
   */
  succeeded(
    item: BegunItem,
    result: SealedValue,
    reads: AttemptReads,
  ): Result<undefined, FailureRecord>;
  /** Records that an item failed for good. Returns the failure without secrets. */
  failed(item: BegunItem, failure: FailureRecord, reads: AttemptReads): FailureRecord;
  /** Resolves once results may come in again; undefined while there is room. */
  room(): Promise<void> | undefined;
}
