import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import type { RunRecord } from '../checkpoint/index.ts';
import { LeaseWatch } from './lease-watch.ts';

const FAR = { host: 'far-away', pid: 1, processStart: '', leaseMs: 3000 };

function run(fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id: asRunId('watched'),
    pipeline: 'watched',
    source: {},
    status: 'running',
    context: [],
    createdAt: 0,
    fence: 1,
    owner: FAR,
    beat: 5,
    lastSeq: 0,
    sessionStartSeq: 0,
    ...fields,
  };
}

describe('LeaseWatch', () => {
  it('takes an owner for silent once its beat stood still for its lease, and not before', () => {
    const watch = new LeaseWatch();
    const sights = [0, 1000, 1000, 1000].map((waitedMs) => watch.look(run(), waitedMs));
    expect(sights).toEqual(['first', 'still', 'still', 'silent']);
  });

  it('begins anew with every beat, and with every owner', () => {
    const watch = new LeaseWatch();
    watch.look(run(), 0);
    expect(watch.look(run(), 2999)).toBe('still');
    expect(watch.look(run({ beat: 6 }), 2999)).toBe('moved');
    expect(watch.look(run({ beat: 6 }), 2999)).toBe('still');
    expect(watch.look(run({ beat: 6, fence: 2 }), 2999)).toBe('first');
    expect(watch.look(run({ beat: 6, fence: 2 }), 2999)).toBe('still');
    expect(watch.look(run({ beat: 6, fence: 2 }), 1)).toBe('silent');
  });

  it('never takes an owner for silent that promised no beat', () => {
    const { leaseMs: _none, ...promisesNothing } = FAR;
    const watch = new LeaseWatch();
    watch.look(run({ owner: promisesNothing }), 0);
    expect(watch.look(run({ owner: promisesNothing }), 1e9)).toBe('still');
  });
});
