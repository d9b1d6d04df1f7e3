import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MillraceError, type RunEvent } from '@millrace/core';
import type { Redact } from '../terminal/redact.ts';

/**
 * Appends each event as a JSON line, those of one commit in one write. What fails while the run goes
 * on is told at the end: it must not stop the run.
 */
export class EventsFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #redact: Redact;
  #lines = '';
  #fault: unknown;

  /** @throws MillraceError EVENTS_UNWRITABLE */
  constructor(path: string, redact: Redact) {
    this.#path = path;
    this.#redact = redact;
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#descriptor = openSync(path, 'a+');
      // A line that a killed process did not finish is not continued.
      if (!endsWithLine(this.#descriptor)) this.#lines = '\n';
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  readonly add = (event: RunEvent): void => {
    if (this.#lines === '' || this.#lines === '\n') queueMicrotask(() => this.#write());
    this.#lines += `${JSON.stringify(event, (_key, part: unknown) => (typeof part === 'string' ? this.#redact(part) : part))}\n`;
  };

  /** Returns what kept lines from being written. */
  close(): MillraceError | undefined {
    this.#write();
    try {
      if (this.#fault === undefined) fsyncSync(this.#descriptor);
    } catch (error) {
      // Pipes and devices cannot be synced.
      if (codeOf(error) !== 'EINVAL') this.#fault ??= error;
    }
    closeSync(this.#descriptor);
    return this.#fault === undefined ? undefined : unwritable(this.#path, this.#fault);
  }

  #write(): void {
    const bytes = Buffer.from(this.#lines);
    this.#lines = '';
    if (this.#fault !== undefined) return;
    try {
      for (let from = 0; from < bytes.length; ) from += writeSync(this.#descriptor, bytes, from);
    } catch (error) {
      this.#fault = error;
    }
  }
}

function endsWithLine(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  if (!stats.isFile() || stats.size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, stats.size - 1);
  return last[0] === 0x0a;
}

function unwritable(path: string, error: unknown): MillraceError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MillraceError(
    'EVENTS_UNWRITABLE',
    `the events file ${path} cannot be written: ${reason}`,
    {
      details: { path },
      cause: error,
      help: 'correct the path or free space; the run itself is in its store',
    },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined;
}
