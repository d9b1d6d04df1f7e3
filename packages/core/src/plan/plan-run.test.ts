import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type CodedPipeline, definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../pipeline/testing-local/stages.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Plan } from './plan.ts';
import { type PriorOutcome, planRun } from './plan-run.ts';

const params = z.object({ n: z.number().default(0) });
const Stage = stageOf({}, { params });

/** a feeds b and c, both feed d; e stands alone. */
function diamond(changes: Readonly<Record<string, object>> = {}): ModelPipeline {
  const stages: CodedPipeline['stages'] = {
    a: { stage: Stage, ...changes.a },
    b: { stage: Stage, needs: ['a'], ...changes.b },
    c: { stage: Stage, needs: ['a'], ...changes.c },
    d: { stage: Stage, needs: ['b', 'c'], ...changes.d },
    e: { stage: Stage, ...changes.e },
  };
  return definePipeline({ name: 'x', stages });
}

/** All stages as they ended in an earlier session of the diamond, but for what is given. */
function earlier(
  changes: Readonly<Record<string, Partial<PriorOutcome> | undefined>> = {},
): Map<string, PriorOutcome> {
  const pipeline = diamond();
  const prior = new Map<string, PriorOutcome>();
  for (const { id, index } of pipeline.stages) {
    if (id in changes && changes[id] === undefined) continue;
    const fingerprint = fingerprintOf(pipeline, index);
    prior.set(id, { status: 'succeeded', attempt: 1, fingerprint, ...changes[id] });
  }
  return prior;
}

function verdicts({ pipeline, decisions, explanations }: Plan): Record<string, string> {
  return Object.fromEntries(
    pipeline.stages.map(({ id, index }) => [id, `${decisions[index]}: ${explanations[index]}`]),
  );
}

const KEPT = 'reuse: it succeeded in attempt 1';

describe('planRun', () => {
  it('runs everything the first time', () => {
    const plan = planRun({ pipeline: diamond() });
    expect(new Set(Object.values(verdicts(plan)))).toEqual(new Set(['run: it has not run yet']));
    expect(plan.counts).toEqual({ run: 5, reuse: 0, skip: 0 });
  });

  it('keeps everything that succeeded and did not change', () => {
    const plan = planRun({ pipeline: diamond(), prior: earlier({ c: { attempt: 3 } }) });
    expect(verdicts(plan)).toEqual({
      a: KEPT,
      b: KEPT,
      c: 'reuse: it succeeded in attempt 3',
      d: KEPT,
      e: KEPT,
    });
    expect(plan.counts).toEqual({ run: 0, reuse: 5, skip: 0 });
  });

  it.each([
    ['failed', 'it failed'],
    ['skipped', 'it was skipped'],
    ['cancelled', 'it was cancelled'],
  ] as const)('runs a stage that %s and what stands on it, and nothing else', (status, why) => {
    const plan = planRun({ pipeline: diamond(), prior: earlier({ b: { status } }) });
    expect(verdicts(plan)).toEqual({
      a: KEPT,
      b: `run: ${why}`,
      c: KEPT,
      d: 'run: "b" runs again',
      e: KEPT,
    });
    expect(plan.counts).toEqual({ run: 2, reuse: 3, skip: 0 });
  });

  it('runs a stage without a record, and says which dependency makes another run again', () => {
    const plan = planRun({ pipeline: diamond(), prior: earlier({ a: undefined }) });
    expect(verdicts(plan)).toEqual({
      a: 'run: it has not run yet',
      b: 'run: "a" runs again',
      c: 'run: "a" runs again',
      d: 'run: "b" runs again',
      e: KEPT,
    });
  });

  it('names what changed: params, wiring or code', () => {
    const pipeline = diamond({
      b: { with: { n: 1 } },
      e: { with: { n: 2 }, fallback: {} },
    });
    expect(verdicts(planRun({ pipeline, prior: earlier() }))).toMatchObject({
      a: KEPT,
      b: 'run: its params changed',
      d: 'run: "b" runs again',
      e: 'run: its params and wiring changed',
    });
    const other = diamond({ c: { stage: stageOf({}, { params, version: '2' }) } });
    expect(verdicts(planRun({ pipeline: other, prior: earlier() }))).toMatchObject({
      c: 'run: its code changed',
      d: 'run: "c" runs again',
    });
  });

  it('takes a damaged checkpoint for none, before anything else is said of it', () => {
    const prior = earlier({ a: { damage: 'checksum', fingerprint: 'old' } });
    expect(verdicts(planRun({ pipeline: diamond(), prior }))).toMatchObject({
      a: 'run: its checkpoint is damaged: checksum',
      b: 'run: "a" runs again',
      e: KEPT,
    });
  });

  it('pays no heed to outcomes of stages that the pipeline no longer has', () => {
    const prior = earlier();
    prior.set('gone', { status: 'failed', attempt: 1, fingerprint: '' });
    expect(planRun({ pipeline: diamond(), prior }).counts).toEqual({ run: 0, reuse: 5, skip: 0 });
  });

  it('gives the same plan for the same request', () => {
    const pipeline = diamond();
    const request = { pipeline, prior: earlier({ b: undefined }), durations: new Map([['a', 5]]) };
    expect(planRun(request)).toEqual(planRun(request));
  });

  it('puts the longest remaining path first: by depth, or by durations where they are known', () => {
    const pipeline = diamond();
    const byDepth = Array.from(planRun({ pipeline }).priority);
    expect(byDepth).toEqual([3, 2, 2, 1, 1]);
    const durations = new Map([
      ['a', 10],
      ['c', 500],
      ['d', 20],
      ['e', 600],
    ]);
    // b has no history, and counts a little, so that depth is not lost.
    const byTime = Array.from(planRun({ pipeline, durations }).priority);
    expect(byTime).toEqual([530, 21, 520, 20, 600]);
  });

  it('never keeps a stage above which something runs, whatever was recorded', () => {
    const pipeline = diamond();
    const { graph } = pipeline;
    for (let mask = 0; mask < 2 ** 5; mask++) {
      const gone = graph.ids.filter((_, index) => (mask >> index) & 1);
      const prior = earlier(Object.fromEntries(gone.map((id) => [id, undefined])));
      const { decisions } = planRun({ pipeline, prior });
      for (const stage of pipeline.stages) {
        const above = stage.definition.needs.map((id) => decisions[pipeline.stage(id).index]);
        const isKept = !gone.includes(stage.id) && above.every((decision) => decision === 'reuse');
        // With nothing recorded at all everything is new.
        expect(decisions[stage.index]).toBe(isKept && prior.size > 0 ? 'reuse' : 'run');
      }
    }
  });
});
