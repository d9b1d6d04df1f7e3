import { describe, expect, test } from '@jest/globals';
import {
  advance,
  createTrigger,
  type RetrainTrigger,
  type TriggerChange,
} from './retrain-trigger.ts';

const score = { accuracy: 0.6, logLoss: 0.6, auc: 0.6 };
const end = {
  kind: 'swapped',
  modelId: 'm@2',
  comparison: { fresh: 10, candidate: score, present: undefined },
} as const;
const created = createTrigger(1, { reason: 'manual', baseline: 0.6, current: 0.5 }, 5);
const queued = advance(created, { kind: 'queue', atMs: 6 });
const processing = advance(queued, { kind: 'begin', atMs: 7 });
const completed = advance(processing, { kind: 'complete', atMs: 8, end });
const failed = advance(processing, { kind: 'fail', atMs: 9, why: 'no memory' });

test('a trigger has priority 2 unless it is told, and the drop from the baseline', () => {
  expect(created).toMatchObject({ state: 'created', priority: 2, createdMs: 5 });
  expect(created.drop).toBeCloseTo(0.1, 12);
  expect(
    createTrigger(2, { reason: 'manual', baseline: null, current: 0.5, priority: 1 }, 0),
  ).toMatchObject({ priority: 1, drop: null });
});

describe('each arrow', () => {
  test('created -> queued', () => expect(queued).toMatchObject({ state: 'queued', queuedMs: 6 }));
  test('queued -> processing', () =>
    expect(processing).toMatchObject({ state: 'processing', startedMs: 7 }));
  test('processing -> completed', () =>
    expect(completed).toMatchObject({ state: 'completed', endedMs: 8, end }));
  test('processing -> failed', () =>
    expect(failed).toMatchObject({ state: 'failed', endedMs: 9, why: 'no memory' }));
});

test('a state carries its own data only', () => {
  expect(Object.keys(processing)).not.toContain('queuedMs');
  expect(Object.keys(completed)).not.toContain('startedMs');
});

const changes: readonly TriggerChange[] = [
  { kind: 'queue', atMs: 0 },
  { kind: 'begin', atMs: 0 },
  { kind: 'complete', atMs: 0, end },
  { kind: 'fail', atMs: 0, why: '' },
];
const allowed = ['created queue', 'queued begin', 'processing complete', 'processing fail'];
const others = [created, queued, processing, completed, failed].flatMap((trigger: RetrainTrigger) =>
  changes
    .filter(({ kind }) => !allowed.includes(`${trigger.state} ${kind}`))
    .map((change) => [trigger.state, change.kind, trigger, change] as const),
);

test.each(others)('there is no arrow from %s by %s', (_, __, trigger, change) => {
  expect(() => advance(trigger, change)).toThrow(
    expect.objectContaining({ code: 'TRIGGER_STATE' }),
  );
});
