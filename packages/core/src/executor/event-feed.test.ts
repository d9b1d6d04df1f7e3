import { describe, expect, it } from '@jest/globals';
import type { LogFields, Logger } from '../base/logger.ts';
import type { RunEvent } from '../events/index.ts';
import { EventFeed } from './event-feed.ts';
import { turns } from './testing-local/gate.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

function recordingLogger(): { readonly logger: Logger; readonly errors: LogFields[] } {
  const errors: LogFields[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (_message, fields) => void errors.push(fields ?? {}),
    child: () => logger,
  };
  return { logger, errors };
}

const event = (seq: number): RunEvent =>
  ({ type: 'run.started', seq, at: 0, runId: 'r', pipeline: 'p', stages: 0 }) as never;

describe('an event feed', () => {
  it('tells every listener, also when one of them throws, and complains once', () => {
    const { logger, errors } = recordingLogger();
    const feed = new EventFeed(logger);
    const heard: number[] = [];
    feed.subscribe(() => {
      throw new RangeError('listener');
    });
    feed.subscribe(({ seq }) => void heard.push(seq));
    feed.announce(event(1));
    feed.announce(event(2));
    expect(heard).toEqual([1, 2]);
    expect(errors).toEqual([{ error: new RangeError('listener'), event: 'run.started' }]);
  });

  it('logs the rejection of an asynchronous listener', async () => {
    const { logger, errors } = recordingLogger();
    const feed = new EventFeed(logger);
    feed.subscribe(async () => {
      throw new RangeError('listener');
    });
    feed.announce(event(1));
    await turns(1);
    expect(errors).toHaveLength(1);
  });

  it('keeps events for an iterator from the call on, however late and slowly it is read', async () => {
    const feed = new EventFeed(recordingLogger().logger);
    feed.announce(event(1));
    const events = feed.iterate();
    feed.announce(event(2));
    feed.announce(event(3));
    const read: number[] = [];
    for await (const { seq } of events) {
      read.push(seq);
      await turns(1);
      if (seq === 2) feed.announce(event(4));
      if (seq === 4) feed.end();
    }
    expect(read).toEqual([2, 3, 4]);
  });

  it('wakes a reader that waits, and ends it', async () => {
    const feed = new EventFeed(recordingLogger().logger);
    const events = feed.iterate();
    const next = events.next();
    feed.announce(event(1));
    expect(await next).toMatchObject({ value: { seq: 1 } });
    const last = events.next();
    feed.end();
    expect(await last).toEqual({ value: undefined, done: true });
  });

  it('is over for a reader that comes after the end', async () => {
    const feed = new EventFeed(recordingLogger().logger);
    feed.end();
    expect(await feed.iterate().next()).toEqual({ value: undefined, done: true });
  });
});

describe('the events of a run', () => {
  it('end with the run, the last one told', async () => {
    const { handle, events } = await begin(sketch({ a: () => ({}), b: async () => ({}) }));
    const read: RunEvent[] = [];
    for await (const one of handle.events()) {
      read.push(one);
      await turns(1);
    }
    expect(read).toEqual(events);
    expect(read.at(-1)?.type).toBe('run.finished');
  });

  it('end with a run that could not be recorded too', async () => {
    const { RecordingStore } = await import('./testing-local/recording-store.ts');
    const { handle } = await begin(sketch({ a: () => ({}) }), {
      store: new RecordingStore({ failsAt: 1 }),
    });
    const read: RunEvent[] = [];
    for await (const one of handle.events()) read.push(one);
    expect(read).toEqual([]);
  });

  it('do not depend on what a listener does', async () => {
    const { logger, errors } = recordingLogger();
    const { result } = await execute(sketch({ a: () => ({ a: 1 }) }), {
      logger,
      onEvent: () => {
        throw new RangeError('listener');
      },
    });
    expect(result.status).toBe('succeeded');
    expect(errors).toHaveLength(1);
  });

  it('may be answered by a cancel', async () => {
    let cancel: (() => void) | undefined;
    const { handle } = await begin(
      sketch({ a: () => ({}), b: { needs: ['a'], does: () => ({}) } }),
      { onEvent: ({ type }) => void (type === 'stage.succeeded' && cancel?.()) },
    );
    cancel = () => handle.cancel('drain');
    expect((await handle.result).status).toMatch(/cancelled|succeeded/);
  });
});
