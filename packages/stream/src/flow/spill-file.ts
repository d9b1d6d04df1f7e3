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
  readonly #parent: string;
  #folder: string | undefined;
  /** Made when there is something to write. */
  #file: number | undefined;
  #written = 0;
  #read = 0;
  #size = 0;
  /** Not yet written. */
  #tail: string[] = [];
  #tailChars = 0;
  /** Read ahead. */
  #ahead: string[] = [];
  #problem: unknown;

  /** @param folder in which it makes a folder of its own */
  constructor(folder = tmpdir()) {
    this.#parent = folder;
  }

  /** Why what it holds cannot be written, and waits in memory; undefined while there is nothing amiss. */
  get problem(): unknown {
    return this.#problem;
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
    if (this.#tailChars < WRITE_CHARS) return;
    try {
      this.#flush();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error;
    }
  }

  shift(): string | undefined {
    if (this.#ahead.length === 0) this.#readOn();
    const text = this.#ahead.pop();
    if (text === undefined) return undefined;
    this.#size--;
    return text;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#remove();
  }

  #open(): number {
    this.#folder = mkdtempSync(join(this.#parent, 'millrace-spill-'));
    const file = openSync(join(this.#folder, 'queue'), 'w+');
    this.#remove();
    return file;
  }

  /** A system that keeps open files from being removed says so, and lets it be done in the end. */
  #remove(): void {
    if (this.#folder === undefined) return;
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch (error) {
      if (!['EBUSY', 'EPERM', 'ENOTEMPTY'].includes(Reflect.get(Object(error), 'code')))
        throw error;
    }
  }

  #flush(): void {
    this.#file ??= this.#open();
    const bytes = Buffer.from(`${this.#tail.join('\n')}\n`);
    // A disk that is nearly full takes a part.
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#file, bytes, at, bytes.length - at, this.#written + at);
    }
    this.#written += bytes.length;
    this.#tail = [];
    this.#tailChars = 0;
  }

  #readOn(): void {
    const file = this.#file;
    if (file === undefined || this.#read === this.#written) {
      this.#ahead = this.#tail.reverse();
      this.#tail = [];
      this.#tailChars = 0;
      this.#problem = undefined;
      return;
    }
    for (let length = READ_BYTES; ; length *= 2) {
      const left = Math.min(length, this.#written - this.#read);
      const bytes = Buffer.alloc(left);
      readSync(file, bytes, 0, left, this.#read);
      const end = bytes.lastIndexOf(10);
      if (end === -1) continue;
      this.#read += end + 1;
      this.#ahead = bytes.toString('utf8', 0, end).split('\n').reverse();
      break;
    }
    if (this.#read < this.#written) return;
    ftruncateSync(file, 0);
    this.#read = 0;
    this.#written = 0;
  }
}
