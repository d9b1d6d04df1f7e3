import { createReadStream, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Clock, MillraceError, systemClock } from '@millrace/core';
import { pause } from '../base/pause.ts';
import type { IncomingMessage } from './incoming-message.ts';
import type { MessageSource } from './message-source.ts';

export interface FileSourceOptions<T> {
  /** A file of lines, each one JSON value; empty lines are passed over. */
  readonly path: string;
  /** Default: the path. It begins every id. */
  readonly name?: string;
  /** Reads a line. Default: `JSON.parse`. */
  readonly decode?: (value: unknown) => T;
  /** What names a message. Default: the number of its line. */
  readonly id?: (value: T, line: number) => string;
  /** When a message happened, milliseconds, so that they come as far apart as they did. Default: at once. */
  readonly time?: (value: T) => number;
  /** How many times as fast as it happened. Default 1; of use with `time`. */
  readonly speed?: number;
  /**
   * A file that remembers what was acknowledged: a later reading begins behind it. Default: none, and each reading
   * begins at the first line.
   */
  readonly position?: string;
  readonly clock?: Clock;
}

/**
 * Replays a file of messages, one JSON value a line.
 * @throws MillraceError MESSAGE_FILE_INVALID while it is read
 */
export class FileSource<T = unknown> implements MessageSource<T> {
  readonly name: string;
  readonly acknowledge?: (ids: readonly string[]) => Promise<void>;
  readonly #options: FileSourceOptions<T>;
  /** Lines by id, of what was handed over and not acknowledged. */
  readonly #open = new Map<string, number>();
  /** That was handed over. */
  #lastLine = 0;

  constructor(options: FileSourceOptions<T>) {
    this.#options = options;
    this.name = options.name ?? options.path;
    const { position } = options;
    if (position !== undefined) this.acknowledge = async (ids) => this.#acknowledge(ids, position);
  }

  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<T>, void, undefined> {
    const { path, time, speed = 1, clock = systemClock } = this.#options;
    const from = this.#acknowledgedLine();
    this.#open.clear();
    this.#lastLine = from;
    const input = createReadStream(path, 'utf8');
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    let began: { readonly at: number; readonly time: number } | undefined;
    let line = 0;
    try {
      for await (const text of lines) {
        line++;
        if (signal.aborted) return;
        if (line <= from || text.trim() === '') continue;
        const message = this.#toMessage(text, line);
        if (time !== undefined) {
          const happened = time(message.value);
          began ??= { at: clock.monotonic(), time: happened };
          const dueMs = began.at + (happened - began.time) / speed;
          await pause(clock, dueMs - clock.monotonic(), signal);
          if (signal.aborted) return;
        }
        // Where two lines have one id, the position must not pass the first.
        if (!this.#open.has(message.id)) this.#open.set(message.id, line);
        this.#lastLine = line;
        yield message;
      }
    } finally {
      lines.close();
      input.destroy();
    }
  }

  #toMessage(text: string, line: number): IncomingMessage<T> {
    const { path, decode, id } = this.#options;
    try {
      const parsed: unknown = JSON.parse(text);
      const value = decode === undefined ? (parsed as T) : decode(parsed);
      return { id: id?.(value, line) ?? `${this.name}:${line}`, value };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new MillraceError('MESSAGE_FILE_INVALID', `${path}:${line} is no message: ${why}`, {
        details: { path, line },
        cause: error,
      });
    }
  }

  #acknowledge(ids: readonly string[], position: string): void {
    for (const id of ids) this.#open.delete(id);
    const [oldest] = this.#open.values();
    const line = oldest === undefined ? this.#lastLine : oldest - 1;
    // A kill between the two leaves the older position, from which messages come again.
    writeFileSync(`${position}.new`, `${line}\n`, { flush: true });
    renameSync(`${position}.new`, position);
  }

  #acknowledgedLine(): number {
    const { position } = this.#options;
    if (position === undefined) return 0;
    try {
      const line = Number(readFileSync(position, 'utf8'));
      return Number.isSafeInteger(line) && line > 0 ? line : 0;
    } catch (error) {
      if (Reflect.get(Object(error), 'code') === 'ENOENT') return 0;
      throw error;
    }
  }
}
