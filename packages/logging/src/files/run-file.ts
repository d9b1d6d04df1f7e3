import type { Clock } from '@millrace/core';
import { faultText, type ReportFault } from '../log-faults.ts';
import type { Disk } from './disk.ts';

export interface RunFileOptions {
  readonly path: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly report: ReportFault;
  /** The line that stands where `count` lines are missing. */
  readonly gapLine: (count: number, nowMs: number) => string;
}

/** What waits while the disk refuses. Beyond it new lines are dropped. */
const MOST_WAITING_BYTES = 256 * 1024;
/** Trying a full disk again for every line would cost more than the line. */
const RETRY_MS = 1_000;

/**
 * The log of one run. A line is handed to the system as it is logged, so it outlives this process however
 * that ends, by SIGKILL too; only lines that the disk refused wait here. No method throws.
 */
export class RunFile {
  readonly #options: RunFileOptions;
  #fd: number | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #retryAtMs = 0;
  /** Dropped since the last line that was kept. */
  #gap = 0;
  #lost = 0;
  #isSynced = true;

  constructor(options: RunFileOptions) {
    this.#options = options;
  }

  /** Lines that are not in the file and will not be. */
  get lost(): number {
    return this.#lost;
  }

  append(line: string): void {
    if (this.#waiting.length > 0 && this.#options.clock.monotonic() >= this.#retryAtMs) {
      this.flush();
    }
    const isRefused = this.#waiting.length > 0;
    this.#keep(isRefused ? line : this.#takeGap() + line);
    if (!isRefused) this.flush();
  }

  /** Writes what waits, as far as the disk takes it. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    try {
      this.#writeWaiting();
    } catch (error) {
      this.#retryAtMs = this.#options.clock.monotonic() + RETRY_MS;
      const code = this.#fd === undefined ? 'LOG_DIR_UNWRITABLE' : 'LOG_WRITE_FAILED';
      this.#options.report(code, `cannot write the log ${this.#options.path}: ${faultText(error)}`);
    }
  }

  /** Gives the file handle back; the next line opens the file again. */
  suspend(): void {
    // A line that is half written must not be taken for one that a crash left behind.
    if (this.#waiting.length === 0) this.#close();
  }

  /** The last call. Resolves once everything is on the disk, or is counted as lost. */
  async finish(): Promise<void> {
    this.flush();
    this.#lost += this.#waiting.length;
    if (this.#waiting.length === 0 && this.#gap > 0) {
      this.#keep(this.#takeGap());
      this.flush();
    }
    this.#waiting = [];
    try {
      if (!this.#isSynced) {
        this.#fd ??= this.#options.disk.open(this.#options.path);
        await this.#options.disk.sync(this.#fd);
      }
    } catch (error) {
      const message = `cannot sync the log ${this.#options.path}: ${faultText(error)}`;
      this.#options.report('LOG_WRITE_FAILED', message);
    }
    this.#close();
  }

  #writeWaiting(): void {
    this.#fd ??= this.#options.disk.open(this.#options.path);
    this.#isSynced = false;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const taken = this.#options.disk.write(this.#fd, first);
      this.#waitingBytes -= taken;
      // The rest of a line that was cut short stays first, so that the line is whole in the end.
      if (taken < first.length) this.#waiting[0] = first.subarray(taken);
      else this.#waiting.shift();
    }
  }

  #keep(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#waiting.length > 0 && this.#waitingBytes + bytes.length > MOST_WAITING_BYTES) {
      this.#gap += 1;
      this.#lost += 1;
      return;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  #takeGap(): string {
    if (this.#gap === 0) return '';
    const line = this.#options.gapLine(this.#gap, this.#options.clock.now());
    this.#gap = 0;
    return line;
  }

  #close(): void {
    const fd = this.#fd;
    if (fd === undefined) return;
    this.#fd = undefined;
    try {
      this.#options.disk.close(fd);
    } catch (error) {
      // Network file systems tell of a failed write only here.
      const message = `cannot close the log ${this.#options.path}: ${faultText(error)}`;
      this.#options.report('LOG_WRITE_FAILED', message);
    }
  }
}
