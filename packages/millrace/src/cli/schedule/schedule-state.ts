import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { MillraceError, z } from '@millrace/core';

const stateShape = z.object({
  version: z.literal(1),
  schedule: z.string(),
  /** All times up to this one are handled: a run was started for them, or none is to be. */
  handledMs: z.number(),
});

/**
 * How far a schedule is, in a file beside the store. That a time is started once does not rest on it, but on the id of
 * its run; it tells which times were missed.
 */
export class ScheduleState {
  readonly #file: string;
  readonly #schedule: string;

  /** @param storePath the database file */
  constructor(storePath: string, schedule: string) {
    const name = createHash('sha256').update(schedule).digest('hex').slice(0, 16);
    this.#file = join(`${storePath}.schedules`, `${name}.json`);
    this.#schedule = schedule;
  }

  /** Undefined for a schedule that is new. @throws MillraceError SCHEDULE_STATE */
  read(): number | undefined {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw this.#unusable('cannot be read', error);
    }
    try {
      return stateShape.parse(JSON.parse(text)).handledMs;
    } catch (error) {
      throw this.#unusable('is damaged', error);
    }
  }

  /** It never goes back: of two schedulers the one that is ahead counts. @throws MillraceError SCHEDULE_STATE */
  write(handledMs: number): void {
    const known = this.read();
    if (known !== undefined && known >= handledMs) return;
    const state = { version: 1, schedule: this.#schedule, handledMs };
    const draft = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const descriptor = openSync(draft, 'w');
      writeSync(descriptor, `${JSON.stringify(state)}\n`);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(draft, this.#file);
    } catch (error) {
      throw this.#unusable('cannot be written', error);
    }
  }

  #unusable(what: string, cause: unknown): MillraceError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new MillraceError(
      'SCHEDULE_STATE',
      `the state of the schedule, ${this.#file}, ${what}: ${why}`,
      {
        details: { file: this.#file },
        cause,
        help: 'mend its folder, or delete the file: the schedule then begins now, and nothing counts as missed',
      },
    );
  }
}
