import { decodeValue, type SealedValue } from '../base/codec/index.ts';
import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { type CheckpointStore, storedValue, type WriteRecord } from '../checkpoint/index.ts';
import { type Cell, replayPatches } from '../context/index.ts';
import { patchedHash } from './to-writes.ts';

/** A key of a checkpoint, read from the store when it is first needed. */
export class StoredCell implements Cell {
  readonly key: string;
  readonly hash: string;
  readonly #store: CheckpointStore;
  readonly #write: WriteRecord;
  readonly #writer: StageId | undefined;
  readonly #before: Cell | undefined;
  #sealed: SealedValue | undefined;

  /**
   * @param writer the stage that wrote it; undefined for the initial context
   * @param before the key as it was before, for a write that is kept as patches
   */
  constructor(
    store: CheckpointStore,
    write: WriteRecord,
    writer: StageId | undefined,
    before: Cell | undefined,
  ) {
    this.key = write.key;
    this.hash = write.kind === 'patch' ? patchedHash(before?.hash ?? '', write.hash) : write.hash;
    this.#store = store;
    this.#write = write;
    this.#writer = writer;
    this.#before = before;
  }

  /** @throws MillraceError CHECKPOINT_CORRUPT, VALUE_NOT_LOADED */
  get sealed(): SealedValue {
    if (this.#sealed === undefined) {
      const loaded = storedValue(this.#store, this.#write);
      if (loaded instanceof Promise) {
        // Nobody waits for it here; a later failure of it must not end the process.
        loaded.catch(() => undefined);
        throw new MillraceError(
          'VALUE_NOT_LOADED',
          `${JSON.stringify(this.key)} of ${this.#owner} is still in the store`,
          { help: 'declare the key in inputs, so that it is loaded before the stage starts' },
        );
      }
      this.#sealed = this.#read(loaded);
    }
    return this.#sealed;
  }

  /** Loads it now. @throws MillraceError CHECKPOINT_CORRUPT */
  async load(): Promise<void> {
    if (this.#sealed !== undefined) return;
    for (const cell of this.#chain()) {
      cell.#sealed ??= cell.#read(await storedValue(cell.#store, cell.#write));
    }
  }

  /** This cell and those that its patches build upon, the oldest first; a loop, since chains grow long. */
  #chain(): StoredCell[] {
    const chain: StoredCell[] = [];
    let cell: Cell | undefined = this;
    while (cell instanceof StoredCell && cell.#sealed === undefined) {
      chain.push(cell);
      cell = cell.#before;
    }
    return chain.reverse();
  }

  #read(encoded: Awaited<ReturnType<CheckpointStore['loadValue']>>): SealedValue {
    if (encoded === undefined) throw this.#damaged('its value is not in the store');
    if (encoded.hash !== this.#write.hash) throw this.#damaged('the store gave another value');
    const decoded = decodeValue(encoded);
    if (!decoded.ok) throw this.#damaged(decoded.problem.message);
    if (this.#write.kind === 'value') return decoded.value;
    if (this.#before === undefined) throw this.#damaged('what its patches build upon is gone');
    const before = this.#before.sealed;
    const kind = before.kind === 'json' && decoded.value.kind === 'json' ? 'json' : 'rich';
    return {
      value: replayPatches(before.value, decoded.value.value),
      kind,
      exotic: false,
      spine: undefined,
    };
  }

  get #owner(): string {
    return this.#writer === undefined
      ? 'the initial context'
      : `stage ${JSON.stringify(this.#writer)}`;
  }

  #damaged(why: string): MillraceError {
    return new MillraceError(
      'CHECKPOINT_CORRUPT',
      `the checkpoint of ${this.#owner} is damaged: ${JSON.stringify(this.key)}: ${why}`,
      {
        details: { stage: this.#writer, key: this.key },
        help:
          this.#writer === undefined
            ? 'start a new run'
            : 'resume the run: the damaged stage runs again',
      },
    );
  }
}

/** Loads those that are still in the store. @throws MillraceError CHECKPOINT_CORRUPT */
export async function loadCells(cells: Iterable<Cell | undefined>): Promise<void> {
  for (const cell of cells) if (cell instanceof StoredCell) await cell.load();
}

export function isCorruptCheckpoint(error: unknown): error is MillraceError {
  return error instanceof MillraceError && error.code === 'CHECKPOINT_CORRUPT';
}
