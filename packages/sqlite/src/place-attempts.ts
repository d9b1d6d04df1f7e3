import type { AttemptRecord, CommitBatch, StageId, StageRecord } from '@millrace/core';
import type { PlacedAttempt } from './rows/attempt-row.ts';
import { tellsOf } from './rows/checkpoint-row.ts';

/** Where the attempts of a batch are kept. */
export interface AttemptPlaces {
  /** In rows of their own. */
  readonly own: readonly PlacedAttempt[];
  /** With the checkpoint of the stage that ended with them. */
  readonly told: ReadonlyMap<StageRecord, PlacedAttempt>;
  /** What follows the places of the attempts. */
  readonly nextOrder: number;
}

/** @param firstOrder of the batch's records among those of the run */
export function placeAttempts(
  { attempts, stages }: Pick<CommitBatch, 'attempts' | 'stages'>,
  firstOrder: number,
): AttemptPlaces {
  const ended = new Map<StageId, StageRecord>();
  for (const stage of stages) ended.set(stage.stage, stage);
  const own: PlacedAttempt[] = [];
  const told = new Map<StageRecord, PlacedAttempt>();
  let order = firstOrder;
  for (const attempt of newestOfEach(attempts)) {
    const placed = { attempt, startOrder: order++ };
    const stage = ended.get(attempt.stage);
    if (stage !== undefined && tellsOf(stage, attempt)) told.set(stage, placed);
    else own.push(placed);
  }
  return { own, told, nextOrder: order };
}

/** An attempt that began and ended within one batch is written once, at the place where it began. */
function newestOfEach(attempts: readonly AttemptRecord[]): Iterable<AttemptRecord> {
  // Mostly all are of different stages, which is sooner seen.
  const stages = new Set(attempts.map(({ stage }) => stage));
  if (stages.size === attempts.length) return attempts;
  const newest = new Map<string, AttemptRecord>();
  for (const attempt of attempts) newest.set(`${attempt.attempt} ${attempt.stage}`, attempt);
  return newest.values();
}
