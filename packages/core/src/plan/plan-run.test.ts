import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type CodedPipeline, definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../pipeline/testing-local/stages.ts';
import type { BasisEntry, StageBasis } from './basis.ts';
import { fingerprintOf } from './fingerprint.ts';
import { explanationOf, type Plan } from './plan.ts';
import { planRun } from './plan-run.ts';
import { type PlannedSelection, Planner, type PriorOutcome } from './planner.ts';

const params = z.object({ n: z.number().default(0) });

/** Writes its own key, and reads those of the stages that it needs. */
function reader(out: string, needs: readonly string[] = []): ReturnType<typeof stageOf> {
  return stageOf({ in: needs, out: [out] }, { params });
}

const CLASSES = {
  a: reader('a'),
  b: reader('b', ['a']),
  c: reader('c', ['a']),
  d: reader('d', ['b', 'c']),
  e: reader('e'),
};

/** a feeds b and c, both feed d; e stands alone. */
function diamond(changes: Readonly<Record<string, object>> = {}): ModelPipeline {
  const stages: CodedPipeline['stages'] = {
    a: { stage: CLASSES.a, ...changes.a },
    b: { stage: CLASSES.b, needs: ['a'], ...changes.b },
    c: { stage: CLASSES.c, needs: ['a'], ...changes.c },
    d: { stage: CLASSES.d, needs: ['b', 'c'], ...changes.d },
    e: { stage: CLASSES.e, ...changes.e },
  };
  return definePipeline({ name: 'x', stages });
}

/** All stages as they ended in an earlier session of the diamond, but for what is given. */
function earlier(
  changes: Readonly<Record<string, Partial<PriorOutcome> | undefined>> = {},
): Map<string, PriorOutcome> {
  const pipeline = diamond();
  const prior = new Map<string, PriorOutcome>();
  for (const { id, index, definition, params: bound } of pipeline.stages) {
    if (id in changes && changes[id] === undefined) continue;
    const inputs = definition.needs.map((name): BasisEntry => ['input', name, `hash of ${name}`]);
    const basis: StageBasis = { code: '', params: bound.hash, inputs };
    const fingerprint = fingerprintOf(pipeline, index);
    prior.set(id, { status: 'succeeded', attempt: 1, fingerprint, basis, ...changes[id] });
  }
  return prior;
}

interface Given {
  readonly pipeline?: ModelPipeline;
  readonly prior: ReadonlyMap<string, PriorOutcome>;
  /** Inputs whose value is another one than was recorded. */
  readonly changed?: readonly string[];
  readonly selection?: PlannedSelection;
}

/** The plan of a resume; recorded params are those of an unchanged diamond. */
function planResume({ pipeline = diamond(), prior, changed = [], selection }: Given): Plan {
  const planner = new Planner({
    pipeline,
    prior,
    selection,
    current: {
      keep() {},
      entries: (_, recorded) =>
        recorded.map(([kind, name, hash]) => [kind, name, changed.includes(name) ? 'new' : hash]),
    },
    recorded: () => ({ n: 0 }),
    filesOf: () => [],
    removed: [],
    contextChanges: new Map(),
  });
  for (const index of pipeline.graph.order) planner.settle(index, planner.decide(index));
  return planner.finish();
}

function verdicts(plan: Plan): Record<string, string> {
  const { pipeline, decisions } = plan;
  return Object.fromEntries(
    pipeline.stages.map(({ id, index }) => [
      id,
      `${decisions[index]}: ${explanationOf(plan, index)}`,
    ]),
  );
}

const KEPT = 'reuse: it succeeded in attempt 1';

describe('planRun', () => {
  it('runs everything the first time', () => {
    const plan = planRun({ pipeline: diamond() });
    expect(new Set(Object.values(verdicts(plan)))).toEqual(new Set(['run: it has not run yet']));
    expect(plan.counts).toEqual({ run: 5, reuse: 0, skip: 0, undecided: 0 });
  });

  it('keeps everything that succeeded and did not change', () => {
    const plan = planResume({ prior: earlier({ c: { attempt: 3 } }) });
    expect(verdicts(plan)).toEqual({
      a: KEPT,
      b: KEPT,
      c: 'reuse: it succeeded in attempt 3',
      d: KEPT,
      e: KEPT,
    });
    expect(plan.counts).toEqual({ run: 0, reuse: 5, skip: 0, undecided: 0 });
  });

  it.each([
    ['failed', 'it failed'],
    ['skipped', 'it was skipped'],
    ['cancelled', 'it was cancelled'],
  ] as const)('runs a stage that %s and what stands on it, and nothing else', (status, why) => {
    const plan = planResume({ prior: earlier({ b: { status } }) });
    expect(verdicts(plan)).toEqual({
      a: KEPT,
      b: `run: ${why}`,
      c: KEPT,
      d: 'undecided: runs if input b changes: "b" runs',
      e: KEPT,
    });
    expect(plan.counts).toEqual({ run: 1, reuse: 3, skip: 0, undecided: 1 });
  });

  it('runs a stage without a record, and says which dependency makes another run again', () => {
    const plan = planResume({ prior: earlier({ a: undefined }) });
    expect(verdicts(plan)).toEqual({
      a: 'run: it has not run yet',
      b: 'undecided: runs if input a changes: "a" runs',
      c: 'undecided: runs if input a changes: "a" runs',
      d: 'undecided: runs if input b changes: "b" may run; runs if input c changes: "c" may run',
      e: KEPT,
    });
  });

  it('names what changed: params, wiring or code', () => {
    const pipeline = diamond({
      b: { with: { n: 1 } },
      e: { with: { n: 2 }, fallback: { e: 1 } },
    });
    expect(verdicts(planResume({ pipeline, prior: earlier() }))).toMatchObject({
      a: KEPT,
      b: 'run: with.n 0 -> 1',
      d: 'undecided: runs if input b changes: "b" runs',
      e: 'run: with.n 0 -> 2; the keys that it writes, or its fallback, changed',
    });
    const newer = stageOf({ in: ['a'], out: ['c'] }, { params, version: '2' });
    const other = diamond({ c: { stage: newer } });
    expect(verdicts(planResume({ pipeline: other, prior: earlier() }))).toMatchObject({
      c: 'run: its code changed',
      d: 'undecided: runs if input c changes: "c" runs',
    });
  });

  it('takes a damaged checkpoint for none, before anything else is said of it', () => {
    const prior = earlier({ a: { damage: 'checksum', fingerprint: 'old' } });
    expect(verdicts(planResume({ prior }))).toMatchObject({
      a: 'run: its checkpoint is damaged: checksum',
      b: 'undecided: runs if input a changes: "a" runs',
      e: KEPT,
    });
  });

  it('pays no heed to outcomes of stages that the pipeline no longer has', () => {
    const prior = earlier();
    prior.set('gone', { status: 'failed', attempt: 1, fingerprint: '' });
    expect(planResume({ prior }).counts).toEqual({ run: 0, reuse: 5, skip: 0, undecided: 0 });
  });

  it('gives the same plan for the same request', () => {
    const pipeline = diamond();
    const prior = earlier({ b: undefined });
    expect(planResume({ pipeline, prior })).toEqual(planResume({ pipeline, prior }));
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

  it('decides nothing for good above which something is about to be made anew', () => {
    const pipeline = diamond();
    const { graph } = pipeline;
    for (let mask = 0; mask < 2 ** 5; mask++) {
      const gone = graph.ids.filter((_, index) => (mask >> index) & 1);
      const prior = earlier(Object.fromEntries(gone.map((id) => [id, undefined])));
      const { decisions } = planResume({ pipeline, prior });
      for (const stage of pipeline.stages) {
        const above = stage.definition.needs.map((id) => decisions[pipeline.stage(id).index]);
        const settled = above.every((decision) => decision === 'reuse') ? 'reuse' : 'undecided';
        expect(decisions[stage.index]).toBe(gone.includes(stage.id) ? 'run' : settled);
      }
    }
  });

  it('runs a stage whose recorded input has another value though its writer is kept', () => {
    expect(verdicts(planResume({ prior: earlier(), changed: ['c'] }))).toMatchObject({
      c: KEPT,
      d: 'run: input c changed',
    });
  });

  it('says that the writer ran again where it ended after the reader', () => {
    const prior = earlier({ c: { finishedAt: 9 }, d: { finishedAt: 5 } });
    expect(verdicts(planResume({ prior, changed: ['c'] })).d).toBe(
      'run: input c changed because "c" ran again',
    );
  });

  it('runs a stage below one that runs when nobody knows what it read', () => {
    const prior = earlier({ a: { status: 'failed' } });
    const { basis: _unknown, ...b } = prior.get('b') as PriorOutcome;
    prior.set('b', b);
    expect(verdicts(planResume({ prior })).b).toBe(
      'run: "a" runs, and what this one read of it is not on record',
    );
  });

  it('keeps a stage of which only an unread param changed, and not one where a param came or went', () => {
    const loose = z.object({ n: z.number().default(0), m: z.number().optional() });
    const read = (more: object, seen: string[]): string | undefined => {
      const stage = stageOf({ out: ['e'] }, { params: loose });
      const pipeline = diamond({ e: { stage, ...more } });
      const bound = diamond({ e: { stage } }).stage('e');
      const prior = earlier();
      const basis = { code: '', params: bound.params.hash, read: seen, inputs: [] };
      const fingerprint = fingerprintOf(diamond({ e: { stage } }), bound.index);
      prior.set('e', { status: 'succeeded', attempt: 1, fingerprint, basis });
      return verdicts(planResume({ pipeline, prior })).e;
    };
    expect(read({ with: { n: 7 } }, [])).toBe(KEPT);
    expect(read({ with: { n: 7 } }, ['n'])).toBe('run: with.n 0 -> 7');
    expect(read({ with: { m: 7 } }, ['n'])).toBe('run: with.m not set -> 7');
  });

  it('leaves alone what is not selected: kept as it was, or skipped with what needs it', () => {
    const pipeline = diamond({ b: { with: { n: 1 } } });
    const none = new Uint8Array(5);
    const mask = Uint8Array.from(pipeline.stages, ({ id }) => (id === 'd' || id === 'c' ? 1 : 0));
    const prior = earlier({ a: undefined });
    expect(verdicts(planResume({ pipeline, prior, selection: { mask, forced: none } }))).toEqual({
      a: 'skip: not selected',
      b: 'reuse: not selected: kept as it was',
      c: 'skip: it needs "a", which is left out',
      d: 'skip: it needs "c", which is left out',
      e: 'reuse: not selected: kept as it was',
    });
  });

  it('runs again what is asked for, and lets what stands on it depend on the outcome', () => {
    const pipeline = diamond();
    const all = new Uint8Array(5).fill(1);
    const forced = Uint8Array.from(pipeline.stages, ({ id }) => (id === 'b' ? 1 : 0));
    expect(verdicts(planResume({ prior: earlier(), selection: { mask: all, forced } }))).toEqual({
      a: KEPT,
      b: 'run: asked for',
      c: KEPT,
      d: 'undecided: runs if input b changes: "b" runs',
      e: KEPT,
    });
  });

  it('skips where a constant condition does not hold, and what cannot do without it', () => {
    const optional = stageOf({ in: ['b?', 'c'], out: ['d'] }, { params });
    const plan = planRun({
      pipeline: diamond({ b: { when: false }, d: { stage: optional } }),
    });
    expect(verdicts(plan)).toMatchObject({
      b: 'skip: when is false',
      d: 'run: it has not run yet',
    });
    const strict = planRun({ pipeline: diamond({ b: { when: false } }) });
    expect(verdicts(strict).d).toBe('skip: it needs "b", which is skipped');
  });

  it('leaves open what a condition decides that cannot be asked yet, and what cannot do without it', () => {
    const when = (): boolean => true;
    const optional = stageOf({ in: ['b?', 'c'], out: ['d'] }, { params });
    const plan = planRun({ pipeline: diamond({ a: { when }, d: { stage: optional } }) });
    expect(verdicts(plan)).toEqual({
      a: 'undecided: runs if its condition holds',
      b: 'undecided: runs unless "a" is skipped',
      c: 'undecided: runs unless "a" is skipped',
      d: 'undecided: runs unless "c" is skipped',
      e: 'run: it has not run yet',
    });
    const tolerant = planRun({ pipeline: diamond({ b: { when }, d: { stage: optional } }) });
    expect(verdicts(tolerant)).toMatchObject({
      b: 'undecided: runs if its condition holds: "a" runs',
      d: 'run: it has not run yet',
    });
  });
});
