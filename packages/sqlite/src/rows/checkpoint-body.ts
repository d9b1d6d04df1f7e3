import { type AttemptRecord, asRunId, type StageRecord } from '@millrace/core';
import { z } from '../zod.ts';
import { anyBasis, type BasisEntry, basisEntry } from './basis-entry.ts';
import { jsonColumn, wholeMs } from './columns.ts';
import { anyFailure } from './failure-column.ts';
import { anyItemCounts } from './items-column.ts';
import { type WriteEntry, writeEntries, writeEntry } from './write-entry.ts';

/** What few outcomes have. */
type Rest = Pick<StageRecord, 'failure' | 'reason' | 'origin' | 'items'> & {
  readonly fallback?: true;
};

/**
 * What of an outcome has no column of its own, as JSON and by place: a run may have a million of them, and bytes
 * are most of what a commit costs. The views of the store name the parts.
 */
type CheckpointBody = readonly [
  attempt: number,
  fence: number,
  /** From the start to the end by the wall clock; null for a stage that never started. */
  tookMs: number | null,
  /** So long after its stage the attempt ended that the checkpoint tells of. */
  endedAfterMs: number,
  durationMs: number,
  fingerprint: string,
  writes: readonly WriteEntry[],
  basis: BasisEntry | null,
  rest?: Rest,
];

/** @param told the attempt of which the checkpoint tells */
export function checkpointBody(record: StageRecord, told: AttemptRecord | undefined): string {
  const { startedAt, basis } = record;
  const finishedAt = wholeMs(record.finishedAt);
  const body: CheckpointBody = [
    record.attempt,
    record.fence,
    startedAt === undefined ? null : finishedAt - wholeMs(startedAt),
    told?.finishedAt === undefined ? 0 : wholeMs(told.finishedAt) - finishedAt,
    record.durationMs,
    record.fingerprint,
    record.writes.map(writeEntry),
    basis === undefined ? null : basisEntry(basis),
  ];
  const rest = restOf(record);
  return JSON.stringify(rest === undefined ? body : [...body, rest]);
}

function restOf({ fallback, failure, reason, origin, items }: StageRecord): Rest | undefined {
  const isBare =
    !fallback &&
    failure === undefined &&
    reason === undefined &&
    origin === undefined &&
    items === undefined;
  if (isBare) return undefined;
  return {
    ...(fallback ? { fallback } : {}),
    ...(failure === undefined ? {} : { failure }),
    ...(reason === undefined ? {} : { reason }),
    ...(origin === undefined ? {} : { origin }),
    ...(items === undefined ? {} : { items }),
  };
}

const anyOrigin = z.object({ runId: z.string().transform(asRunId), attempt: z.int().min(0) });

const anyRest = z.object({
  fallback: z.literal(true).optional(),
  failure: anyFailure.optional(),
  reason: z.string().optional(),
  origin: anyOrigin.optional(),
  items: anyItemCounts.optional(),
});

/** The part of a record that stands in a body. */
export const checkpointBodyColumn = jsonColumn(
  z.tuple([
    z.int().min(0),
    z.int().min(1),
    z.int().nullable(),
    z.int(),
    z.number(),
    z.string(),
    writeEntries,
    anyBasis.nullable(),
    anyRest.optional(),
  ]),
).transform(([attempt, fence, tookMs, , durationMs, fingerprint, writes, basis, rest]) => ({
  attempt,
  fence,
  tookMs,
  durationMs,
  fingerprint,
  writes,
  basis,
  rest,
}));

const HEAD = /^\[(\d+),(\d+),(-?\d+),(-?\d+),/;

/** The parts of a body that tell of its attempt. The others, which are most of it, are not read. */
export const toldAttemptColumn = z.string().transform((body, context) => {
  const [, attempt, fence, tookMs, endedAfterMs] = HEAD.exec(body) ?? [];
  if (attempt === undefined) {
    context.addIssue({ code: 'custom', message: 'tells of no attempt' });
    return z.NEVER;
  }
  return {
    attempt: Number(attempt),
    fence: Number(fence),
    tookMs: Number(tookMs),
    endedAfterMs: Number(endedAfterMs),
  };
});
