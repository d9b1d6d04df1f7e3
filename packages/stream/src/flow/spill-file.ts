import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** So much is read at once; a longer record takes as much as it needs. */
const READ_BYTES = 256 * 1024;
/** So much waits in memory before it is written. */
const WRITE_CHARS = 64 * 1024;

/** Texts that wait in a file, first in, first out. Its name is taken away at once, so that a kill leaves nothing. */
export class SpillFile {
  readonly #folder: string;
  readonly #file: number;
  #written = 0;
  #read = 0;
  #size = 0;
  /** Not yet written. */
  #tail: string[] = [];
  #tailChars = 0;
  /** Read ahead. */
  #ahead: string[] = [];

  /** @param folder in which it makes a folder of its own */
  constructor(folder = tmpdir()) {
    this.#folder = mkdtempSync(join(folder, 'millrace-spill-'));
    this.#file = openSync(join(this.#folder, 'queue'), 'w+');
    this.#remove();
  }

  /** Texts that wait. */
  get size(): number {
    return this.#size;
  }

  /** @param text without a line feed */
  push(text: string): void {
    this.#size++;
    this.#tail.push(text);
    this.#tailChars += text.length;
    if (this.#tailChars >= WRITE_CHARS) this.#flush();
  }

  shift(): string | undefined {
    if (this.#ahead.length === 0) this.#readOn();
    const text = this.#ahead.pop();
    if (text === undefined) return undefined;
    this.#size--;
    return text;
  }

  close(): void {
    closeSync(this.#file);
    this.#remove();
  }

  /** A system that keeps open files from being removed says so, and lets it be done in the end. */
  #remove(): void {
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch (error) {
      if (!['EBUSY', 'EPERM', 'ENOTEMPTY'].includes(Reflect.get(Object(error), 'code')))
        throw error;
    }
  }

  #flush(): void {
    if (this.#tail.length === 0) return;
    const bytes = Buffer.from(`${this.#tail.join('\n')}\n`);
    this.#tail = [];
    this.#tailChars = 0;
    writeSync(this.#file, bytes, 0, bytes.length, this.#written);
    this.#written += bytes.length;
  }

  #readOn(): void {
    if (this.#read === this.#written) this.#flush();
    if (this.#read === this.#written) return;
    for (let length = READ_BYTES; ; length *= 2) {
      const left = Math.min(length, this.#written - this.#read);
      const bytes = Buffer.alloc(left);
      readSync(this.#file, bytes, 0, left, this.#read);
      const end = bytes.lastIndexOf(10);
      if (end === -1) continue;
      this.#read += end + 1;
      this.#ahead = bytes.toString('utf8', 0, end).split('\n').reverse();
      break;
    }
    if (this.#read < this.#written) return;
    ftruncateSync(this.#file, 0);
    this.#read = 0;
    this.#written = 0;
  }
}
