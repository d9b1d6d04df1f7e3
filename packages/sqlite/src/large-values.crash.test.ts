import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  definePipeline,
  type ModelPipeline,
  PipelineExecutor,
  PipelineStage,
  z,
} from '@millrace/core';
import { openSqliteStore } from './open-sqlite-store.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';

// Each value is hashed, written, synced, read and hashed again.

const HUNDRED_MB = 100_000_000;

/** One stage writes the value; the next tells what `look` finds in it, and fails in the first session. */
function pipelineOf(make: () => unknown, look: (value: unknown) => unknown): ModelPipeline {
  let isFirst = true;
  class Make extends PipelineStage.of({ outputs: z.object({ large: z.unknown() }) }) {
    async run() {
      if (!isFirst) throw new TypeError('it is made once');
      return { large: make() };
    }
  }
  class Look extends PipelineStage.of({
    inputs: z.object({ large: z.unknown() }),
    outputs: z.object({ seen: z.unknown() }),
  }) {
    async run({ inputs }: { readonly inputs: { readonly large: unknown } }) {
      const seen = look(inputs.large);
      if (!isFirst) return { seen };
      isFirst = false;
      throw new TypeError('in the next session');
    }
  }
  return definePipeline({
    name: 'large',
    stages: { make: { stage: Make }, look: { stage: Look, needs: ['make'] } },
  });
}

/** What is seen of the value by a resume, which has it from the store. */
async function seenByResume(folder: string, pipeline: ModelPipeline): Promise<unknown> {
  const path = join(folder, 'millrace.db');
  const first = openSqliteStore(path);
  const failed = await new PipelineExecutor({ store: first }).start(pipeline);
  expect((await failed.result).status).toBe('failed');
  first.close();
  const second = openSqliteStore(path);
  const resumed = await new PipelineExecutor({ store: second }).resume(failed.id, pipeline);
  const { status, context, stages } = await resumed.result;
  expect([status, stages.map((stage) => stage.status)]).toEqual([
    'succeeded',
    ['reused', 'succeeded'],
  ]);
  second.close();
  expect(readdirSync(`${path}.artifacts/tmp`)).toEqual([]);
  return context.toObject().seen;
}

describe('a large value is the output of a stage and the input of the next, also after a resume:', () => {
  it.each<[string, () => unknown, (value: unknown) => unknown, unknown]>([
    [
      '100 MB of bytes',
      () => new Uint8Array(HUNDRED_MB).fill(7),
      (value) => (value instanceof Uint8Array ? [value.length, value.at(0), value.at(-1)] : value),
      [HUNDRED_MB, 7, 7],
    ],
    [
      'a text of 100 MB',
      () => 'x'.repeat(HUNDRED_MB),
      (value) => (typeof value === 'string' ? [value.length, value.at(-1)] : value),
      [HUNDRED_MB, 'x'],
    ],
    [
      'a list of a million numbers',
      () => Array.from({ length: 1_000_000 }, (_, at) => at / 2),
      (value) => (Array.isArray(value) ? [value.length, value.at(-1)] : value),
      [1_000_000, 499_999.5],
    ],
    [
      'a Map of a hundred thousand entries',
      () => new Map(Array.from({ length: 100_000 }, (_, at) => [`key ${at}`, BigInt(at)])),
      (value) => (value instanceof Map ? [value.size, value.get('key 99999')] : value),
      [100_000, 99_999n],
    ],
  ])('%s', async (_name, make, look, seen) => {
    await inTemporaryFolder(async (folder) => {
      expect(await seenByResume(folder, pipelineOf(make, look))).toEqual(seen);
    });
  });

  it('a value that is too long for any text fails at the stage that made it, with its path', async () => {
    const half = 'x'.repeat(300_000_000);
    await inTemporaryFolder(async (folder) => {
      const store = openSqliteStore(join(folder, 'millrace.db'));
      const pipeline = pipelineOf(
        () => ({ halves: [half, half] }),
        () => undefined,
      );
      const run = await new PipelineExecutor({ store }).start(pipeline);
      const { stages } = await run.result;
      expect(stages[0]).toMatchObject({
        status: 'failed',
        failure: { reason: expect.any(String) },
      });
      expect(stages[0]?.failure?.message).toContain('large');
      store.close();
    });
  });
});
