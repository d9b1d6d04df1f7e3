import { describe, expect, test } from '@jest/globals';
import { asRunId, asStageId } from '../base/ids.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import { MemoryStore, type WaitRecord } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { openWaits } from './open-waits.ts';
import { sendSignal } from './send-signal.ts';
import { schemaText } from './wait-schema.ts';

const RUN = asRunId('20261120-120000-abcdefgh');
const OWNER = { host: 'mill', pid: 1, processStart: '' };

function waiting(stage: string, fields: Partial<WaitRecord> = {}): WaitRecord {
  return {
    stage: asStageId(stage),
    kind: 'signal',
    name: 'approve',
    call: 1,
    attempt: 1,
    status: 'waiting',
    since: 1,
    refused: [],
    ...fields,
  };
}

function storeWith(...waits: readonly WaitRecord[]): MemoryStore {
  const store = new MemoryStore();
  const run = { id: RUN, pipeline: 'daily', source: {}, context: [], createdAt: 1 };
  const lease = store.createRun(run, [], OWNER);
  store.commit(lease, { values: [], attempts: [], stages: [], events: [], waits, sync: true });
  return store;
}

function schemaOf(schema: z.ZodType): Pick<WaitRecord, 'schema'> {
  const text = schemaText(schema);
  return text === undefined ? {} : { schema: text };
}

describe('a signal', () => {
  test('is stored with its data, its time and its sender', async () => {
    const store = storeWith(waiting('review'), waiting('other', { name: 'release' }));
    const clock = new VirtualClock(77);
    const data = { at: new Date(5), ids: new Set([1]) };
    const sent = await sendSignal(store, RUN, { name: 'approve', data, sender: 'ann', clock });
    expect(sent).toMatchObject({ number: 1, answers: [{ stage: 'review' }] });
    expect(sent.waits).toHaveLength(2);
    expect(store.loadSignals(RUN, 0)).toMatchObject([{ number: 1, sentAt: 77, sender: 'ann' }]);
  });

  test('is refused by the schema of any stage that it is for, and taken for one that it fits', async () => {
    const store = storeWith(
      waiting('strict', schemaOf(z.object({ n: z.int().max(3) }))),
      waiting('loose', schemaOf(z.object({ n: z.number() }))),
    );
    const data = { n: 7 };
    await expect(sendSignal(store, RUN, { name: 'approve', data })).rejects.toMatchObject({
      code: 'SIGNAL_REFUSED',
      details: { stage: 'strict', issues: [{ path: 'n' }] },
    });
    const sent = await sendSignal(store, RUN, { name: 'approve', data, stage: 'loose' });
    expect(sent.answers).toMatchObject([{ stage: 'loose' }]);
  });

  test('is not refused where the recorded schema tells nothing of its values', async () => {
    const store = storeWith(waiting('review', schemaOf(z.object({ at: z.date() }))));
    const sent = await sendSignal(store, RUN, { name: 'approve', data: { at: new Date(5) } });
    expect(sent.number).toBe(1);
  });

  test('for a stage is refused once all stages are on record and it is none of them', async () => {
    const started = (stages: number): MemoryStore => {
      const store = storeWith(waiting('review'), waiting('check', { name: 'release' }));
      const event = { seq: 1, at: 1, runId: RUN, type: 'run.started', pipeline: 'daily', stages };
      const batch = { values: [], attempts: [], stages: [], sync: true };
      store.commit({ runId: RUN, fence: 1 }, { ...batch, events: [event as RunEvent] });
      return store;
    };
    const sent = (store: MemoryStore, stage: string) =>
      sendSignal(store, RUN, { name: 'approve', stage });
    await expect(sent(started(2), 'reveiw')).rejects.toMatchObject({
      code: 'STAGE_UNKNOWN',
      help: 'did you mean "review"?',
    });
    await expect(sent(started(2), 'nowhere')).rejects.toMatchObject({
      help: '"review" waits for "approve"',
    });
    expect(await sent(started(3), 'publish')).toMatchObject({ number: 1, answers: [] });
    expect(await sent(storeWith(waiting('review')), 'publish')).toMatchObject({ number: 1 });
  });

  test('is refused for a run that is not there, or has succeeded', async () => {
    const store = storeWith();
    const unknown = asRunId('20990101-000000-nonenone');
    await expect(sendSignal(store, unknown, { name: 'approve' })).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
    const finish = { status: 'succeeded', finishedAt: 2, durationMs: 1 } as const;
    const batch = { values: [], attempts: [], stages: [], events: [], sync: true };
    store.commit({ runId: RUN, fence: 1 }, { ...batch, finish });
    await expect(sendSignal(store, RUN, { name: 'approve' })).rejects.toMatchObject({
      code: 'SIGNAL_TOO_LATE',
    });
  });

  test.each([
    ['', undefined],
    [' approve', undefined],
    ['a\nb', undefined],
    ['x'.repeat(201), undefined],
    ['approve', () => 1],
  ])('is refused with a name or data that cannot be: %j', async (name, data) => {
    await expect(sendSignal(storeWith(), RUN, { name, data })).rejects.toMatchObject({
      code: 'SIGNAL_INVALID',
    });
  });
});

test('what a stage waits for is open until it has succeeded', async () => {
  const store = storeWith(
    waiting('review'),
    waiting('done'),
    waiting('late', { status: 'timed-out' }),
  );
  store.commit(
    { runId: RUN, fence: 1 },
    {
      values: [],
      attempts: [],
      stages: [
        {
          stage: asStageId('done'),
          status: 'succeeded',
          attempt: 1,
          fence: 1,
          finishedAt: 2,
          durationMs: 1,
          fingerprint: '',
          writes: [],
          fallback: false,
        },
      ],
      events: [],
      sync: true,
    },
  );
  expect(await openWaits(store, RUN)).toMatchObject([{ stage: 'review' }]);
});
