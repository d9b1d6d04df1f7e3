import { describe, expect, it } from '@jest/globals';
import { definePipeline } from '../pipeline/index.ts';
import { stageOf } from '../pipeline/testing-local/stages.ts';
import { type Decision, type Plan, planRun } from '../plan/index.ts';
import { estimateRun } from './estimate-run.ts';

const Stage = stageOf();

/** a feeds b and c, both feed d. */
function planOf(durations: Readonly<Record<string, number>>, decisions: Decision[] = []): Plan {
  const pipeline = definePipeline({
    name: 'x',
    stages: {
      a: { stage: Stage },
      b: { stage: Stage, needs: ['a'] },
      c: { stage: Stage, needs: ['a'] },
      d: { stage: Stage, needs: ['b', 'c'] },
    },
  });
  const plan = planRun({ pipeline, durations: new Map(Object.entries(durations)) });
  const decided = plan.decisions.map((decision, index) => decisions[index] ?? decision);
  const undecided = decided.filter((decision) => decision === 'undecided').length;
  return { ...plan, decisions: decided, counts: { ...plan.counts, undecided } };
}

const TIMES = { a: 10, b: 20, c: 30, d: 5 };

describe('an estimate', () => {
  it('is the longest path where there are slots enough, and the sum where there is one', () => {
    expect(estimateRun(planOf(TIMES), 4)).toEqual({ leastMs: 45, mostMs: 45, unknown: 0 });
    expect(estimateRun(planOf(TIMES), 1)).toEqual({ leastMs: 65, mostMs: 65, unknown: 0 });
  });

  it('counts nothing for what is kept, and gives both ends where something is undecided', () => {
    const plan = planOf(TIMES, ['reuse', 'run', 'reuse', 'undecided']);
    expect(estimateRun(plan, 4)).toEqual({ leastMs: 20, mostMs: 25, unknown: 0 });
  });

  it('tells how many stages have no history, and is none where all of them have none', () => {
    expect(estimateRun(planOf({ a: 10 }), 4)).toEqual({ leastMs: 10, mostMs: 10, unknown: 3 });
    expect(estimateRun(planOf({}), 4)).toBeUndefined();
  });

  it('is zero when nothing is left to run', () => {
    const kept = planOf(TIMES, ['reuse', 'reuse', 'reuse', 'reuse']);
    expect(estimateRun(kept, 4)).toEqual({ leastMs: 0, mostMs: 0, unknown: 0 });
  });
});
