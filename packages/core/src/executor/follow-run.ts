import { type Clock, systemClock } from '../base/clock.ts';
import type { RunId } from '../base/ids.ts';
import type { CheckpointStore, Owner, RunRecord, SeenLease } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { runNotFound } from './claim-run.ts';
import { LeaseWatch } from './lease-watch.ts';
import { type OwnerState, ownerState } from './owner-state.ts';
import { pause } from './pause.ts';

/** Who executes a run, as far as it can be told from here. */
export interface OwnerSight {
  readonly owner: Owner;
  readonly state: OwnerState;
}

export interface FollowOptions {
  /** Called with each event in order, those first that are on record already. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Called with the first owner that is seen, and whenever another one takes over or one is stopped or goes on. */
  readonly onOwner?: (sight: OwnerSight) => void;
  /** Ends the following, never the run. */
  readonly signal?: AbortSignal;
  /** Events with a higher `seq` are told. Default 0: all. */
  readonly after?: number;
  readonly clock?: Clock;
}

/** How the following of a run ended; `run` is what was on record last. */
export type FollowEnd =
  /** Its owner ended it, and all its events were told. */
  | { readonly kind: 'ended'; readonly run: RunRecord }
  /** Nobody executes it any more: its owner died, fell silent for its lease, or gave it back. `abandoned` is for a resume. */
  | { readonly kind: 'abandoned'; readonly run: RunRecord; readonly abandoned: SeenLease }
  | { readonly kind: 'stopped'; readonly run: RunRecord };

const PAGE = 1000;
/** The store is asked again so soon while something happens, and more and more seldom while nothing does. */
const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1000;

/**
 * Follows a run that another process executes: tells its events, those on record and those to come, until it
 * has ended or nobody executes it any more. It writes nothing.
 * @throws MillraceError RUN_NOT_FOUND; whatever `onEvent` and `onOwner` throw
 */
export async function followRun(
  store: CheckpointStore,
  id: RunId,
  options: FollowOptions = {},
): Promise<FollowEnd> {
  const { clock = systemClock, signal } = options;
  const follower = new Follower(store, options);
  let waitedMs = 0;
  for (;;) {
    const run = await store.findRun(id);
    if (run === undefined) throw runNotFound(store, id);
    const sight = follower.see(run);
    const hasNews = await follower.tellEvents(run);
    if (signal?.aborted === true) return { kind: 'stopped', run };
    const next = follower.judge(run, sight, waitedMs);
    if (next.kind !== 'wait') return next;
    waitedMs = next.isUrgent ? 0 : nextPauseMs(hasNews ? 0 : waitedMs);
    const goesOn = next.isUrgent || (await pause(clock, waitedMs, signal));
    if (!goesOn) return { kind: 'stopped', run };
  }
}

function nextPauseMs(lastMs: number): number {
  return Math.min(Math.max(lastMs * 1.5, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

interface Sight {
  /** Undefined where there is no owner. */
  readonly state: OwnerState | undefined;
  readonly isNew: boolean;
}

type Verdict = FollowEnd | { readonly kind: 'wait'; readonly isUrgent: boolean };

/** What is known of a run from look to look. */
class Follower {
  readonly #store: CheckpointStore;
  readonly #options: FollowOptions;
  readonly #watch = new LeaseWatch();
  #after: number;
  #last: { readonly fence: number; readonly state: OwnerState | undefined } | undefined;

  constructor(store: CheckpointStore, options: FollowOptions) {
    this.#store = store;
    this.#options = options;
    this.#after = options.after ?? 0;
  }

  see({ owner, fence }: RunRecord): Sight {
    const state = owner && ownerState(owner);
    const isNew = this.#last?.fence !== fence || this.#last.state !== state;
    this.#last = { fence, state };
    if (isNew && owner !== undefined && state !== undefined && state !== 'dead') {
      this.#options.onOwner?.({ owner, state });
    }
    return { state, isNew };
  }

  /** Up to what the record tells of, so that an end is told after all that came before it. */
  async tellEvents({ id, lastSeq }: RunRecord): Promise<boolean> {
    const from = this.#after;
    while (this.#after < lastSeq && this.#options.signal?.aborted !== true) {
      const limit = Math.min(PAGE, lastSeq - this.#after);
      const events = await this.#store.loadEvents(id, this.#after, limit);
      for (const event of events) this.#options.onEvent?.(event);
      // Damaged events are left out, so that nothing may come of what is there.
      this.#after = events.at(-1)?.seq ?? lastSeq;
      // A store that answers at once would let no signal through until a long run is told.
      if (this.#after < lastSeq) await new Promise((resolve) => setImmediate(resolve));
    }
    return this.#after > from;
  }

  judge(run: RunRecord, { state, isNew }: Sight, waitedMs: number): Verdict {
    const { fence, beat, status } = run;
    switch (state) {
      case undefined:
        if (status !== 'running') return { kind: 'ended', run };
        return { kind: 'abandoned', run, abandoned: { fence } };
      case 'dead':
        // It may have ended the run between the look and its death: its last word is read once more.
        if (isNew) return { kind: 'wait', isUrgent: true };
        return { kind: 'abandoned', run, abandoned: { fence } };
      case 'elsewhere':
        if (this.#watch.look(run, waitedMs) !== 'silent') break;
        return { kind: 'abandoned', run, abandoned: { fence, beat } };
      default:
    }
    return { kind: 'wait', isUrgent: false };
  }
}
