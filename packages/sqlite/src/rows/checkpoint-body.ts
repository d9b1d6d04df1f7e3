import {
  type AttemptRecord,
  asRunId,
  type StageBasis,
  type StageRecord,
  type WriteRecord,
} from '@millrace/core';
import { z } from '../zod.ts';
import { anyBasis, type BasisEntry, basisEntry, basisOf, isCommonBasis } from './basis-entry.ts';
import { jsonColumn, parsedJson, wholeMs } from './columns.ts';
import { anyFailure } from './failure-column.ts';
import { anyItemCounts } from './items-column.ts';
import { isWriteEntry, type WriteEntry, writeEntries, writeEntry, writeOf } from './write-entry.ts';

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
export interface CheckpointParts {
  readonly attempt: number;
  readonly fence: number;
  readonly tookMs: number | null;
  readonly durationMs: number;
  readonly fingerprint: string;
  readonly writes: readonly WriteRecord[];
  readonly basis: StageBasis | null;
  readonly rest?: z.infer<typeof anyRest> | undefined;
}

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
).transform(
  ([attempt, fence, tookMs, , durationMs, fingerprint, writes, basis, rest]): CheckpointParts => ({
    attempt,
    fence,
    tookMs,
    durationMs,
    fingerprint,
    writes,
    basis,
    rest,
  }),
);

/**
 * Reads by hand what nearly all bodies look like, in a fifth of the time that the schema takes: a run may have a
 * million of them. Undefined for the others, of which the schema tells whether and why they cannot be read.
 */
export function commonCheckpointBody(body: string): CheckpointParts | undefined {
  const parts = parsedJson(body);
  if (!Array.isArray(parts) || parts.length !== COMMON_LENGTH) return undefined;
  const [attempt, fence, tookMs, endedAfterMs, durationMs, fingerprint, entries, entry]: unknown[] =
    parts;
  const isCommon =
    isWhole(attempt) &&
    attempt >= 0 &&
    isWhole(fence) &&
    fence >= 1 &&
    (tookMs === null || isWhole(tookMs)) &&
    isWhole(endedAfterMs) &&
    typeof durationMs === 'number' &&
    typeof fingerprint === 'string';
  if (!isCommon || !Array.isArray(entries) || !isCommonBasis(entry)) return undefined;
  const basis = basisOf(entry);
  const writes = writesOf(entries);
  if (basis === undefined || writes === undefined) return undefined;
  return { attempt, fence, tookMs, durationMs, fingerprint, writes, basis };
}

/** Without the rest. */
const COMMON_LENGTH = 8;

function writesOf(entries: readonly unknown[]): readonly WriteRecord[] | undefined {
  const writes: WriteRecord[] = [];
  for (const entry of entries) {
    const write = isWriteEntry(entry) ? writeOf(entry) : undefined;
    if (write === undefined) return undefined;
    writes.push(write);
  }
  return writes;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

const HEAD = /^\[(\d+),(\d+),(-?\d+),(-?\d+),/;

/** What a body tells of its attempt. */
export interface ToldAttempt {
  readonly attempt: number;
  readonly fence: number;
  readonly tookMs: number;
  readonly endedAfterMs: number;
}

/** The parts of a body that tell of its attempt; the others, which are most of it, are not read. Undefined: none. */
export function toldAttempt(body: string): ToldAttempt | undefined {
  const [, attempt, fence, tookMs, endedAfterMs] = HEAD.exec(body) ?? [];
  if (attempt === undefined) return undefined;
  return {
    attempt: Number(attempt),
    fence: Number(fence),
    tookMs: Number(tookMs),
    endedAfterMs: Number(endedAfterMs),
  };
}
