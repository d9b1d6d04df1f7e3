import type { ArtifactFiles } from '../artifact-files.ts';
import type { Database, Row, Statement } from '../database.ts';

/**
 * The bodies of values as text in which hashes can be looked for, one at a time: how many there are does not
 * matter to the memory. Bytes that are no text become signs that no hash has.
 */
export class ValueBodies {
  readonly #files: ArtifactFiles | undefined;
  readonly #selectOne: Statement;
  readonly #selectReferred: Statement;

  /** @param database has the temporary table `unreferred` */
  constructor(database: Database, files: ArtifactFiles | undefined) {
    this.#files = files;
    this.#selectOne = database.prepare('SELECT hash, body FROM "values" WHERE hash = ?');
    this.#selectReferred = database.prepare(
      'SELECT hash, body FROM "values" WHERE hash NOT IN (SELECT hash FROM unreferred)',
    );
  }

  /** Those of all values but the ones in `unreferred`, which is not to be changed meanwhile. */
  *referred(): Generator<string> {
    for (const row of this.#selectReferred.iterate()) yield this.#textOf(row);
  }

  textOf(hash: string): string {
    const row = this.#selectOne.get(hash);
    return row === undefined ? '' : this.#textOf(row);
  }

  #textOf({ hash, body }: Row): string {
    if (typeof body === 'string') return body;
    const bytes = body instanceof Uint8Array ? body : this.#files?.read(String(hash));
    if (bytes === undefined) return '';
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}
