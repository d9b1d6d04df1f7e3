import { asRunId, type Leftovers, type RunId } from '@millrace/core';
import type { ArtifactFiles } from '../artifact-files.ts';
import type { Database } from '../database.ts';
import type { RunDeletion } from './run-deletion.ts';
import { UnreferredValues } from './unreferred-values.ts';

interface MeasuredStore {
  readonly database: Database;
  readonly files: ArtifactFiles | undefined;
  readonly deletion: RunDeletion;
}

/** What a sweep that need not wait for anybody would remove if these runs were deleted. */
export function measureLeftovers(
  { database, files, deletion }: MeasuredStore,
  without: readonly RunId[],
): Leftovers {
  const deleted = deletion.deleted().map(({ run }) => asRunId(run));
  const isReadOnly = Number(database.valueOf('PRAGMA query_only')) === 1;
  // It keeps temporary tables from being written, too.
  if (isReadOnly) database.exec('PRAGMA query_only = OFF');
  try {
    const values = new UnreferredValues(database, files, [...without, ...deleted]);
    const unreferred = values.count();
    const astray = measureFiles(files, filesWithoutRow(database, files));
    return {
      values: unreferred.values + astray.values,
      bytes: unreferred.bytes + astray.bytes,
    };
  } finally {
    if (isReadOnly) database.exec('PRAGMA query_only = ON');
  }
}

/** Files at which no row points, by their hash. */
export function filesWithoutRow(
  database: Database,
  files: ArtifactFiles | undefined,
): readonly string[] {
  const hasRow = rowOfFile(database);
  return [...(files?.hashes() ?? [])].filter((hash) => !hasRow(hash));
}

export function rowOfFile(database: Database): (hash: string) => boolean {
  const select = database.prepare('SELECT 1 FROM "values" WHERE hash = ? AND body IS NULL');
  return (hash) => select.get(hash) !== undefined;
}

function measureFiles(files: ArtifactFiles | undefined, hashes: readonly string[]): Leftovers {
  let bytes = 0;
  for (const hash of hashes) bytes += files?.sizeOf(hash) ?? 0;
  return { values: hashes.length, bytes };
}
