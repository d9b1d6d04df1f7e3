import { hostname } from 'node:os';
import { type CheckpointStore, processLiveness, type RunRecord } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import { startRunProcess } from './run-process.ts';
import type { ScheduleState } from './schedule-state.ts';
import { SCHEDULED_AT, scheduledRunId } from './scheduled-run.ts';
import type { ScheduleNote, SchedulerHost, StartedRun } from './scheduler.ts';

export interface ScheduleHostParts {
  /** What the schedule is called in its store. */
  readonly schedule: string;
  /** Absolute. */
  readonly storeSpec: string;
  readonly state: ScheduleState;
  /** `run CONFIG ...` with all flags. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: (note: ScheduleNote) => void;
}

/** Starts runs as processes, and finds those of other schedulers in the store. */
export class ScheduleHost implements SchedulerHost {
  readonly #parts: ScheduleHostParts;

  constructor(parts: ScheduleHostParts) {
    this.#parts = parts;
  }

  async start(atMs: number): Promise<StartedRun | undefined> {
    const { schedule, words, cwd, env } = this.#parts;
    const id = scheduledRunId(schedule, atMs);
    const known = await this.#look((store) => store.findRun(id));
    if (known !== undefined) return undefined;
    return startRunProcess({
      words: [...words, '--scheduled-by', schedule],
      cwd,
      env: { ...env, [SCHEDULED_AT]: new Date(atMs).toISOString() },
      isShown: true,
    });
  }

  async isExecuting(): Promise<boolean> {
    return (await this.#executing()).length > 0;
  }

  async stopExecuting(): Promise<void> {
    for (const { owner } of await this.#executing()) {
      if (owner?.host !== hostname()) continue;
      try {
        process.kill(owner.pid, 'SIGTERM');
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  keepHandled(atMs: number): void {
    this.#parts.state.write(atMs);
  }

  tell(note: ScheduleNote): void {
    this.#parts.tell(note);
  }

  async #executing(): Promise<readonly RunRecord[]> {
    const runs = await this.#look((store) =>
      store.listRuns({ statuses: ['running'], limit: 10_000 }),
    );
    return (runs ?? []).filter(({ source, owner }) => {
      // A fork keeps the time of its schedule, and is none of its runs.
      const isOurs =
        source.schedule?.name === this.#parts.schedule && source.forkedFrom === undefined;
      return isOurs && owner !== undefined && processLiveness(owner) !== 'dead';
    });
  }

  /** Opened each time: nothing is held between two times that may be days apart. */
  async #look<Value>(look: (store: CheckpointStore) => Value | Promise<Value>): Promise<Value> {
    const store = await openStore(this.#parts.storeSpec);
    try {
      return await look(store);
    } finally {
      await store.close();
    }
  }
}
