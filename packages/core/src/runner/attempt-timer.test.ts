import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { AttemptTimer } from './attempt-timer.ts';

function scene(): { clock: VirtualClock; timer: AttemptTimer; fired: () => number } {
  const clock = new VirtualClock();
  const timer = new AttemptTimer(clock);
  let fired = 0;
  timer.arm(100, () => {
    fired++;
  });
  return { clock, timer, fired: () => fired };
}

describe('the deadline of an attempt', () => {
  test('stands still while the attempt waits', async () => {
    const { clock, timer, fired } = scene();
    await clock.advance(60);
    timer.pause();
    await clock.advance(1000);
    expect([fired(), timer.pausedMs, clock.pendingTimers]).toEqual([0, 1000, 0]);
    timer.goOn();
    await clock.advance(39);
    expect(fired()).toBe(0);
    await clock.advance(1);
    expect([fired(), timer.pausedMs]).toEqual([1, 1000]);
  });

  test('that is armed anew while it stands still runs, as a grace period has to', async () => {
    const { clock, timer, fired } = scene();
    timer.pause();
    timer.arm(10, () => {});
    await clock.advance(10);
    expect([fired(), clock.pendingTimers]).toEqual([0, 0]);
  });

  test('does not come back when it was disarmed meanwhile', async () => {
    const { clock, timer, fired } = scene();
    timer.pause();
    timer.disarm();
    timer.goOn();
    await clock.advance(1000);
    expect([fired(), timer.dueMs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});
