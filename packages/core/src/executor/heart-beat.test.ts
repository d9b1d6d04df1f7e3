import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../base/logger.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { LEASE_MS } from './heart-beat.ts';
import { turns } from './testing-local/gate.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, type ExecuteOptions, execute, sketch } from './testing-local/run-pipeline.ts';

/** A memory store that counts renewals, and fails them when it is told to. */
class CountedRenewals extends MemoryStore {
  renewals = 0;
  fault: Error | undefined;

  override renewLease(...args: Parameters<MemoryStore['renewLease']>): void {
    this.renewals++;
    if (this.fault !== undefined) throw this.fault;
    super.renewLease(...args);
  }
}

/** A run of one stage that ends when it is told to. */
async function hanging(options: ExecuteOptions) {
  const hold = Promise.withResolvers<object>();
  const begun = await begin(sketch({ a: () => hold.promise }), options);
  await turns();
  return { ...begun, end: () => hold.resolve({}) };
}

describe('the owner of a run', () => {
  it('promises a lease, and moves the beat well within it while it has nothing to commit', async () => {
    const clock = new VirtualClock();
    const store = new CountedRenewals();
    const { handle, end } = await hanging({ clock, store });
    expect(store.findRun(handle.id)?.owner?.leaseMs).toBe(LEASE_MS);
    let beat = store.findRun(handle.id)?.beat ?? 0;
    for (let lease = 0; lease < 5; lease++) {
      await clock.advance(LEASE_MS / 2);
      const now = store.findRun(handle.id)?.beat ?? 0;
      expect(now).toBeGreaterThan(beat);
      beat = now;
    }
    end();
    expect((await handle.result).status).toBe('succeeded');
  });

  it('renews nothing while its commits tell of it, and has one timer, in the background', async () => {
    const clock = new VirtualClock();
    const store = new CountedRenewals();
    const pipeline = sketch({
      busy: async ({ progress }) => {
        for (let second = 0; second < 120; second++) {
          await new Promise<void>((resolve) => clock.setTimer(1000, resolve));
          progress({ done: second });
        }
        return {};
      },
    });
    const { handle } = await begin(pipeline, { clock, store });
    await turns();
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(120_000);
    expect((await handle.result).status).toBe('succeeded');
    expect(store.renewals).toBe(0);
    await clock.advance(10 * LEASE_MS);
    expect(store.renewals).toBe(0);
  });

  it('that slept through a takeover learns of it at once, aborts its stages and ends with LEASE_LOST', async () => {
    const clock = new VirtualClock();
    const store = new MemoryStore();
    let aborted = 0;
    const pipeline = sketch({
      a: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted++;
            reject(signal.reason);
          });
        }),
    });
    const { handle } = await begin(pipeline, { clock, store });
    await turns();
    store.acquireRun(handle.id, { host: 'other', pid: 1, processStart: '' }, { fence: 1 });
    const taken = store.findRun(handle.id);
    await clock.advance(LEASE_MS);
    await expect(handle.result).rejects.toMatchObject({
      code: 'LEASE_LOST',
      message: `this process no longer owns run ${handle.id}: another process has taken it over (lease 1, newest 2)`,
    });
    expect(aborted).toBe(1);
    expect(store.findRun(handle.id)).toEqual(taken);
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on when a renewal fails for another reason, and says so in the log', async () => {
    const clock = new VirtualClock();
    const store = new CountedRenewals();
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const logger = { ...silentLogger, warn };
    const { handle, end } = await hanging({ clock, store, logger });
    store.fault = new MillraceError('STORE_BUSY', 'the store stayed locked');
    await clock.advance(LEASE_MS);
    expect(new Set(warnings)).toEqual(new Set(['the lease of a run could not be renewed']));
    store.fault = undefined;
    end();
    expect((await handle.result).status).toBe('succeeded');
  });

  it('takes no renewal for lost that answers when the run has ended', async () => {
    const clock = new VirtualClock();
    const answer = Promise.withResolvers<void>();
    const store = new RecordingStore();
    store.renewLease = async (lease) => {
      await answer.promise;
      store.inner.renewLease(lease);
    };
    const { handle, end } = await hanging({ clock, store });
    await clock.advance(LEASE_MS);
    end();
    expect((await handle.result).status).toBe('succeeded');
    answer.resolve();
    await turns();
    expect(store.inner.findRun(handle.id)?.status).toBe('succeeded');
  });

  it('stops its beat when a resume comes to nothing', async () => {
    const clock = new VirtualClock();
    const store = new CountedRenewals();
    let isBroken = true;
    const pipeline = sketch({
      a: () => {
        if (isBroken) throw new RangeError('no');
        return {};
      },
    });
    const { handle } = await execute(pipeline, { clock, store });
    const loadAttempts = store.loadAttempts.bind(store);
    store.loadAttempts = () => {
      throw new MillraceError('STORE_READ_FAILED', 'the disk is gone');
    };
    await expect(begin(pipeline, { clock, store, resume: handle.id })).rejects.toMatchObject({
      code: 'STORE_READ_FAILED',
    });
    await clock.advance(3 * LEASE_MS);
    expect(store.renewals).toBe(0);
    store.loadAttempts = loadAttempts;
    isBroken = false;
    const { result } = await execute(pipeline, { clock, store, resume: handle.id });
    expect(result.status).toBe('succeeded');
  });
});
