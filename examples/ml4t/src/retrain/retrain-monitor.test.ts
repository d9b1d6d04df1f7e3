import { expect, test } from '@jest/globals';
import { defaultSettings } from '../config/settings.ts';
import { isDegraded, RetrainMonitor } from './retrain-monitor.ts';

const monitorWith = (
  given: Parameters<typeof defaultSettings>[0] = {},
  baseline: number | null = 0.6,
) => new RetrainMonitor(defaultSettings(given), baseline);

/** So many outcomes, of which so many were right, spread evenly. */
function feed(monitor: RetrainMonitor, outcomes: number, right: number): void {
  for (let at = 0; at < outcomes; at++)
    monitor.outcome(
      Math.floor(((at + 1) * right) / outcomes) > Math.floor((at * right) / outcomes),
    );
}

test('a drop by exactly the threshold counts, whatever the rounding', () => {
  for (const [baseline, current] of [
    [0.6, 0.5],
    [0.7, 0.6],
    [0.9, 0.8],
    [0.3, 0.2],
  ] as const)
    expect(isDegraded(baseline, current, 0.1)).toBe(true);
  expect(isDegraded(0.6, 0.501, 0.1)).toBe(false);
});

test('with fewer than a hundred outcomes there is no accuracy, and nothing is triggered by it', () => {
  const monitor = monitorWith();
  feed(monitor, 99, 0);
  expect([monitor.current, monitor.due()]).toEqual([null, undefined]);
  feed(monitor, 1, 0);
  expect(monitor.due()).toMatchObject({
    reason: 'accuracy_degradation',
    baseline: 0.6,
    current: 0,
    priority: 1,
  });
});

test('accuracy is that of the newest thousand outcomes', () => {
  const monitor = monitorWith();
  feed(monitor, 1000, 600);
  expect(monitor.due()).toBeUndefined();
  feed(monitor, 1000, 500);
  expect(monitor.current).toBe(0.5);
  expect(monitor.due()).toMatchObject({ reason: 'accuracy_degradation' });
});

test('outcomes of the default or of an earlier model are no accuracy of this one', () => {
  const monitor = monitorWith();
  for (let at = 0; at < 500; at++) monitor.outcome(undefined);
  expect(monitor.current).toBeNull();
});

test('without a model there is nothing to fall from', () => {
  const monitor = monitorWith({}, null);
  feed(monitor, 500, 0);
  expect(monitor.due()).toBeUndefined();
});

test('it is due by the number of outcomes, and by the number of bars, where that is set', () => {
  const byCount = monitorWith({ retrainSampleCount: 200 });
  feed(byCount, 199, 120);
  expect(byCount.due()).toBeUndefined();
  feed(byCount, 1, 1);
  expect(byCount.due()).toMatchObject({ reason: 'sample_count' });
  const byBars = monitorWith({ retrainIntervalBars: 50 });
  byBars.bars(49);
  expect(byBars.due()).toBeUndefined();
  byBars.bars(1);
  expect(byBars.due()).toMatchObject({ reason: 'time_interval', priority: 3 });
});

test('after a retraining everything is counted anew', () => {
  const monitor = monitorWith({ retrainSampleCount: 200, retrainIntervalBars: 50 });
  feed(monitor, 300, 0);
  monitor.bars(60);
  monitor.restart(0.55);
  expect([monitor.due(), monitor.current, monitor.baseline]).toEqual([undefined, null, 0.55]);
});
