import { closingRecords } from './closing-records.ts';
import { commitEnd } from './commit-end.ts';
import { finalStatus } from './final-status.ts';
import type { SessionKit } from './session-kit.ts';
import type { SessionEnd, SessionParts } from './session-parts.ts';

type FinalStatus = ReturnType<typeof finalStatus>;

/** Writes the last records of a session and tells how it ended. */
export class SessionCloser {
  readonly #parts: SessionParts;
  readonly #kit: SessionKit;
  readonly #beganMs: number;

  constructor(parts: SessionParts, kit: SessionKit) {
    this.#parts = parts;
    this.#kit = kit;
    this.#beganMs = parts.clock.monotonic();
  }

  /** Of a run of which every stage has ended. */
  status(wasCancelled: boolean): FinalStatus {
    const { state, outcomes } = this.#kit;
    return finalStatus({ pipeline: this.#parts.pipeline, state, outcomes, wasCancelled });
  }

  finish(status: FinalStatus): void {
    const { clock, finished } = this.#parts;
    const { outcomes, commits } = this.#kit;
    const end = this.#close();
    const finishedAt = clock.now();
    for (const stage of closingRecords(this.#parts, outcomes)) commits.note({ stage });
    commitEnd(commits, { ...end, status, finishedAt }, finished);
  }

  /** @param waiting how many stages a resume waits on with */
  release(waiting: number): void {
    const { clock, finished } = this.#parts;
    const { commits } = this.#kit;
    const end = this.#close();
    commits.add(
      {
        event: { type: 'run.released', at: clock.now(), waiting },
        written: () => finished({ status: 'waiting', ...end }),
      },
      false,
    );
    commits.flush();
  }

  #close(): Omit<SessionEnd, 'status'> {
    const { clock, earlier, heart } = this.#parts;
    const { limited, limitedItems, views, outcomes, state } = this.#kit;
    heart.stop();
    limited.stop();
    limitedItems.stop();
    return {
      durationMs: (earlier?.durationMs ?? 0) + clock.monotonic() - this.#beganMs,
      context: views.ofRun(),
      stages: () => outcomes.summaries((index) => state.status(index)),
    };
  }
}
