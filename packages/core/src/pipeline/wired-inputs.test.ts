import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type CodedStage, definePipeline, type ModelPipeline } from './index.ts';
import { orderingDependencies } from './ordering-dependencies.ts';
import { PlainStage, stageOf } from './testing-local/stages.ts';
import { toleratesSkip } from './tolerates-skip.ts';
import { wiredInputs } from './wired-inputs.ts';

/** `one` and `two` write their names, `silent` nothing; `reader` needs all three. */
function readBy(reader: CodedStage, two: unknown = stageOf({ out: ['two'] })): ModelPipeline {
  return definePipeline({
    name: 'x',
    context: { start: 0 },
    stages: {
      one: { stage: stageOf({ out: ['one'] }) },
      two: { stage: two },
      silent: { stage: stageOf() },
      reader: { needs: ['one', 'two', 'silent'], ...reader },
    },
  });
}

const maybeAll = z.object({ all: z.any().optional() });

const ids = (pipeline: ModelPipeline, indices: Iterable<number>): string[] =>
  Array.from(indices, (index) => pipeline.graph.ids[index] ?? '');

function ordering(pipeline: ModelPipeline): string[] {
  return ids(pipeline, orderingDependencies(pipeline, pipeline.stage('reader').index)).sort();
}

describe('orderingDependencies', () => {
  it('are those of which a stage reads nothing', () => {
    expect(ordering(readBy({ stage: stageOf({ in: ['one'] }) }))).toEqual(['silent', 'two']);
    expect(ordering(readBy({ stage: stageOf({ in: ['one?', 'start'] }) }))).toEqual([
      'silent',
      'two',
    ]);
    expect(ordering(readBy({ stage: stageOf({ updates: ['two'] }) }))).toEqual(['one', 'silent']);
  });

  it('are fewer by each key that is gathered', () => {
    const stage = stageOf({}, { inputs: z.object({ all: z.any() }) });
    expect(ordering(readBy({ stage, reads: { all: ['one', 'start', 'two'] } }))).toEqual([
      'silent',
    ]);
  });

  it('are all where the stage may read anything', () => {
    const everything = ['one', 'silent', 'two'];
    expect(ordering(readBy({ stage: PlainStage }))).toEqual(everything);
    // Nobody knows what the undeclared stage writes, perhaps the key that is read.
    expect(ordering(readBy({ stage: stageOf({ in: ['one'] }) }, PlainStage))).toEqual(everything);
  });
});

describe('toleratesSkip', () => {
  const tolerates = (pipeline: ModelPipeline): boolean =>
    toleratesSkip(pipeline, pipeline.stage('reader').index, pipeline.stage('one').index);

  it.each<[string, CodedStage, boolean]>([
    ['reads an optional key of it', { stage: stageOf({ in: ['one?'] }) }, true],
    ['reads a key of it', { stage: stageOf({ in: ['one'] }) }, false],
    [
      'reads it twice, once for certain',
      { stage: stageOf({ in: ['one?', 'b'] }), reads: { b: 'one' } },
      false,
    ],
    ['reads nothing of it', { stage: stageOf({ in: ['two?'] }) }, false],
    [
      'updates its key',
      { stage: stageOf({ in: ['one?'], updates: ['k'] }), reads: { k: 'one' } },
      false,
    ],
    [
      'gathers its key',
      { stage: stageOf({}, { inputs: maybeAll }), reads: { all: ['one'] } },
      false,
    ],
    ['declares nothing', { stage: PlainStage }, false],
  ])('of a stage that %s', (_what, reader, expected) => {
    expect(tolerates(readBy(reader))).toBe(expected);
  });
});

describe('wiredInputs', () => {
  it('are the inputs, then the updates, those of a list by their places', () => {
    const inputs = z.object({ all: z.any(), one: z.number() });
    const stage = stageOf({ updates: ['k'] }, { inputs });
    const pipeline = readBy({ stage, reads: { all: ['two', 'start'], k: 'two' } });
    const wired = wiredInputs(pipeline, pipeline.stage('reader').index);
    expect(Array.from(wired, ([name, { key }]) => `${name}=${key}`)).toEqual([
      'all[0]=two',
      'all[1]=start',
      'one=one',
      'k=two',
    ]);
  });
});
