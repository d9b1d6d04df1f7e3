import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { StageCode } from '../definition/index.ts';
import { execute, sketch } from '../executor/testing-local/run-pipeline.ts';
import { withFacts } from '../executor/testing-local/with-facts.ts';
import type { BoundStage, ModelPipeline } from '../pipeline/index.ts';
import { describeReasons } from '../plan/index.ts';
import type { CapsuleHead } from './capsule.ts';
import { capsuleChanges } from './capsule-changes.ts';
import { makeCapsule } from './make-capsule.ts';
import { capsuleOf } from './testing-local/capsule-of.ts';

type Files = Readonly<Record<string, string>>;

function codeOf(files: Files, version = '1.0.0'): StageCode {
  return {
    hash: JSON.stringify([files, version]),
    files: Object.entries(files).map(([file, hash]) => ({ file, hash })),
    packages: [{ name: 'lib', version }],
  };
}

/** `one` and `two` are classes of the same module. */
function pipelineWith(code: StageCode, fails = false): ModelPipeline {
  const does = (): object => {
    if (fails) throw new Error('no');
    return {};
  };
  const pipeline = sketch({ one: { does: () => ({}) }, two: { needs: ['one'], does } });
  return withFacts(pipeline, { one: { code }, two: { code } });
}

async function changes(
  before: ModelPipeline,
  now: ModelPipeline,
  stage = 'two',
): Promise<readonly string[]> {
  const capsule = await capsuleOf(before, { stage });
  const bound = now.stages[now.graph.indexById.get(stage) ?? -1] as BoundStage;
  return (await capsuleChanges(capsule, bound)).map((reason) => describeReasons([reason]));
}

describe('what changed since a capsule was made', () => {
  const before = codeOf({ 'stages/a.ts': 'A', 'lib/b.ts': 'B' });

  it.each([false, true])(
    'is nothing where the code is the same, failed or not: %s',
    async (fails) => {
      expect(await changes(pipelineWith(before, fails), pipelineWith(before))).toEqual([]);
    },
  );

  it('is told file by file, and package by package', async () => {
    const now = codeOf({ 'stages/a.ts': 'A2', 'lib/c.ts': 'C' }, '1.1.0');
    expect(await changes(pipelineWith(before), pipelineWith(now))).toEqual([
      'code: lib/b.ts is gone',
      'code: lib/c.ts is new',
      'code: stages/a.ts changed',
      'code: lib 1.0.0 -> 1.1.0',
    ]);
  });

  it('is nothing where the project lies elsewhere, or is looked at from another folder', async () => {
    const moved = codeOf({ 'app/stages/a.ts': 'A', 'app/lib/b.ts': 'B' });
    expect(await changes(pipelineWith(before), pipelineWith(moved))).toEqual([]);
    const edited = codeOf({ 'app/stages/a.ts': 'A2', 'app/lib/b.ts': 'B' });
    expect(await changes(pipelineWith(before), pipelineWith(edited))).toEqual([
      'code: app/stages/a.ts changed',
    ]);
  });

  it('cannot be told where the code changed before the capsule was made, which it says', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(pipelineWith(before, true), { store });
    const headBy = async (code: StageCode): Promise<CapsuleHead> => {
      const request = { runId: handle.id, stage: 'two', pipeline: pipelineWith(code) };
      return (await makeCapsule(store, request)).head;
    };
    expect(await headBy(before)).toMatchObject({ code: { isOfAttempt: true }, notes: [] });
    expect(await headBy(codeOf({ 'stages/a.ts': 'A2' }))).toMatchObject({
      code: { isOfAttempt: false, files: { 'stages/a.ts': 'A2' } },
      notes: ['code of the stage changed after the attempt; the capsule has what is there by now'],
    });
  });
});
