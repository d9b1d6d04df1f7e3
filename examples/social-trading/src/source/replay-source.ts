import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '@millrace/core';
import type { IncomingMessage, MessageSource } from '@millrace/stream';
import { messageOf, SocialError } from '../base/social-error.ts';
import { rehearse } from '../rehearsal/rehearse.ts';

export interface ReplayOptions {
  /** A post a line, as JSON, in the order of time. */
  readonly file: string;
  /** Each post is given when the clock shows its time; the past at once. */
  readonly clock: Clock;
  /** How many lines are done with, and where that is kept; absent: a replay begins anew. */
  readonly position?: ReplayPosition;
}

export interface ReplayPosition {
  positionOf(source: string): number;
  moveTo(source: string, line: number): void;
}

/** Posts of a file at their times. It remembers, where it has a position, which lines need not be given again. */
export class ReplaySource implements MessageSource {
  readonly name: string;
  readonly #options: ReplayOptions;
  /** Lines under way by id, which may be in the file twice. */
  readonly #open = new Map<string, number[]>();
  /** Lines that are acknowledged, though one before them is not. */
  readonly #done = new Set<number>();
  #next: number;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.name = `replay:${basename(options.file)}`;
    this.#next = options.position?.positionOf(this.name) ?? 0;
  }

  /** @throws SocialError REPLAY_UNREADABLE */
  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage> {
    const lines = linesOf(this.#options.file);
    this.#open.clear();
    for (let line = this.#next; line < lines.length; line++) {
      if (this.#done.has(line)) continue;
      rehearse('source');
      const { id, at, value } = postOf(lines[line] ?? '', line);
      await this.#until(at, signal);
      if (signal.aborted) return;
      this.#open.set(id, [...(this.#open.get(id) ?? []), line]);
      yield { id, value };
    }
  }

  async acknowledge(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      for (const line of this.#open.get(id) ?? []) this.#done.add(line);
      this.#open.delete(id);
    }
    while (this.#done.delete(this.#next)) this.#next += 1;
    this.#options.position?.moveTo(this.name, this.#next);
  }

  async #until(at: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const delayMs = at - clock.now();
    if (delayMs <= 0 || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.setTimer(delayMs, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    cancel();
  }
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (cause) {
    throw new SocialError('REPLAY_UNREADABLE', `${file} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** What is no post is handed on as it is: whoever reads it counts it. */
function postOf(text: string, line: number): { id: string; at: number; value: unknown } {
  const fallback = { id: `line ${line + 1}`, at: 0, value: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fallback;
  }
  if (typeof value !== 'object' || value === null) return fallback;
  const { id, at } = value as { id?: unknown; at?: unknown };
  const isPost = typeof id === 'string' && typeof at === 'number';
  return isPost ? { id, at, value } : { ...fallback, value };
}

/** When the first post was written: where the clock of a replay begins. @throws SocialError REPLAY_UNREADABLE */
export function firstPostAt(file: string): number {
  const times = linesOf(file).map((text, line) => postOf(text, line).at);
  return times.find((at) => at > 0) ?? 0;
}
