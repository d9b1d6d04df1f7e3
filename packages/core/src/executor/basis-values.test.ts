import { expect, it } from '@jest/globals';
import type { BoundStage } from '../pipeline/index.ts';
import { BasisValues } from './basis-values.ts';

const code = { hash: 'beef', files: [{ file: 'stages.ts', hash: 'f00d' }], packages: [] };

function stageOf(uses: string, version: string): BoundStage {
  const stage = { definition: { uses, code }, blueprint: { version }, params: {} };
  return stage as unknown as BoundStage;
}

it('describes each class of a module by itself, and equal ones once', () => {
  const values = new BasisValues();
  const [one, two, newer] = [
    values.of(stageOf('./stages.ts#One', '1')),
    values.of(stageOf('./stages.ts#Two', '1')),
    values.of(stageOf('./stages.ts#One', '2')),
  ];
  expect(new Set([one.code, two.code, newer.code]).size).toBe(3);
  expect([one, two, newer].map((told) => told.values.length)).toEqual([1, 1, 1]);
  expect(values.of(stageOf('./stages.ts#One', '1'))).toEqual({ ...one, values: [] });
});
