import type { RunId } from '../base/ids.ts';
import type { CheckpointStore, RunRecord } from '../checkpoint/index.ts';
import { type DiffOptions, type KeyDifferences, keyDifferences } from './key-differences.ts';
import { type KeyVersions, keyVersions } from './key-versions.ts';
import { RecordedReads } from './recorded-reads.ts';
import { type RunRecords, readRecords } from './run-records.ts';
import { type ComparedRun, StageComparison, type StageDifferences } from './stage-differences.ts';

/** How two stored runs differ. */
export interface RunDifferences {
  readonly before: RunRecord;
  readonly after: RunRecord;
  /** Every stage that one of them has recorded, also equal ones; as `after` committed them, then those that it lacks. */
  readonly stages: readonly StageDifferences[];
  /** Keys of the two contexts that differ, sorted. */
  readonly keys: readonly KeyDifferences[];
  /** The runs ended alike, and no stage and no key differs. Ids, times and attempts do not count. */
  readonly isEqual: boolean;
}

/**
 * Tells how two stored runs differ and why: what of each stage is another (params, code, inputs, files), and
 * which context keys, down to the place. Works on what is on record alone; no config is read.
 * @throws MillraceError RUN_NOT_FOUND
 */
export async function diffRuns(
  store: CheckpointStore,
  [before, after]: readonly [before: RunId, after: RunId],
  options: DiffOptions = {},
): Promise<RunDifferences> {
  const [old, now] = [await readRecords(store, before), await readRecords(store, after)];
  const [was, is] = [comparedRun(store, old), comparedRun(store, now)];
  const comparison = new StageComparison(store, was, is);
  const ids = new Set([...now.stages, ...old.stages].map(({ stage }) => stage));
  const stages: StageDifferences[] = [];
  for (const id of ids) stages.push(await comparison.compare(id));
  const keys = await otherKeys(was.versions, is.versions, options);
  return {
    before: old.run,
    after: now.run,
    stages,
    keys,
    isEqual:
      old.run.status === now.run.status &&
      keys.length === 0 &&
      stages.every(({ isEqual }) => isEqual),
  };
}

function comparedRun(store: CheckpointStore, { run, stages }: RunRecords): ComparedRun {
  const versions = keyVersions(store, run, stages);
  return {
    stages: new Map(stages.map((record) => [record.stage, record])),
    versions,
    reads: new RecordedReads(versions),
  };
}

async function otherKeys(
  before: KeyVersions,
  after: KeyVersions,
  options: DiffOptions,
): Promise<readonly KeyDifferences[]> {
  const differing: KeyDifferences[] = [];
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const versions = [before.get(key)?.at(-1), after.get(key)?.at(-1)] as const;
    const compared = await keyDifferences(key, versions, options);
    if (!compared.isEqual) differing.push(compared);
  }
  return differing;
}
