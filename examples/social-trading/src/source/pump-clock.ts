import type { VirtualClock } from '@millrace/core';

/** More turns of the event loop than any chain of promises between two messages takes. */
const QUIET_TURNS = 12;

/** While something outside is gone, the pauses between tries pass at this pace. */
const STUCK_MS = 50;

export interface Pumped {
  /** Whether a message is being decided. */
  readonly isBusy: () => boolean;
  /** Whether all waits for something outside that is gone, and is tried again as time passes. */
  readonly isStuck: () => boolean;
}

/**
 * Lets time pass only when nothing else can happen: as soon as nothing is under way the clock goes on to its next timer. So a
 * replay runs as fast as it can, and comes to the same end every time.
 * @returns stops it
 */
export function pumpClock(clock: VirtualClock, { isBusy, isStuck }: Pumped): () => void {
  let quiet = 0;
  let firedMs = 0;
  let isOver = false;
  const turn = (): void => {
    if (isOver) return;
    const isPatient = isStuck() && performance.now() - firedMs >= STUCK_MS;
    quiet = isBusy() && !isPatient ? 0 : quiet + 1;
    if (quiet >= QUIET_TURNS || isPatient) {
      quiet = 0;
      firedMs = performance.now();
      clock.fireNext();
    }
    setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
  };
}
