import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type GeneratedNode, generateChain, generateFan } from '../graph/index.ts';
import { definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../runner/testing-local/stage-of.ts';
import { gate, turns } from './testing-local/gate.ts';
import { begin, execute } from './testing-local/run-pipeline.ts';

const SIZE = 100_000;
/** Each takes about two seconds alone on a machine; the rest is room for others on it. */
const PATIENCE_MS = 60_000;

function pipelineOf(nodes: readonly GeneratedNode[], run: () => unknown): ModelPipeline {
  const stage = stageOf(run);
  const stages = nodes.map(({ id, needs }) => ({ id, needs: [...needs], stage }));
  return definePipeline({ name: 'large', failureMode: 'continue', stages });
}

/** Deep enough to overflow the stack of anything that recurses. */
const SMALLER_SIZE = 20_000;

const shapes = [
  ['a chain', generateChain],
  ['a fan', generateFan],
] as const;

describe.each(shapes)('%s of 100,000 stages', (_name, generate) => {
  const nodes = generate(SIZE);

  it(
    'that are synchronous runs without overflow of the stack',
    async () => {
      let ran = 0;
      const { result } = await execute(pipelineOf(nodes, () => void ran++));
      expect([result.status, ran]).toEqual(['succeeded', nodes.length]);
    },
    PATIENCE_MS,
  );

  it(
    'that are asynchronous runs without overflow of the stack',
    async () => {
      let ran = 0;
      const { result } = await execute(
        pipelineOf(nodes, async () => {
          await null;
          ran++;
        }),
      );
      expect([result.status, ran]).toEqual(['succeeded', nodes.length]);
    },
    PATIENCE_MS,
  );
});

describe.each(shapes)('%s of 20,000 stages', (_name, generate) => {
  const nodes = generate(SMALLER_SIZE);

  it(
    'of which the first fails skips all others without overflow of the stack',
    async () => {
      const { result } = await execute(
        pipelineOf(nodes, () => {
          throw new RangeError('no');
        }),
      );
      const skipped = result.stages.filter(({ status }) => status === 'skipped').length;
      expect([result.status, skipped]).toEqual(['failed', nodes.length - 1]);
    },
    PATIENCE_MS,
  );

  it(
    'that is cancelled in its first stage closes all others without overflow of the stack',
    async () => {
      const open = gate();
      const { handle } = await begin(pipelineOf(nodes, () => open.opened));
      await turns(2);
      handle.cancel('drain');
      open.open();
      const result = await handle.result;
      const cancelled = result.stages.filter(({ status }) => status === 'cancelled').length;
      expect([result.status, cancelled]).toEqual(['cancelled', nodes.length - 1]);
    },
    PATIENCE_MS,
  );
});

describe('a long run of synchronous stages', () => {
  it(
    'lets timers and signals be heard in between',
    async () => {
      const { handle } = await begin(
        // Long enough that the whole run takes several turns.
        pipelineOf(generateChain(SMALLER_SIZE), () => void hash('sha256', 'x'.repeat(5000))),
      );
      let beats = 0;
      const beat = setInterval(() => beats++, 1);
      const result = await handle.result;
      clearInterval(beat);
      expect(result.status).toBe('succeeded');
      expect(beats).toBeGreaterThan(2);
    },
    PATIENCE_MS,
  );
});
