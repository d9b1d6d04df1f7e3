import type { VirtualClock } from '@millrace/core';

/** More turns of the event loop than any chain of promises between two messages takes. */
const QUIET_TURNS = 12;

/**
 * Lets time pass only when nothing else can happen: as soon as nothing is under way the clock goes on to its next timer. So a
 * replay runs as fast as it can, and comes to the same end every time.
 * @param isBusy whether a message is being decided
 * @returns stops it
 */
export function pumpClock(clock: VirtualClock, isBusy: () => boolean): () => void {
  let quiet = 0;
  let isOver = false;
  const turn = (): void => {
    if (isOver) return;
    quiet = isBusy() ? 0 : quiet + 1;
    if (quiet >= QUIET_TURNS) {
      quiet = 0;
      clock.fireNext();
    }
    setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
  };
}
