import type { RunId } from '../base/ids.ts';
import type { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { contentHash, type KeyVersion, keyVersions, readVersion } from './key-versions.ts';
import { type KeyWriter, writerOfKey } from './key-writer.ts';
import { readRecords } from './run-records.ts';
import { type ValueDifferences, valueDifferences } from './value-differences.ts';

/** How a context key of two runs differs. */
export interface KeyDifferences {
  readonly key: string;
  /** Who wrote it last; undefined where the run has no such key. */
  readonly before: KeyWriter | undefined;
  readonly after: KeyWriter | undefined;
  readonly isEqual: boolean;
  /** Undefined where only one run has the key; or why one of the values cannot be read. */
  readonly changes: Result<ValueDifferences, MillraceError> | undefined;
}

export interface DiffOptions {
  /** How many changes of a key are given back; the others are counted. Default 100. */
  readonly mostChanges?: number;
}

const DEFAULT_MOST_CHANGES = 100;

/**
 * Compares one context key of two runs. Undefined when neither has it.
 * @throws MillraceError RUN_NOT_FOUND
 */
export async function diffKey(
  store: CheckpointStore,
  [before, after]: readonly [before: RunId, after: RunId],
  key: string,
  options: DiffOptions = {},
): Promise<KeyDifferences | undefined> {
  const versionIn = async (id: RunId): Promise<KeyVersion | undefined> => {
    const { run, stages } = await readRecords(store, id);
    return keyVersions(store, run, stages).get(key)?.at(-1);
  };
  const [old, now] = [await versionIn(before), await versionIn(after)];
  if (old === undefined && now === undefined) return undefined;
  return keyDifferences(key, [old, now], options);
}

/** Values are read only where hashes do not tell that they are the same. */
export async function keyDifferences(
  key: string,
  [before, after]: readonly [before: KeyVersion | undefined, after: KeyVersion | undefined],
  { mostChanges = DEFAULT_MOST_CHANGES }: DiffOptions,
): Promise<KeyDifferences> {
  const writers = {
    key,
    before: before && writerOfKey(before),
    after: after && writerOfKey(after),
  };
  if (before === undefined || after === undefined) {
    return { ...writers, isEqual: false, changes: undefined };
  }
  if (await isSameVersion(before, after)) {
    const none = success({ first: [], count: 0, isComplete: true });
    return { ...writers, isEqual: true, changes: none };
  }
  const [old, now] = [await readVersion(before), await readVersion(after)];
  const changes = !old.ok
    ? problem(old.problem)
    : now.ok
      ? success(valueDifferences(old.value, now.value, mostChanges))
      : problem(now.problem);
  return { ...writers, isEqual: false, changes };
}

/** Whether two versions are the same value, by whatever patches each was made. */
export async function isSameVersion(before: KeyVersion, after: KeyVersion): Promise<boolean> {
  if (before.cell.hash === after.cell.hash) return true;
  if (before.kind === 'value' && after.kind === 'value') return false;
  const [old, now] = [await contentHash(before), await contentHash(after)];
  return old !== undefined && old === now;
}
