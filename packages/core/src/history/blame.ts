import type { RunId, StageId } from '../base/ids.ts';
import type { MillraceError } from '../base/millrace-error.ts';
import type { Result } from '../base/result.ts';
import type { CheckpointStore, RunRecord, StageRecord } from '../checkpoint/index.ts';
import { type KeyVersion, keyVersions, readVersion } from './key-versions.ts';
import { readRecords } from './run-records.ts';
import { type ValueDifferences, valueDifferences } from './value-differences.ts';

/** Who wrote a key of a run. */
export interface KeyBlame {
  readonly run: RunRecord;
  readonly key: string;
  /** Oldest first: the last one tells the value that the key has. */
  readonly writes: readonly BlamedWrite[];
}

/** The key as one writer left it. */
export interface BlamedWrite {
  readonly writer: BlamedWriter;
  /** `patch`: a change upon what the key was before. */
  readonly kind: 'value' | 'patch';
  /** Or why it cannot be read. */
  readonly value: Result<unknown, MillraceError>;
  /** Against the write before; undefined for the first, and where one of the two cannot be read. */
  readonly changes: ValueDifferences | undefined;
}

export type BlamedWriter =
  /** The initial context: from whoever started the run, or from the definition. */
  { readonly kind: 'caller' | 'definition' } | BlamedStage;

export interface BlamedStage {
  readonly kind: 'stage';
  readonly stage: StageId;
  /** 0 when it never started in this run. */
  readonly attempt: number;
  /** Which ownership of the run, counted from 1. */
  readonly session: number;
  /** Undefined when an outcome of another run stands for it. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number;
  /** The stage failed, and this is what its fallback gave. */
  readonly fallback: boolean;
  /** The run whose outcome was taken over. */
  readonly origin: BlamedOrigin | undefined;
}

export interface BlamedOrigin {
  readonly runId: RunId;
  readonly attempt: number;
  /** As that run's record tells; undefined when it has none any more, or a newer one. */
  readonly stage: StageId | undefined;
  readonly finishedAt: number | undefined;
}

export interface BlameOptions {
  /** How many changes of a write are given back; the others are counted. Default 100. */
  readonly mostChanges?: number;
}

/**
 * Tells which stages wrote a key of a stored run, when, in which attempt, and what each of them changed. A
 * stage that ran again counts by its newest record. Undefined when nobody wrote the key.
 * @throws MillraceError RUN_NOT_FOUND
 */
export async function blame(
  store: CheckpointStore,
  runId: RunId,
  key: string,
  { mostChanges = 100 }: BlameOptions = {},
): Promise<KeyBlame | undefined> {
  const { run, stages } = await readRecords(store, runId);
  const versions = keyVersions(store, run, stages).get(key);
  if (versions === undefined) return undefined;
  const writes: BlamedWrite[] = [];
  for (const version of versions) {
    const value = await readVersion(version);
    const before = writes.at(-1)?.value;
    const changes =
      before?.ok === true && value.ok
        ? valueDifferences(before.value, value.value, mostChanges)
        : undefined;
    writes.push({
      writer: await writerOf(store, run, version),
      kind: version.kind,
      value,
      changes,
    });
  }
  return { run, key, writes };
}

async function writerOf(
  store: CheckpointStore,
  { source }: RunRecord,
  { key, writer }: KeyVersion,
): Promise<BlamedWriter> {
  if (writer === undefined) {
    return { kind: source.given?.includes(key) === true ? 'caller' : 'definition' };
  }
  const { stage, attempt, fence, startedAt, finishedAt, fallback } = writer;
  return {
    kind: 'stage',
    stage,
    attempt,
    session: fence,
    startedAt,
    finishedAt,
    fallback,
    origin: await originOf(store, writer),
  };
}

/** A cacheable stage may have another id in the other run; what it was found by is the same. */
async function originOf(
  store: CheckpointStore,
  { origin, cacheKey, stage }: StageRecord,
): Promise<BlamedOrigin | undefined> {
  if (origin === undefined) return undefined;
  const { runId, attempt } = origin;
  const candidates = (await store.loadStages(runId)).filter(
    (record) => record.origin === undefined && record.attempt === attempt,
  );
  const made =
    candidates.find((record) => record.stage === stage && record.cacheKey === cacheKey) ??
    candidates.find((record) => cacheKey !== undefined && record.cacheKey === cacheKey);
  return { runId, attempt, stage: made?.stage, finishedAt: made?.finishedAt };
}
