import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

const bar = z.object({ symbol: z.string(), close: z.number() });

interface Tree {
  value: unknown;
  children: Tree[];
}

function treeOf(value: z.ZodType): z.ZodType<Tree> {
  const tree: z.ZodType<Tree> = z.lazy(() => z.object({ value, children: z.array(tree) }));
  return tree;
}

function chainOf(depth: number, last: z.ZodType): z.ZodType {
  return depth === 0 ? last : chainOf(depth - 1, z.array(last));
}

describe('recursive schemas', () => {
  const endless = (): z.ZodType => z.lazy(() => z.object({ next: endless() }));
  const selfish: z.ZodType = z.lazy(() => z.union([z.string(), selfish]));
  const both: z.ZodType = z.lazy(() => z.intersection(both, bar));
  const loop: z.ZodType = z.lazy(() => loop);
  it.each<Row>([
    ['a tree fits a tree', treeOf(z.string()), treeOf(z.string()), 'fits'],
    ['a tree fits a tree of more', treeOf(z.string()), treeOf(z.string().nullable()), 'fits'],
    [
      'a tree of another type is told where it begins',
      treeOf(z.string()),
      treeOf(z.int()),
      'value is text, not a whole number',
    ],
    [
      'a tree that differs further down is told',
      treeOf(z.string()),
      z.object({ value: z.string(), children: z.array(treeOf(z.int())) }),
      'children[0].value is text, not a whole number',
    ],
    ['JSON fits JSON', z.json(), z.json(), 'fits'],
    ['a tree may be JSON', treeOf(z.string()), z.json(), 'fits'],
    [
      'a tree with a Date is not JSON',
      z.object({ at: z.date() }),
      z.json(),
      'at is a Date, not text or a number or a list or an object or ...',
    ],
    ['a schema that never ends is not told', endless(), endless(), 'fits'],
    ['a schema that is only itself is not told', loop, z.string(), 'fits'],
    ['a union that is its own member', selfish, z.number(), 'may be text, not a number'],
    ['an intersection that is its own member', both, both, 'fits'],
    [
      'fifty levels down',
      chainOf(50, z.string()),
      chainOf(50, z.int()),
      `${'[0]'.repeat(50)} is text, not a whole number`,
    ],
    ['what lies too deep is not told', chainOf(200, z.string()), chainOf(200, z.int()), 'fits'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
