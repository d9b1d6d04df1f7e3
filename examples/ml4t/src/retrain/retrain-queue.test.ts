import { expect, test } from '@jest/globals';
import { RetrainQueue } from './retrain-queue.ts';
import { advance, createTrigger, type TriggerPriority } from './retrain-trigger.ts';

function queuedTrigger(id: number, priority: TriggerPriority) {
  const request = { reason: 'manual', baseline: null, current: null, priority } as const;
  const trigger = advance(createTrigger(id, request, 0), { kind: 'queue', atMs: 0 });
  if (trigger.state !== 'queued') throw new Error(trigger.state);
  return trigger;
}

test('triggers come by priority, and equals in the order in which they came', () => {
  const queue = new RetrainQueue();
  const priorities = [2, 3, 1, 2, 1, 3] as const;
  for (const [id, priority] of priorities.entries()) queue.push(queuedTrigger(id, priority));
  expect(queue.size).toBe(6);
  expect(Array.from(priorities, () => queue.next()?.id)).toEqual([2, 4, 0, 3, 1, 5]);
  expect(queue.next()).toBeUndefined();
});

test('it knows for which reasons one waits', () => {
  const queue = new RetrainQueue();
  queue.push(queuedTrigger(1, 2));
  expect([queue.has('manual'), queue.has('sample_count')]).toEqual([true, false]);
});
