import { encodeValue, sealValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { CheckpointStore, RunRecord, StageRecord, WriteRecord } from '../checkpoint/index.ts';
import { readCell } from '../context/index.ts';
import { StoredCell } from '../executor/stored-cell.ts';
import { basisEntry } from '../plan/index.ts';

/** A context key as one writer left it. */
export interface KeyVersion {
  readonly key: string;
  /** Undefined: the initial context. */
  readonly writer: StageRecord | undefined;
  readonly kind: WriteRecord['kind'];
  readonly cell: StoredCell;
}

/** By key, each in the order of commit: the last one tells the value of the key. */
export type KeyVersions = ReadonlyMap<string, readonly KeyVersion[]>;

/** All that the records of a run tell of its context. No value is read yet. */
export function keyVersions(
  store: CheckpointStore,
  { context }: RunRecord,
  stages: readonly StageRecord[],
): KeyVersions {
  const versions = new Map<string, KeyVersion[]>();
  const add = (write: WriteRecord, writer: StageRecord | undefined): void => {
    const { key, kind } = write;
    const earlier = versions.get(key) ?? [];
    const before = kind === 'patch' ? patchedVersion(earlier, writer)?.cell : undefined;
    earlier.push({ key, writer, kind, cell: new StoredCell(store, write, writer?.stage, before) });
    versions.set(key, earlier);
  };
  for (const write of context) add(write, undefined);
  for (const stage of stages) for (const write of stage.writes) add(write, stage);
  return versions;
}

/**
 * What the patches of a stage build upon: what it read, by its record. In an interrupted resume an earlier
 * writer may have written the key anew; the patches must not be replayed upon that.
 */
function patchedVersion(
  earlier: readonly KeyVersion[],
  writer: StageRecord | undefined,
): KeyVersion | undefined {
  const basis = writer?.basis;
  if (basis === undefined) return earlier.at(-1);
  const read = new Set(basis.inputs.map(([, , hash]) => hash));
  return earlier.findLast(({ cell }) => read.has(shortHash(cell.hash)));
}

/** A hash as far as a basis keeps it. */
export function shortHash(hash: string): string {
  const [, , short] = basisEntry('key', '', hash);
  return short;
}

/** The value, or what is wrong with what is stored of it. */
export async function readVersion({ cell }: KeyVersion): Promise<Result<unknown, MillraceError>> {
  try {
    await cell.load();
    return success(readCell(cell));
  } catch (error) {
    if (error instanceof MillraceError) return problem(error);
    throw error;
  }
}

/**
 * Identity of the value alone: that of a cell also tells by which patches it was made. Undefined when it
 * cannot be read.
 */
export async function contentHash(version: KeyVersion): Promise<string | undefined> {
  if (version.kind === 'value') return version.cell.hash;
  const read = await readVersion(version);
  const sealed = read.ok ? sealValue(read.value) : read;
  return sealed.ok ? encodeValue(sealed.value).hash : undefined;
}
