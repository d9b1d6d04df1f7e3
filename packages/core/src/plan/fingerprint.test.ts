import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import type { CodedStage } from '../pipeline/define-pipeline.ts';
import { checkPipeline, definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { PlainStage, stageOf } from '../pipeline/testing-local/stages.ts';
import { changedParts, fingerprintOf } from './fingerprint.ts';

const params = z.object({ window: z.number().default(20), names: z.array(z.string()).optional() });
const Ingest = stageOf({ out: ['bars'] });
const Score = stageOf({ in: ['bars', 'limit?'], out: ['score', 'why?'] }, { params });

function pipelineWith(
  score: Partial<CodedStage>,
  context: Record<string, unknown> = {},
): ModelPipeline {
  return definePipeline({
    name: 'x',
    context,
    stages: {
      ingest: { stage: Ingest },
      other: { stage: Ingest, needs: ['ingest'] },
      score: { stage: Score, needs: ['ingest'], ...score },
    },
  });
}

function fingerprint(score: Partial<CodedStage>, context?: Record<string, unknown>): string {
  const pipeline = pipelineWith(score, context);
  return fingerprintOf(pipeline, pipeline.stage('score').index);
}

const base = fingerprint({});

describe('a fingerprint', () => {
  it('is the same in every process', () => {
    // Written down once; another text means that every checkpoint on disk is stale.
    expect(base).toBe('7f36fe52c097c317.a3edcba6751df778.8d86da8229951992');
  });

  it('does not depend on the rest of the pipeline, or on options that change no result', () => {
    expect(fingerprint({ with: { window: 20 } })).toBe(base);
    expect(fingerprint({ timeout: '5m', critical: false, retry: { attempts: 3 } })).toBe(base);
    expect(fingerprint({}, { unrelated: 1 })).toBe(base);
    expect(fingerprint({ description: 'scores' })).toBe(base);
  });

  it.each([
    ['params', { with: { window: 21 } }, ['params']],
    ['params of a deeper kind', { with: { names: ['a'] } }, ['params']],
    ['the key of an output', { writes: { score: 'points' } }, ['wiring']],
    ['a fallback', { fallback: { score: 1 } }, ['wiring']],
  ])('changes with %s', (_, score, parts) => {
    expect(changedParts(base, fingerprint(score as Partial<CodedStage>))).toEqual(parts);
  });

  it('does not depend on where an input comes from: its value is part of the basis', () => {
    expect(fingerprint({ needs: ['other'] })).toBe(base);
    expect(fingerprint({ reads: { bars: 'prices' } }, { prices: 1, limit: 2 })).toBe(base);
  });

  it('changes with the version, the uses and the code that the loader found', () => {
    const read = (spec: object, known: object = {}, uses = 'a'): string => {
      const stage = stageOf({}, spec);
      const [definition] = definePipeline({ name: 'x', stages: { s: { stage } } }).stages.map(
        (bound) => ({ ...bound.definition, uses, ...known }),
      );
      const whole = { ...pipelineWith({}).definition, stages: definition ? [definition] : [] };
      const { pipeline } = checkPipeline(whole, new Map([[uses, stage]]));
      return pipeline === undefined ? '' : fingerprintOf(pipeline, 0);
    };
    expect(read({ version: '1' })).toBe(read({}));
    expect(changedParts(read({}), read({ version: '2' }))).toEqual(['code']);
    expect(changedParts(read({}), read({}, {}, 'b'))).toEqual(['code']);
    const code = { hash: 'abc', files: [], packages: [] };
    expect(changedParts(read({}), read({}, { code }))).toEqual(['code']);
    // A module that moved means what it meant, but another export of it does not.
    expect(read({}, { code }, './a.ts')).toBe(read({}, { code }, './b.ts'));
    expect(changedParts(read({}, { code }, './a.ts'), read({}, { code }, './a.ts#B'))).toEqual([
      'code',
    ]);
  });

  it('knows nothing of the order in which renames are written', () => {
    const one = fingerprint({ writes: { score: 'a', why: 'b' } });
    expect(fingerprint({ writes: { why: 'b', score: 'a' } })).toBe(one);
    expect(fingerprint({ writes: { score: 'b', why: 'a' } })).not.toBe(one);
  });

  it('takes any value as a fallback and tells them apart', () => {
    const of = (value: unknown): string => {
      const pipeline = definePipeline({
        name: 'x',
        stages: { a: { stage: PlainStage, fallback: { value } } },
      });
      return fingerprintOf(pipeline, 0);
    };
    const values = [1, 1n, '1', new Date(1), new Map([[1, 1]]), Number.NaN, null, undefined, -0, 0];
    expect(new Set(values.map(of)).size).toBe(values.length);
    expect(of(new Map([[1, 1]]))).toBe(of(new Map([[1, 1]])));
  });

  it('counts the params and the version of a stage that stands in', () => {
    const of = (spec: object, given: object): string =>
      fingerprint({
        fallback: { stage: stageOf({ out: ['score'] }, { params, ...spec }), with: given },
      });
    expect(of({}, {})).toBe(of({}, { window: 20 }));
    expect(changedParts(of({}, {}), of({}, { window: 3 }))).toEqual(['wiring']);
    expect(changedParts(of({}, {}), of({ version: '2' }, {}))).toEqual(['wiring']);
  });

  it('is empty for a stage that there is not', () => {
    expect(fingerprintOf(pipelineWith({}), 99)).toBe('');
  });

  it('names every part of one that was written otherwise', () => {
    expect(changedParts(base, base)).toEqual([]);
    expect(changedParts('', base)).toEqual(['code', 'params', 'wiring']);
  });
});
