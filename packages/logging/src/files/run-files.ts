import { join } from 'node:path';
import { RunFile, type RunFileOptions } from './run-file.ts';
import { runFileName } from './run-file-name.ts';

export interface RunFilesOptions extends Omit<RunFileOptions, 'path'> {
  readonly dir: string;
}

/** Far below what a system allows a process, so that a thousand runs at once leave handles for the stages. */
const MOST_OPEN = 128;

/** One file per run, opened by its first line. */
export class RunFiles {
  readonly #options: RunFilesOptions;
  readonly #files = new Map<string, RunFile>();
  /** Those with a file handle, the longest unused first. */
  readonly #open = new Set<RunFile>();
  #latest: RunFile | undefined;
  readonly #ending = new Set<Promise<void>>();
  #lostBefore = 0;

  constructor(options: RunFilesOptions) {
    this.#options = options;
  }

  /** Lines that could not be written, over all runs. */
  get lost(): number {
    let lost = this.#lostBefore;
    for (const file of this.#files.values()) lost += file.lost;
    return lost;
  }

  pathFor(runId: string): string {
    return join(this.#options.dir, runFileName(runId));
  }

  append(runId: string, line: string): void {
    let file = this.#files.get(runId);
    if (file === undefined) {
      file = new RunFile({ ...this.#options, path: this.pathFor(runId) });
      this.#files.set(runId, file);
    }
    if (file !== this.#latest) this.#makeLatest(file);
    file.append(line);
  }

  /** For the end of the process: what waits is tried once more. */
  flush(): void {
    for (const file of this.#files.values()) file.flush();
  }

  /** Resolves once the lines of a run are on the disk. A later line opens its file again. */
  async end(runId: string): Promise<void> {
    const file = this.#files.get(runId);
    if (file === undefined) return;
    this.#files.delete(runId);
    this.#open.delete(file);
    if (this.#latest === file) this.#latest = undefined;
    const ending = this.#finish(file);
    this.#ending.add(ending);
    await ending;
    this.#ending.delete(ending);
  }

  /** Resolves once all are on the disk, those too that were being ended. */
  async endAll(): Promise<void> {
    // One after the other: a suspended file takes a handle again to be synced.
    for (const runId of [...this.#files.keys()]) await this.end(runId);
    await Promise.all(this.#ending);
  }

  async #finish(file: RunFile): Promise<void> {
    await file.finish();
    this.#lostBefore += file.lost;
  }

  #makeLatest(file: RunFile): void {
    this.#latest = file;
    this.#open.delete(file);
    this.#open.add(file);
    if (this.#open.size <= MOST_OPEN) return;
    const [longestUnused] = this.#open;
    if (longestUnused === undefined) return;
    this.#open.delete(longestUnused);
    longestUnused.suspend();
  }
}
