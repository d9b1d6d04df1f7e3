import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new VirtualClock(1000);
    expect([clock.now(), clock.monotonic()]).toEqual([1000, 0]);
    await clock.advance(50);
    expect([clock.now(), clock.monotonic()]).toEqual([1050, 50]);
  });

  it('fires what falls due in order of time, equal ones in order of setting, and the rest never', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    const note = (name: string) => (): void => void fired.push(`${name} at ${clock.now()}`);
    clock.setTimer(30, note('late'));
    clock.setTimer(10, note('first'));
    clock.setTimer(10, note('second'));
    clock.setTimer(-5, note('at once'));
    clock.setTimer(31, note('never'));
    await clock.advance(30);
    expect(fired).toEqual(['at once at 0', 'first at 10', 'second at 10', 'late at 30']);
    expect(clock.pendingTimers).toBe(1);
  });

  it('fires timers that were set on the way, and lets promises go on between', async () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    const again = async (): Promise<void> => {
      fired.push(clock.now());
      await Promise.resolve();
      if (fired.length < 5) clock.setTimer(10, () => void again());
    };
    clock.setTimer(10, () => void again());
    await clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
    await clock.advance(100);
    expect(fired).toEqual([10, 20, 30, 40, 50]);
  });

  it('forgets a timer that was cancelled, also from within another', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    const cancel = clock.setTimer(20, () => void fired.push('cancelled'));
    clock.setTimer(10, cancel);
    cancel();
    cancel();
    await clock.advance(50);
    expect(fired).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('fires timers in the background in their time, and waits for none of them', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    clock.setTimer(10, () => void fired.push('beat'), { isBackground: true });
    clock.setTimer(20, () => void fired.push('stage'));
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(15);
    expect(fired).toEqual(['beat']);
    clock.setTimer(10, () => void fired.push('beat'), { isBackground: true });
    expect([clock.fireNext(), clock.fireNext(), clock.pendingTimers]).toEqual([true, false, 0]);
    expect(fired).toEqual(['beat', 'stage']);
  });

  it('moves to one timer at a time when asked to', () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    for (const delayMs of [20, 10]) clock.setTimer(delayMs, () => void fired.push(delayMs));
    expect(clock.fireNext()).toBe(true);
    expect([fired, clock.now()]).toEqual([[10], 10]);
    expect([clock.fireNext(), clock.fireNext()]).toEqual([true, false]);
    expect(clock.now()).toBe(20);
  });
});
