import type { EncodedValue, ValueHash } from '@millrace/core';
import type { ArtifactFiles } from './artifact-files.ts';
import type { OnDamage } from './damage.ts';
import type { Database, Statement } from './database.ts';
import { readValueRow, SELECT_VALUE, UPSERT_VALUE, valueColumns } from './rows/value-row.ts';

/** The table `values`, and the files of those too large for it. */
export class StoredValues {
  readonly #upsert: Statement;
  readonly #select: Statement;
  readonly #files: ArtifactFiles | undefined;
  readonly #inlineLimitBytes: number;
  readonly #onDamage: OnDamage;

  /** @param files undefined for a database in memory, which keeps everything inline */
  constructor(
    database: Database,
    options: {
      readonly files: ArtifactFiles | undefined;
      readonly inlineLimitBytes: number;
      readonly onDamage: OnDamage;
    },
  ) {
    this.#upsert = database.prepare(UPSERT_VALUE);
    this.#select = database.prepare(SELECT_VALUE);
    this.#files = options.files;
    this.#inlineLimitBytes = options.inlineLimitBytes;
    this.#onDamage = options.onDamage;
  }

  /**
   * Writes the bodies that go to files. It comes before the transaction: a file without a row is
   * harmless, a row without a file is not, and disk writes would hold the lock.
   */
  writeFiles(values: readonly EncodedValue[]): void {
    for (const value of values) {
      if (this.#goesToFile(value)) this.#files?.write(value.hash, value.body);
    }
  }

  /**
   * Call it after `writeFiles`, within the transaction. A clean-up may have removed a file in between, since no row
   * pointed at it; it holds the lock when it does.
   */
  writeRows(values: readonly EncodedValue[]): void {
    for (const value of values) {
      const inFile = this.#goesToFile(value);
      if (inFile && this.#files?.has(value.hash) === false) {
        this.#files.write(value.hash, value.body);
      }
      this.#upsert.run(...valueColumns(value, inFile ? null : value.body));
    }
  }

  find(hash: ValueHash): EncodedValue | undefined {
    const row = this.#select.get(hash);
    if (row === undefined) return undefined;
    const read = readValueRow(row, this.#files);
    if (read.ok) return read.value;
    this.#onDamage({ table: 'values', record: hash, reason: read.problem });
    return undefined;
  }

  #goesToFile(value: EncodedValue): boolean {
    return (
      value.byteLength > this.#inlineLimitBytes &&
      this.#files !== undefined &&
      this.#files.accepts(value.hash)
    );
  }
}
