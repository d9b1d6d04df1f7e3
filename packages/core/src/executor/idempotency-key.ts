import { hash } from 'node:crypto';
import type { WorkItem } from '../attempt/index.ts';
import type { RunId } from '../base/ids.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { BasisEntry, FileEntry } from '../plan/index.ts';

/** A piece of work: a stage of a run with all that its effects depend on. */
interface Work {
  readonly runId: RunId;
  readonly stage: BoundStage;
  /** What it reads, by the hashes of the values. */
  readonly inputs: readonly BasisEntry[];
  readonly files: readonly FileEntry[];
  /** The attempt after which it is done anew, since that was undone; 0 for none. */
  readonly undone: number;
}

/**
 * A stable id of a piece of work, as a UUID of version 8: the same for every attempt of it, also after a kill, and
 * another one once its params, its inputs, its files or its declared version are others. Its code does not count,
 * for a stage that is mended after it failed still does the same work. Work that was undone is other work when it is
 * done again: a service that knows the key would say that it is done.
 */
export function idempotencyKeyOf(
  { runId, stage, inputs, files, undone }: Work,
  item?: WorkItem,
): string {
  const reads = inputs
    // Of stages that it merely comes after, it reads nothing.
    .filter(([kind]) => kind !== 'needs')
    .map((entry) => JSON.stringify(entry))
    .sort();
  const { params, blueprint } = stage;
  const first = [runId, stage.id, blueprint.version, params.hash, reads, files];
  const parts = undone === 0 ? first : [...first, 'undone', undone];
  return uuidOf(item === undefined ? parts : [...parts, item]);
}

/** 122 bits of a digest of plain data; the rest says that its form is ours alone (RFC 9562, version 8). */
export function uuidOf(parts: unknown): string {
  const digest = hash('sha256', JSON.stringify(parts));
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
