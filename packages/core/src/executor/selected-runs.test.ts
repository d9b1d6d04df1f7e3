import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import { verifyEvents } from '../run/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { readContext } from './read-context.ts';
import type { RunSelection } from './run-options.ts';
import { joinedDiamond as diamond, WHOLE } from './testing-local/joined-diamond.ts';
import { resumeRun } from './testing-local/resume-edited.ts';
import { execute, statuses } from './testing-local/run-pipeline.ts';

describe('a new run', () => {
  it.each<[string, RunSelection, string[]]>([
    ['selects by name', { select: ['a c'] }, ['a', 'c']],
    ['selects with all that is needed', { select: ['+b'] }, ['a', 'b']],
    ['selects by tag', { select: ['tag:source', 'tag:side'] }, ['a', 'c']],
    ['stops at a stage', { until: ['b'] }, ['a', 'b']],
    ['starts from a source', { from: ['a'] }, ['a', 'b', 'c', 'd']],
    ['leaves a stage out, and what needs it', { exclude: ['b'] }, ['a', 'c']],
    ['combines them', { from: ['a'], until: ['d'], exclude: ['b d'] }, ['a', 'c']],
    ['takes an empty selection for none', { select: [], force: false }, ['a', 'b', 'c', 'd']],
  ])('%s', async (_what, selection, expected) => {
    const store = new MemoryStore();
    const pipeline = diamond();
    const { result, handle } = await execute(pipeline, { store, selection });
    const byStage = statuses(result);
    expect(Object.keys(byStage).filter((id) => byStage[id] === 'succeeded')).toEqual(expected);
    expect(new Set(Object.values(byStage))).toEqual(
      new Set(expected.length === 4 ? ['succeeded'] : ['succeeded', 'skipped']),
    );
    expect(result.status).toBe('succeeded');
    // A plain resume does the rest, and only that.
    const { ran } = await resumeRun(pipeline, { store, resume: handle.id });
    expect(ran.toSorted()).toEqual(['a', 'b', 'c', 'd'].filter((id) => !expected.includes(id)));
    expect((await readContext(store, handle.id)).toObject()).toEqual(WHOLE);
    verifyEvents(pipeline.graph, store.loadEvents(handle.id, 0, 100));
  });

  it.each<[string, RunSelection, string]>([
    ['selects', { select: ['b'] }, 'stage "b" is selected and needs "a", which is not'],
    ['selects further down', { select: ['b d c'] }, 'stage "b" is selected and needs "a"'],
    ['starts', { from: ['b'] }, 'stage "b" is selected and needs "a", which is not'],
  ])('that %s from the middle is refused before it begins', async (_what, selection, message) => {
    const store = new MemoryStore();
    const refused = {
      code: 'SELECTION_INCOMPLETE',
      message: expect.stringContaining(message),
      help: expect.stringContaining('--select "+b"'),
    };
    await expect(execute(diamond(), { store, selection })).rejects.toMatchObject(refused);
    const executor = new PipelineExecutor({ store });
    await expect(executor.planStart(diamond(), { selection })).rejects.toMatchObject(refused);
    expect(store.listRuns({})).toEqual([]);
  });

  it.each<[RunSelection, string]>([
    [{ select: ['nobody'] }, 'SELECTION_UNKNOWN'],
    [{ select: ['a,'] }, 'SELECTION_SYNTAX'],
    [{ select: ['a'], exclude: ['a'] }, 'SELECTION_EMPTY'],
  ])('with the selection %j is refused with %s', async (selection, code) => {
    await expect(execute(diamond(), { selection })).rejects.toMatchObject({ code });
  });
});
