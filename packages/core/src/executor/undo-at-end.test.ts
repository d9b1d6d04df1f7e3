import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { verifyEvents } from '../run/index.ts';
import { gate, turns } from './testing-local/gate.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import {
  begin,
  execute,
  explanations,
  sketch,
  stageIn,
  statuses,
  told,
} from './testing-local/run-pipeline.ts';
import { undoScene } from './testing-local/undo-scene.ts';

const UNDO_EVENTS = ['run.undoing', 'stage.undone', 'stage.undo-failed', 'run.finished'] as const;

describe('a run that undoes on failure', () => {
  it('takes back what succeeded, each stage after all that rest on it, and ends as it would', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    scene.broken.add('mail');
    const { result, events, handle } = await execute(scene.pipeline(), { store });
    expect(scene.log.slice(-2)).toEqual(['undo charge', 'undo reserve']);
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      reserve: 'cancelled',
      charge: 'cancelled',
      note: 'succeeded',
      ship: 'succeeded',
      mail: 'failed',
    });
    expect(stageIn(result, 'charge').reason).toBe('it was undone');
    expect(result.context.toObject()).toEqual({ order: 7, note: 'note done', ship: 'ship done' });
    expect(told(events, ...UNDO_EVENTS)).toEqual([
      'run.undoing',
      'stage.undone charge',
      'stage.undone reserve',
      'run.finished',
    ]);
    expect(events.find(({ type }) => type === 'run.undoing')).toMatchObject({
      because: 'failed',
      stages: 2,
    });
    verifyEvents(scene.pipeline().graph, events);
    const records = store.loadStages(handle.id).filter(({ status }) => status === 'cancelled');
    expect(records.map(({ stage, writes }) => [stage, writes])).toEqual([
      ['charge', []],
      ['reserve', []],
    ]);
  });

  it('gives undo what the run had: its attempt, inputs, outputs and idempotency key', async () => {
    const scene = undoScene();
    scene.broken.add('mail');
    const keys: string[] = [];
    scene.runs = (id, { idempotencyKey }) => id === 'charge' && keys.push(idempotencyKey);
    scene.undoes = (id, { idempotencyKey, inputs, outputs, attempt, stageId }) => {
      if (id === 'charge') keys.push(idempotencyKey);
      expect(stageId).toBe(id);
      expect(attempt).toBe(1);
      expect(outputs).toEqual({ [id]: `${id} done` });
      expect(inputs).toEqual(id === 'charge' ? { reserve: 'reserve done' } : { order: 7 });
    };
    const { result } = await execute(scene.pipeline());
    expect(result.stages.filter(({ undoFailure }) => undoFailure !== undefined)).toEqual([]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('does nothing of it unless it is asked to, or where the run is only degraded', async () => {
    const scene = undoScene();
    scene.broken.add('mail');
    await execute(scene.pipeline({}, { onFailure: 'keep' }));
    await execute(scene.pipeline(), { onFailure: 'keep' });
    await execute(scene.pipeline({ mail: { critical: false } }));
    expect(scene.log.filter((entry) => entry.startsWith('undo'))).toEqual([]);
    await execute(scene.pipeline({}, { onFailure: 'keep' }), { onFailure: 'undo' });
    expect(scene.log.slice(-2)).toEqual(['undo charge', 'undo reserve']);
  });

  it('is done again whole by a resume, under another idempotency key', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    scene.broken.add('mail');
    const keys: string[] = [];
    scene.undoes = (id, scope) => id === 'charge' && keys.push(scope.idempotencyKey);
    const first = await execute(scene.pipeline(), { store });
    scene.log.length = 0;
    const second = await execute(scene.pipeline(), { store, resume: first.handle.id });
    expect(scene.log).toEqual([
      'run reserve',
      'run charge',
      'run mail',
      'undo charge',
      'undo reserve',
    ]);
    expect(explanations(second.handle.plan).slice(0, 2)).toEqual([
      'it was undone',
      'it was undone',
    ]);
    expect(new Set(keys).size).toBe(2);
    scene.broken.clear();
    const { result } = await execute(scene.pipeline(), { store, resume: first.handle.id });
    expect(result.status).toBe('succeeded');
    expect(stageIn(result, 'charge').attempt).toBe(3);
    verifyEvents(scene.pipeline().graph, store.loadEvents(first.handle.id, 0, 1000));
  });

  it('leaves what cannot be undone as it was, tries it as its retry says, and goes on', async () => {
    const scene = undoScene();
    const clock = new VirtualClock();
    scene.broken.add('mail');
    scene.undoes = (id) => {
      if (id === 'charge') throw new Error('the bank is closed');
    };
    const retry = { attempts: 3, delay: '1s' };
    const { handle, events } = await begin(scene.pipeline({ charge: { retry } }), { clock });
    await turns(20);
    await clock.advance(10_000);
    await clock.advance(10_000);
    await turns(20);
    const result = await handle.result;
    expect(scene.log.filter((entry) => entry.startsWith('undo'))).toEqual([
      'undo charge',
      'undo charge',
      'undo charge',
      'undo reserve',
    ]);
    expect(stageIn(result, 'charge')).toMatchObject({
      status: 'succeeded',
      undoFailure: {
        reason: 'threw',
        phase: 'undo',
        message: 'stage "charge" failed in undo: the bank is closed',
      },
    });
    expect(result.context.get('charge')).toBe('charge done');
    expect(told(events, ...UNDO_EVENTS)).toEqual([
      'run.undoing',
      'stage.undo-failed charge',
      'stage.undone reserve',
      'run.finished',
    ]);
  });

  it('aborts an undo that takes too long, and goes on with the others', async () => {
    const scene = undoScene();
    const clock = new VirtualClock();
    scene.broken.add('mail');
    scene.undoes = (id) => (id === 'charge' ? new Promise(() => undefined) : undefined);
    const limits = { timeout: '1m', grace: '1s' };
    const { handle } = await begin(scene.pipeline({ charge: limits }), { clock });
    await turns(20);
    await clock.advance(60_000);
    expect(scene.seen.get('charge')?.signal.aborted).toBe(true);
    await clock.advance(1000);
    const result = await handle.result;
    expect(stageIn(result, 'charge').undoFailure?.message).toBe(
      'stage "charge" did not end its undo within 1m 0s',
    );
    expect(stageIn(result, 'reserve').status).toBe('cancelled');
  });

  it('also takes back what a cancelled run did; a second cancel ends the undo', async () => {
    const scene = undoScene();
    const open = gate();
    const store = new MemoryStore();
    scene.runs = (id) => (id === 'mail' ? open.opened : undefined);
    scene.undoes = (id, { signal }) =>
      id === 'charge' &&
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const { handle, events } = await begin(scene.pipeline(), { store });
    await turns(20);
    handle.cancel('kill');
    open.open();
    await turns(20);
    expect(scene.log.at(-1)).toBe('undo charge');
    handle.cancel('kill');
    const result = await handle.result;
    expect(result.status).toBe('cancelled');
    expect(stageIn(result, 'charge').undoFailure?.reason).toBe('cancelled');
    expect(scene.log).not.toContain('undo reserve');
    verifyEvents(scene.pipeline().graph, events);
  });

  it('gives each undo an instance of its own, with setup before it and teardown after', async () => {
    const calls: string[] = [];
    const instances = new Set<object>();
    const note =
      (what: string) =>
      (_scope: unknown, instance: object): void => {
        calls.push(what);
        instances.add(instance);
      };
    const pipeline = sketch(
      {
        book: {
          does: {
            setup: note('setup'),
            run: (scope, instance) => {
              note('run')(scope, instance);
              return { booked: 1 };
            },
            undo: note('undo'),
            teardown: note('teardown'),
          },
        },
        fail: {
          needs: ['book'],
          does: () => {
            throw new Error('no');
          },
        },
      },
      { onFailure: 'undo' },
    );
    await execute(pipeline);
    expect(calls).toEqual(['setup', 'run', 'teardown', 'setup', 'undo', 'teardown']);
    expect(instances.size).toBe(2);
  });

  it('is the same on stores that answer later, whatever the durability', async () => {
    for (const durability of ['strict', 'pipelined', 'none'] as const) {
      for (const groupsCommits of [false, true]) {
        const scene = undoScene();
        scene.broken.add('mail');
        const store = new RecordingStore({ answers: 'later', groupsCommits });
        const { result, events } = await execute(scene.pipeline(), { store, durability });
        expect(scene.log.slice(-2)).toEqual(['undo charge', 'undo reserve']);
        expect(statuses(result).reserve).toBe('cancelled');
        verifyEvents(scene.pipeline().graph, events);
      }
    }
  });

  it('reports a store that breaks amid the undo, and does not go on', async () => {
    const counted = undoScene();
    counted.broken.add('mail');
    const sound = new RecordingStore();
    await execute(counted.pipeline(), { store: sound });
    const place = sound.committed.findIndex(({ events }) =>
      events.some(({ type }) => type === 'stage.undone'),
    );
    const scene = undoScene();
    scene.broken.add('mail');
    const { handle } = await begin(scene.pipeline(), {
      store: new RecordingStore({ failsAt: place + 1 }),
    });
    await expect(handle.result).rejects.toThrow();
    expect(scene.log).not.toContain('undo reserve');
  });
});
