import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import type { RunRecord } from '../checkpoint/index.ts';
import type { RunStatus } from '../events/index.ts';
import type { OwnerState } from '../executor/owner-state.ts';
import { decideRetention } from './decide-retention.ts';
import type { RetentionPolicy } from './retention-policy.ts';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;
const OWNER = { host: 'mill', pid: 4711, processStart: '1' };

/** `a:failed:3`: a run of pipeline `a` that failed three days ago; its place makes its id. */
function runsOf(...texts: readonly string[]): readonly RunRecord[] {
  return texts.map((text, place) => {
    const [pipeline = '', status = '', days = '0'] = text.split(':');
    const at = NOW - Number(days) * DAY_MS;
    return {
      id: asRunId(`r${place}`),
      pipeline,
      source: {},
      context: [],
      status: status as RunStatus,
      createdAt: at,
      ...(status === 'running' ? { owner: OWNER } : { finishedAt: at }),
      fence: 1,
      beat: 0,
      lastSeq: 0,
      sessionStartSeq: 0,
    };
  });
}

/** What becomes of each run: `goes`, or why it stays. */
function reasons(
  runs: readonly RunRecord[],
  policy: RetentionPolicy,
  state: OwnerState = 'running',
  waiting: readonly string[] = [],
): readonly string[] {
  const ids = new Set(waiting.map(asRunId));
  const verdicts = decideRetention({
    runs,
    policy,
    waiting: ids,
    now: NOW,
    stateOf: () => state,
  });
  return verdicts.map(({ keep }) => keep?.kind ?? 'goes');
}

describe('decideRetention', () => {
  it('keeps so many of the newest of each pipeline', () => {
    const runs = runsOf('a:succeeded', 'a:succeeded', 'b:succeeded', 'a:succeeded', 'b:succeeded');
    expect(reasons(runs, { keep: 1 })).toEqual([
      'last-success',
      'newest',
      'last-success',
      'goes',
      'newest',
    ]);
  });

  it('keeps what ended within a time', () => {
    const runs = runsOf('a:succeeded:0', 'a:succeeded:6', 'a:succeeded:7', 'a:degraded:8');
    expect(reasons(runs, { keepMs: 7 * DAY_MS })).toEqual([
      'last-success',
      'recent',
      'goes',
      'goes',
    ]);
  });

  it('keeps what any of the rules keeps, and without a rule only what is safe', () => {
    const runs = runsOf('a:succeeded:9', 'a:succeeded:9', 'a:succeeded:1', 'a:succeeded:9');
    const policy = { keep: 1, keepMs: 7 * DAY_MS };
    expect(reasons(runs, policy)).toEqual(['last-success', 'newest', 'recent', 'goes']);
    expect(reasons(runs, {})).toEqual(['last-success', 'goes', 'goes', 'goes']);
  });

  it('keeps unfinished runs unless they are asked for', () => {
    const runs = runsOf('a:failed', 'a:cancelled', 'a:running', 'a:degraded', 'a:succeeded');
    const kept = ['unfinished', 'unfinished', 'unfinished', 'goes', 'last-success'];
    expect(reasons(runs, { keep: 0 }, 'dead')).toEqual(kept);
    const all = ['goes', 'goes', 'goes', 'goes', 'last-success'];
    expect(reasons(runs, { keep: 0, unfinished: true }, 'dead')).toEqual(all);
    const some = ['status', 'goes', 'status', 'goes', 'last-success'];
    const policy = { unfinished: true, keepStatuses: ['failed', 'interrupted'] } as const;
    expect(reasons(runs, policy, 'dead')).toEqual(some);
  });

  it('keeps a run that waits also where unfinished ones may go, unless it is asked for', () => {
    const runs = runsOf('a:running', 'a:running', 'a:succeeded');
    const fate = (policy: RetentionPolicy) => reasons(runs, policy, 'dead', ['r0']);
    expect(fate({ unfinished: true })).toEqual(['unfinished', 'goes', 'last-success']);
    expect(fate({ waiting: true })).toEqual(['goes', 'unfinished', 'last-success']);
    expect(fate({ waiting: true, keepStatuses: ['waiting'] })[0]).toBe('status');
    expect(fate({ deleteRuns: [asRunId('r0')] })[0]).toBe('goes');
  });

  it('never deletes a run that is executed, or may be on another machine', () => {
    const runs = runsOf('a:running');
    const policy = { deleteRuns: runs.map(({ id }) => id), unfinished: true };
    expect(reasons(runs, policy, 'running')).toEqual(['live']);
    expect(reasons(runs, policy, 'stopped')).toEqual(['live']);
    expect(reasons(runs, policy, 'elsewhere')).toEqual(['elsewhere']);
    expect(reasons(runs, policy, 'dead')).toEqual(['goes']);
  });

  it('keeps the last success of each pipeline, and where there is none what is degraded', () => {
    const runs = runsOf('a:degraded', 'a:succeeded', 'b:degraded', 'b:failed', 'b:degraded');
    expect(reasons(runs, { unfinished: true })).toEqual([
      'goes',
      'last-success',
      'last-success',
      'goes',
      'goes',
    ]);
  });

  it('deletes exactly what is asked for by name, but for what is to be kept', () => {
    const runs = runsOf('a:succeeded', 'a:failed', 'a:succeeded');
    const deleteRuns = [asRunId('r0'), asRunId('r1')];
    expect(reasons(runs, { deleteRuns })).toEqual(['goes', 'goes', 'not-asked-for']);
    expect(reasons(runs, { deleteRuns, keepRuns: [asRunId('r1')] })).toEqual([
      'goes',
      'named',
      'not-asked-for',
    ]);
  });

  it('keeps the run of which an unfinished fork was made, as long as the fork is kept', () => {
    const [fork, last, source] = runsOf('a:failed', 'a:succeeded', 'a:succeeded');
    const runs = [fork, last, source].flatMap((run) => run ?? []);
    const forked = runs.map((run, at) =>
      at === 0 ? { ...run, source: { forkedFrom: asRunId('r2') } } : run,
    );
    expect(reasons(forked, { keep: 0 })).toEqual(['unfinished', 'last-success', 'forked']);
    expect(reasons(forked, { keep: 0, unfinished: true })).toEqual([
      'goes',
      'last-success',
      'goes',
    ]);
  });

  it('leaves other pipelines alone, and counts only runs that may go', () => {
    const runs = runsOf('a:succeeded', 'b:succeeded', 'a:failed', 'a:succeeded', 'a:succeeded');
    expect(reasons(runs, { keep: 1, pipeline: 'a' })).toEqual([
      'last-success',
      'other-pipeline',
      'unfinished',
      'newest',
      'goes',
    ]);
  });
});
