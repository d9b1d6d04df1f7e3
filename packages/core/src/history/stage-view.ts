import { asStageId, type RunId, type StageId } from '../base/ids.ts';
import type { MillraceError } from '../base/millrace-error.ts';
import type { Result } from '../base/result.ts';
import type { CheckpointStore, RunRecord, StageRecord } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { type KeyVersion, type KeyVersions, keyVersions, readVersion } from './key-versions.ts';
import { type RecordedRead, RecordedReads } from './recorded-reads.ts';
import { readRecords } from './run-records.ts';
import { WiredView } from './wired-view.ts';

/** A stored run's context as one of its stages saw it. */
export interface StageView {
  readonly run: RunRecord;
  readonly stage: StageId;
  /** How the stage ended; undefined when it has not yet. */
  readonly record: StageRecord | undefined;
  /** `reads`: what it is on record to have read, and no more. `graph`: all that the given pipeline lets it see. */
  readonly extent: 'reads' | 'graph';
  /** Sorted by key. */
  readonly keys: readonly SeenKey[];
  /** Names under which it looked for something that nobody had written. */
  readonly absent: readonly string[];
  /** Names of what it read and the run holds no more: its writer has written another value since. */
  readonly replaced: readonly string[];
}

export interface SeenKey {
  /** Undefined when several keys hold the value that was read, and nothing tells which of them it was. */
  readonly key: string | undefined;
  /** The stage's own names for it, where it read the key; empty for a key that it could see besides. */
  readonly readAs: readonly string[];
  /** Undefined: the initial context. */
  readonly writer: StageId | undefined;
  /** Written after the stage had begun: what could be seen before is not kept. Never of what it read. */
  readonly isLater: boolean;
  /** Reads the value, or tells why it cannot be read. */
  readonly load: () => Promise<Result<unknown, MillraceError>>;
}

export interface StageViewRequest {
  readonly runId: RunId;
  readonly stage: string;
  /** `after`: with what the stage wrote itself. Default `before`. */
  readonly moment?: 'before' | 'after';
  /**
   * The pipeline of the run. The store holds no graph, so only with it is more told than what the stage
   * read; and for a stage that did not succeed, of which no reads are on record, what it was given.
   */
  readonly pipeline?: ModelPipeline;
}

/**
 * What a stage of a stored run saw. What it read is told by the hashes on record, also when the pipeline
 * is another by now; the rest by the graph of the given pipeline. Undefined when neither knows the stage.
 * @throws MillraceError RUN_NOT_FOUND
 */
export async function readStageView(
  store: CheckpointStore,
  { runId, stage, pipeline, moment = 'before' }: StageViewRequest,
): Promise<StageView | undefined> {
  const { run, stages } = await readRecords(store, runId);
  const record = stages.find((candidate) => candidate.stage === stage);
  const versions = keyVersions(store, run, stages);
  const bound = pipeline?.stages[pipeline.graph.indexById.get(stage) ?? -1];
  const wired =
    pipeline === undefined || bound === undefined
      ? undefined
      : new WiredView(pipeline, bound, versions);
  if (wired === undefined && record === undefined) return undefined;
  const reads = readsOf(record, wired, versions);
  const own = moment === 'after' ? writesOf(stage, versions) : [];
  return {
    run,
    stage: asStageId(stage),
    record,
    extent: wired === undefined ? 'reads' : 'graph',
    keys: seenKeys({ visible: wired?.visible() ?? [], reads, own }, record),
    absent: namesOf(reads, ({ hash }) => hash === ''),
    replaced: namesOf(reads, ({ hash, version }) => hash !== '' && version === undefined),
  };
}

function readsOf(
  record: StageRecord | undefined,
  wired: WiredView | undefined,
  versions: KeyVersions,
): readonly RecordedRead[] {
  if (record?.basis === undefined) return wired?.declared() ?? [];
  return new RecordedReads(versions).of(record, (entry) => wired?.keyOf(entry));
}

interface Seen {
  readonly visible: readonly KeyVersion[];
  readonly reads: readonly RecordedRead[];
  /** What the stage wrote, where that is asked for. */
  readonly own: readonly KeyVersion[];
}

/** What was read takes the place of what the graph tells, and what was written that of both. */
function seenKeys(
  { visible, reads, own }: Seen,
  record: StageRecord | undefined,
): readonly SeenKey[] {
  const keys = new Map<string, SeenKey>();
  const unsure: SeenKey[] = [];
  for (const version of visible) keys.set(version.key, seenKey(version, [], record));
  for (const { name, version, isKeySure } of reads) {
    if (version === undefined) continue;
    const readAs = [...(isKeySure ? (keys.get(version.key)?.readAs ?? []) : []), name];
    const seen = seenKey(version, readAs, record);
    if (isKeySure) keys.set(version.key, seen);
    else unsure.push({ ...seen, key: undefined });
  }
  for (const version of own) keys.set(version.key, seenKey(version, [], undefined));
  return [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, seen]) => seen)
    .concat(unsure);
}

function seenKey(
  version: KeyVersion,
  readAs: readonly string[],
  record: StageRecord | undefined,
): SeenKey {
  const { key, writer } = version;
  // An outcome that was taken over, or never started, has no beginning that could be compared.
  const began = record?.startedAt ?? Number.POSITIVE_INFINITY;
  return {
    key,
    readAs,
    writer: writer?.stage,
    isLater: readAs.length === 0 && (writer?.finishedAt ?? 0) > began,
    load: () => readVersion(version),
  };
}

function writesOf(stage: string, versions: KeyVersions): readonly KeyVersion[] {
  return [...versions.values()].flat().filter(({ writer }) => writer?.stage === stage);
}

function namesOf(
  reads: readonly RecordedRead[],
  isMeant: (read: RecordedRead) => boolean,
): readonly string[] {
  return reads.filter(isMeant).map(({ name }) => name);
}
