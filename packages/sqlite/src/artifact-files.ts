import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { currentProcess, processLiveness } from '@millrace/core';

/** Temporary files carry the process that writes them: `PID_PROCESS-START_CHANCE`. */
const TEMPORARY_FILE = /^(\d+)_([^_]*)_[^_]+$/;
const FILE_FOLDER = /^[0-9a-f]{2}$/;
/** Only such a hash becomes the name of a file. */
const FILE_HASH = /^[0-9a-f]{8,128}$/;

/** Large bodies as files named by their hash: `FOLDER/ab/abcd...`. A file is whole or not there. */
export class ArtifactFiles {
  readonly #folder: string;
  readonly #temporary: string;

  /** @param folder made with the first file */
  constructor(folder: string) {
    this.#folder = folder;
    this.#temporary = join(folder, 'tmp');
  }

  accepts(hash: string): boolean {
    return FILE_HASH.test(hash);
  }

  /** On return the file and its name are on disk, so that a row may point at it. */
  write(hash: string, body: string | Uint8Array): void {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const path = this.#pathOf(hash);
    if (readIfThere(path)?.equals(bytes)) return;
    const madeFolders = [this.#temporary, dirname(path)]
      .map((folder) => mkdirSync(folder, { recursive: true }))
      .filter((made) => made !== undefined);
    const temporary = join(this.#temporary, temporaryName());
    try {
      writeFileSync(temporary, bytes, { flush: true });
      renameSync(temporary, path);
    } catch (thrown) {
      rmSync(temporary, { force: true });
      throw thrown;
    }
    // The name of a file, and of a folder, is kept by the folder above it.
    for (const folder of [dirname(path), ...madeFolders.map((made) => dirname(made))]) {
      syncFolder(folder);
    }
  }

  /** Undefined when there is no such file. */
  read(hash: string): Buffer<ArrayBuffer> | undefined {
    return this.accepts(hash) ? readIfThere(this.#pathOf(hash)) : undefined;
  }

  /** Where the file of a hash lies, or would lie. */
  pathOf(hash: string): string {
    return this.#pathOf(hash);
  }

  has(hash: string): boolean {
    return this.sizeOf(hash) !== undefined;
  }

  /** Undefined when there is no such file. */
  sizeOf(hash: string): number | undefined {
    if (!this.accepts(hash)) return undefined;
    const found = statSync(this.#pathOf(hash), { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : undefined;
  }

  /** The files that are there, by their hash; what bears another name is not ours. */
  *hashes(): Generator<string> {
    for (const folder of namesIn(this.#folder)) {
      if (!FILE_FOLDER.test(folder)) continue;
      for (const name of namesIn(join(this.#folder, folder))) {
        if (this.accepts(name) && name.startsWith(folder)) yield name;
      }
    }
  }

  remove(hash: string): void {
    if (this.accepts(hash)) rmSync(this.#pathOf(hash), { force: true });
  }

  /** Deletes what processes that are gone have left half written. */
  removeAbandoned(): void {
    for (const name of namesIn(this.#temporary)) {
      if (isAbandoned(name)) rmSync(join(this.#temporary, name), { force: true });
    }
  }

  #pathOf(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}

function namesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
}

function readIfThere(path: string): Buffer<ArrayBuffer> | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return readFileSync(path);
}

/** Of chance at the end, because threads share the process. */
function temporaryName(): string {
  const { pid, processStart } = currentProcess();
  return `${pid}_${nameSafe(processStart)}_${randomUUID()}`;
}

/** SQLite needs all processes on one machine, so that of each it can be told whether it lives. */
function isAbandoned(name: string): boolean {
  const [, pid, start] = TEMPORARY_FILE.exec(name) ?? [];
  if (pid === undefined || start === undefined) return false;
  const own = currentProcess();
  if (Number(pid) === own.pid) return start !== nameSafe(own.processStart);
  return processLiveness({ host: own.host, pid: Number(pid), processStart: '' }) === 'dead';
}

function nameSafe(processStart: string): string {
  return processStart.replaceAll(/[^0-9a-f-]/g, '.');
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there a rename is durable by itself.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
