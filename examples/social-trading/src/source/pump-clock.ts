import type { VirtualClock } from '@millrace/core';

/** More turns of the event loop than any chain of promises between two messages takes. */
const QUIET_TURNS = 12;

/** While something outside is gone, the pauses between tries pass at this pace. */
const STUCK_MS = 50;

/** A message that takes so long waits for time to pass, as a stage does before it tries again. */
const IDLE_MS = 5000;

export interface Pumped {
  /** Whether a message is being decided, or the stream is coming to its end. */
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
  let restedMs = performance.now();
  let isOver = false;
  const turn = (): void => {
    if (isOver) return;
    const nowMs = performance.now();
    const isWorking = isBusy();
    if (!isWorking) restedMs = nowMs;
    quiet = isWorking ? 0 : quiet + 1;
    const waitedMs = nowMs - Math.max(restedMs, firedMs);
    if (quiet >= QUIET_TURNS || (isWorking && waitedMs >= (isStuck() ? STUCK_MS : IDLE_MS))) {
      quiet = 0;
      firedMs = nowMs;
      clock.fireNext();
    }
    setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
  };
}
