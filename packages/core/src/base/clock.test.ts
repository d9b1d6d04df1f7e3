import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from './clock.ts';

const DAY_MS = 86_400_000;

describe('systemClock', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('calls back once, when the time has passed and not before', () => {
    const callback = jest.fn();
    systemClock.setTimer(100, callback);
    jest.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('waits for months, which setTimeout cannot', () => {
    const callback = jest.fn();
    systemClock.setTimer(60 * DAY_MS, callback);
    for (let day = 1; day < 60; day++) jest.advanceTimersByTime(DAY_MS);
    expect(callback).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(DAY_MS);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps no process alive for a timer in the background, however long the wait', () => {
    const spied = jest.spyOn(globalThis, 'setTimeout');
    const timers = (): readonly unknown[] => spied.mock.results.map(({ value }) => value);
    systemClock.setTimer(60 * DAY_MS, () => undefined, { isBackground: true });
    for (let day = 0; day < 40; day++) jest.advanceTimersByTime(DAY_MS);
    expect(timers()).toHaveLength(2);
    for (const timer of timers()) expect(timer).toMatchObject({ refed: false });
    spied.mockRestore();
  });

  it('can be cancelled at any time, more than once, also after a part of a long wait', () => {
    const callback = jest.fn();
    const cancel = systemClock.setTimer(60 * DAY_MS, callback);
    for (let day = 0; day < 40; day++) jest.advanceTimersByTime(DAY_MS);
    cancel();
    cancel();
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(90 * DAY_MS);
    expect(callback).not.toHaveBeenCalled();
  });

  it('takes the past for now, and never cuts a fraction short', () => {
    const callback = jest.fn();
    systemClock.setTimer(-5, callback);
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
    systemClock.setTimer(5.5, callback);
    jest.advanceTimersByTime(5);
    expect(callback).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(2);
  });
});
