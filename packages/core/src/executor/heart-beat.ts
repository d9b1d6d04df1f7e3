import type { CancelTimer, Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { CheckpointStore, Lease } from '../checkpoint/index.ts';

/** So long an owner may be silent before a process of another machine takes its run over. */
export const LEASE_MS = 30_000;

/** Some may be missed or late without harm. */
const BEATS_A_LEASE = 6;

interface HeartBeatParts {
  readonly store: CheckpointStore;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Tells the store that the owner of a run lives, where no commit has told it of late. A process that slept
 * through its lease learns here that its run was taken over, before it has more to commit.
 */
export class HeartBeat {
  readonly #parts: HeartBeatParts;
  #cancelTimer: CancelTimer | undefined;
  #hasCommitted = false;
  #isRenewing = false;
  #isStopped = false;
  #lost: ((error: unknown) => void) | undefined;

  constructor(parts: HeartBeatParts) {
    this.#parts = parts;
    this.#arm();
  }

  /** @param lost called once, when another process owns the run */
  attend(lost: (error: unknown) => void): void {
    this.#lost = lost;
  }

  /** A commit has moved the beat. */
  readonly noteCommit = (): void => {
    this.#hasCommitted = true;
  };

  /** Before the run is given back: a renewal that is under way then fails, and means nothing. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer?.();
  }

  #arm(): void {
    // In the background: a run that waits for something that can never happen is not kept alive by it.
    this.#cancelTimer = this.#parts.clock.setTimer(
      LEASE_MS / BEATS_A_LEASE,
      () => {
        if (!this.#hasCommitted && !this.#isRenewing) void this.#renew();
        this.#hasCommitted = false;
        if (!this.#isStopped) this.#arm();
      },
      { isBackground: true },
    );
  }

  async #renew(): Promise<void> {
    const { store, lease, logger } = this.#parts;
    this.#isRenewing = true;
    try {
      await store.renewLease(lease);
    } catch (error) {
      if (this.#isStopped) return;
      if (error instanceof MillraceError && error.code === 'LEASE_LOST') {
        this.stop();
        this.#lost?.(error);
      } else {
        // What the run has to commit meets the same fault, and says so.
        logger.warn('the lease of a run could not be renewed', { runId: lease.runId, error });
      }
    } finally {
      this.#isRenewing = false;
    }
  }
}
