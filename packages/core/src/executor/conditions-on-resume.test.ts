import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { type Inputs, keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { type Resumed, resumeEdited, resumeRun } from './testing-local/resume-edited.ts';
import { execute, type SketchedStage, sketch, statuses } from './testing-local/run-pipeline.ts';

interface Edit {
  readonly x?: unknown;
  readonly version?: string;
  readonly mode?: string;
  readonly when?: SketchedStage['when'];
}

/** `top` writes x; `s` has a condition and writes y; `strict` and `tolerant` read y. */
function scene({ x = 1, version = '1', mode = 'full', when }: Edit): ModelPipeline {
  return sketch({
    top: { with: { x }, does: keyed([], ['x'], (_, own) => ({ x: own.x }), { version }) },
    s: {
      needs: ['top'],
      with: { mode },
      ...(when === undefined ? {} : { when }),
      does: keyed(['x'], ['y'], ({ x: got }) => ({ y: got })),
    },
    strict: { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) },
    tolerant: { needs: ['s'], does: keyed(['y?'], ['u'], ({ y }) => ({ u: y ?? 'none' })) },
  });
}

const above = (limit: number): SketchedStage['when'] => {
  return ({ inputs }) => (inputs as Inputs).x > limit;
};

const inMode: SketchedStage['when'] = ({ params }) => (params as Inputs).mode === 'full';

/** Resumes an edited run, checks that nothing is left to do then, and that its context is that of a new run. */
async function resumed(first: Edit, second: Edit): Promise<Resumed> {
  for (const answers of ['later', 'at-once'] as const) {
    const inner = new MemoryStore();
    const store = new RecordingStore({ inner, answers });
    const told = await resumeEdited(scene(first), scene(second), { store });
    const fresh = await execute(scene(second));
    if (told.ended === undefined) return told;
    const { id } = told.ended.handle;
    verifyEvents(scene(second).graph, inner.loadEvents(id, 0, 1000));
    expect(told.context).toEqual(fresh.result.context.toObject());
    expect((await resumeRun(scene(second), { store, resume: id })).ended).toBeUndefined();
    if (answers === 'at-once') return told;
  }
  throw new RangeError('never');
}

const ALL_RUN = { top: 'reused', s: 'succeeded', strict: 'succeeded', tolerant: 'succeeded' };

describe('a stage that its condition skipped', () => {
  it('is skipped by the plan of a resume in which nothing changed, so that nothing is left to do', async () => {
    const { ended } = await resumed({ when: above(5) }, { when: above(5) });
    expect(ended).toBeUndefined();
  });

  it('runs once its condition holds for what it reads, with what was skipped after it', async () => {
    const { verdicts, ran, ended } = await resumed({ when: above(5) }, { x: 9, when: above(5) });
    expect(verdicts).toMatchObject({
      top: 'run: with.x 1 -> 9',
      s: 'undecided: runs if its condition holds: "top" runs; it was skipped',
    });
    expect(ran.toSorted()).toEqual(['s', 'strict', 'tolerant', 'top']);
    expect(ended?.result.status).toBe('succeeded');
  });

  it.each<[string, Edit]>([
    ['itself was edited', { when: above(0) }],
    ['became true', { when: true }],
    ['was taken away', {}],
  ])('runs once its condition %s', async (_what, edit) => {
    const { verdicts, ended } = await resumed({ when: above(5) }, edit);
    expect(verdicts).toMatchObject({
      top: expect.stringMatching(/^reuse/),
      s: 'run: it was skipped',
    });
    expect(ended && statuses(ended.result)).toEqual(ALL_RUN);
  });

  it('runs once a param makes its condition hold', async () => {
    const { ran } = await resumed({ mode: 'quick', when: inMode }, { mode: 'full', when: inMode });
    expect(ran.toSorted()).toEqual(['s', 'strict', 'tolerant']);
  });

  it('stays skipped where it still does not hold though what it reads changed', async () => {
    const { verdicts, ran, told } = await resumed({ when: above(5) }, { x: 2, when: above(5) });
    expect(verdicts.s).toBe('undecided: runs if its condition holds: "top" runs; it was skipped');
    expect([ran, told.s]).toEqual([['top'], 'its condition does not hold']);
    expect(Object.keys(told).sort()).toEqual(['s', 'strict', 'tolerant']);
  });
});

describe('a stage that ran', () => {
  it('is kept where its condition still holds', async () => {
    const { ran, told } = await resumed({ when: above(0) }, { version: '2', when: above(0) });
    expect([ran, Object.keys(told).sort()]).toEqual([['top'], ['s', 'strict', 'tolerant']]);
    expect((await resumed({ when: above(0) }, { when: above(0) })).ended).toBeUndefined();
  });

  it.each<[string, Edit, Edit]>([
    ['for what it reads', { when: above(0) }, { x: -1, when: above(0) }],
    ['for a param that it never read', { when: inMode }, { mode: 'quick', when: inMode }],
    ['since it was edited', { when: above(0) }, { when: above(5) }],
    ['since it was added', {}, { when: above(5) }],
    ['since it is false for good', {}, { when: false }],
  ])('is left out once its condition does not hold %s', async (_why, first, second) => {
    const { ended, context } = await resumed(first, second);
    expect(ended && statuses(ended.result)).toMatchObject({
      s: 'skipped',
      strict: 'skipped',
      tolerant: 'succeeded',
    });
    expect(Object.keys(context ?? {})).toEqual(['u', 'x']);
  });

  it('runs, and fails, once nobody can tell whether its condition holds', async () => {
    const broken: SketchedStage['when'] = () => {
      throw new TypeError('no such input');
    };
    const { verdicts, ended } = await resumeEdited(scene({}), scene({ when: broken }));
    expect(verdicts).toMatchObject({
      s: 'run: its condition cannot be decided',
      strict: 'undecided: runs if input y changes: "s" runs',
    });
    expect(ended && statuses(ended.result)).toEqual({
      top: 'reused',
      s: 'failed',
      strict: 'skipped',
      tolerant: 'skipped',
    });
  });

  it('and was left out runs again once its condition holds again', async () => {
    const store = new MemoryStore();
    const { ended } = await resumeEdited(scene({}), scene({ when: false }), { store });
    const id = ended?.handle.id ?? ('' as never);
    const back = await resumeRun(scene({ when: true }), { store, resume: id });
    // What was skipped on purpose is given up, so that the run has one outcome.
    expect(back.ran.toSorted()).toEqual(['s', 'strict', 'tolerant']);
    verifyEvents(scene({}).graph, store.loadEvents(id, 0, 1000));
  });
});

describe('a selection', () => {
  it('is not to blame for what a condition skips', async () => {
    const pipeline = scene({ when: false });
    const { result } = await execute(pipeline, { selection: { select: ['+strict'] } });
    expect(statuses(result)).toEqual({
      top: 'succeeded',
      s: 'skipped',
      strict: 'skipped',
      tolerant: 'skipped',
    });
  });

  it('that leaves out what a stage could do without still leaves that stage for later', async () => {
    const store = new MemoryStore();
    const pipeline = scene({});
    const { result, handle } = await execute(pipeline, { store, selection: { exclude: ['s'] } });
    expect(statuses(result)).toEqual({
      top: 'succeeded',
      s: 'skipped',
      strict: 'skipped',
      tolerant: 'skipped',
    });
    const { ran } = await resumeRun(pipeline, { store, resume: handle.id });
    expect(ran.toSorted()).toEqual(['s', 'strict', 'tolerant']);
  });

  it('leaves out what it reaches only over a stage that is left out', async () => {
    const chain = sketch({
      out: { does: keyed([], ['x'], () => ({ x: 1 })) },
      needsIt: { needs: ['out'], does: keyed(['x'], ['y'], () => ({ y: 1 })) },
      tolerant: { needs: ['needsIt'], does: keyed(['y?'], ['z'], () => ({ z: 1 })) },
      other: () => ({ o: 1 }),
    });
    const { result } = await execute(chain, { selection: { exclude: ['out'] } });
    expect(statuses(result)).toEqual({
      out: 'skipped',
      needsIt: 'skipped',
      tolerant: 'skipped',
      other: 'succeeded',
    });
  });
});
