import {
  type Leftovers,
  NO_LEFTOVERS,
  type Owner,
  type SweepRequest,
  type SweepStep,
} from '@millrace/core';
import type { ArtifactFiles } from '../artifact-files.ts';
import type { Database } from '../database.ts';
import { OWNER_COLUMNS, readOwner } from '../rows/run-row.ts';
import { compact } from './file-room.ts';
import { filesWithoutRow, measureLeftovers, rowOfFile } from './measure-leftovers.ts';
import type { RunDeletion } from './run-deletion.ts';
import { isSoleUser } from './sole-user.ts';
import { UnreferredValues } from './unreferred-values.ts';

export interface StoreSweepParts {
  readonly database: Database;
  readonly files: ArtifactFiles | undefined;
  readonly deletion: RunDeletion;
  /** Runs the body with the write lock; `sync`: it is on disk when this returns. */
  readonly write: <Value>(body: () => Value, sync: boolean) => Value;
}

/**
 * Where a sweep is. Each step but the look at all values is one short transaction, so that a live run waits for
 * milliseconds:
 *
 *     remains -> look -> values -> files -> room -> done
 *                  ^________|  runs moved meanwhile, and artifacts are left
 */
type Phase =
  | { readonly kind: 'remains'; readonly runs: readonly string[]; readonly at: number }
  | { readonly kind: 'look' }
  | { readonly kind: 'values'; readonly values: UnreferredValues; readonly moved: boolean }
  | {
      readonly kind: 'files';
      readonly hashes: readonly string[];
      readonly at: number;
      readonly left: Leftovers;
    }
  | { readonly kind: 'room'; readonly left: Leftovers }
  | { readonly kind: 'done'; readonly left: Leftovers };

const FILES_AT_ONCE = 200;
/** Runs whose remains go in one transaction. */
const RUNS_AT_ONCE = 10;
/** After so many looks the artifacts stay for the next sweep. */
const MOST_LOOKS = 3;

/** Removes what nobody needs any more, from the first step to the last. */
export class StoreSweep {
  readonly #parts: StoreSweepParts;
  readonly #request: SweepRequest;
  /** Files whose values this sweep has removed: they were counted with them. */
  readonly #counted = new Set<string>();
  #phase: Phase;
  #looks = 0;

  constructor(parts: StoreSweepParts, request: SweepRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#phase = { kind: 'remains', runs: this.#expiredRuns(), at: 0 };
  }

  step(): SweepStep {
    const removed = this.#work();
    const phase = this.#phase;
    if (phase.kind !== 'done') return { done: false, removed, waiting: NO_LEFTOVERS };
    return { done: true, removed, waiting: this.#waiting(phase.left) };
  }

  #work(): Leftovers {
    const phase = this.#phase;
    switch (phase.kind) {
      case 'remains': {
        this.#removeRemains(phase);
        return NO_LEFTOVERS;
      }
      case 'look': {
        const { database, files } = this.#parts;
        this.#looks += 1;
        const values = new UnreferredValues(database, files);
        this.#phase = { kind: 'values', values, moved: false };
        return NO_LEFTOVERS;
      }
      case 'values':
        return this.#removeValues(phase);
      case 'files':
        return this.#removeFiles(phase);
      case 'room': {
        compact(this.#parts.database);
        this.#phase = { kind: 'done', left: phase.left };
        return NO_LEFTOVERS;
      }
      case 'done':
        return NO_LEFTOVERS;
      default:
        return phase satisfies never;
    }
  }

  /**
   * Deleted runs whose values nobody can be about to take over any more: nobody has the file open who could have
   * seen them, or it is long ago and all that is live began later.
   */
  #expiredRuns(): readonly string[] {
    const { database, deletion } = this.#parts;
    const deleted = deletion.deleted();
    if (deleted.length === 0) return [];
    const { now, graceMs } = this.#request;
    const wait = isSoleUser(database) ? 0 : graceMs;
    const nobodyBefore = Math.min(now, ...this.#live().map(({ createdAt }) => createdAt));
    return deleted.filter(({ at }) => at + wait <= nobodyBefore).map(({ run }) => run);
  }

  #removeRemains({ runs, at }: Extract<Phase, { kind: 'remains' }>): void {
    const { deletion, write } = this.#parts;
    const some = runs.slice(at, at + RUNS_AT_ONCE);
    if (some.length === 0) {
      this.#phase = { kind: 'look' };
      return;
    }
    const removed = write(() => {
      const isGone = (run: string): boolean =>
        deletion.removeRecords(run) && deletion.removeReferences(run);
      const left = some.findIndex((run) => !isGone(run));
      return left === -1 ? some.length : left;
    }, false);
    this.#phase = { kind: 'remains', runs, at: at + removed };
  }

  #removeValues({ values, moved }: Extract<Phase, { kind: 'values' }>): Leftovers {
    const { database, files, write } = this.#parts;
    const { removed, mayHaveMoved, isQuiet } = write(() => {
      const mayHaveMoved = values.withdrawNew() || moved;
      // A live run may have stored an artifact that it has not told of yet.
      const isQuiet = this.#live().length === 0;
      const removed = values.remove(isQuiet && !mayHaveMoved);
      return { removed, mayHaveMoved, isQuiet };
    }, true);
    for (const { hash, inFile } of removed) if (inFile) this.#counted.add(hash);
    if (removed.length > 0) this.#phase = { kind: 'values', values, moved: mayHaveMoved };
    else if (mayHaveMoved && isQuiet && this.#looks < MOST_LOOKS) this.#phase = { kind: 'look' };
    else {
      const left = values.count();
      this.#phase = { kind: 'files', hashes: filesWithoutRow(database, files), at: 0, left };
    }
    return { values: removed.length, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** The lock is held: whoever is about to point at a file looks for it once more when it has the lock. */
  #removeFiles({ hashes, at, left }: Extract<Phase, { kind: 'files' }>): Leftovers {
    const { database, files, write } = this.#parts;
    const some = hashes.slice(at, at + FILES_AT_ONCE);
    if (files === undefined || some.length === 0) {
      this.#phase = { kind: 'room', left };
      return NO_LEFTOVERS;
    }
    const hasRow = rowOfFile(database);
    let values = 0;
    let bytes = 0;
    write(() => {
      for (const hash of some) {
        const size = files.sizeOf(hash);
        if (size === undefined || hasRow(hash)) continue;
        files.remove(hash);
        if (this.#counted.delete(hash)) continue;
        values += 1;
        bytes += size;
      }
    }, false);
    this.#phase = { kind: 'files', hashes, at: at + some.length, left };
    return { values, bytes };
  }

  /** Runs that a process may be at work on. */
  #live(): readonly { readonly owner: Owner; readonly createdAt: number }[] {
    return this.#parts.database
      .prepare(
        `SELECT created_at, ${OWNER_COLUMNS.join(', ')} FROM runs WHERE owner_host IS NOT NULL`,
      )
      .all()
      .flatMap((row) => {
        const owner = readOwner(row);
        if (owner === undefined || !this.#request.mayLive(owner)) return [];
        return [{ owner, createdAt: Number(row.created_at) }];
      });
  }

  /** Told by the last look, unless runs still keep what they referred to. */
  #waiting(left: Leftovers): Leftovers {
    const { deletion } = this.#parts;
    return deletion.deleted().length === 0 ? left : measureLeftovers(this.#parts, []);
  }
}
