import { describe, expect, it } from '@jest/globals';
import type { CompactGraph } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { verifyGraph } from './verify-graph.ts';

const { graph } = compileGraph([
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: ['a', 'b'] },
]);

describe('verifyGraph', () => {
  it('accepts what compileGraph makes', () => {
    expect(() => verifyGraph(graph)).not.toThrow();
  });

  it.each<[string, Partial<CompactGraph>]>([
    ['an id too many', { ids: ['a', 'b', 'c', 'd'] }],
    ['ids that the index does not find', { ids: ['a', 'c', 'b'] }],
    ['an index that is too small', { indexById: new Map([['a', 0]]) }],
    ['missing offsets', { dependencyOffsets: Int32Array.of(0, 0, 3) }],
    ['offsets that go back', { dependencyOffsets: Int32Array.of(0, 2, 1, 3) }],
    ['offsets that end early', { dependantOffsets: Int32Array.of(0, 2, 2, 2) }],
    ['a target that is no node', { dependencies: Int32Array.of(0, 0, 3) }],
    [
      'an order that breaks a dependency',
      { order: Int32Array.of(1, 0, 2), rank: Int32Array.of(1, 0, 2) },
    ],
    ['ranks that contradict the order', { rank: Int32Array.of(0, 2, 1) }],
    ['a missing rank', { rank: Int32Array.of(0, 1) }],
    ['dependants that differ from dependencies', { dependants: Int32Array.of(2, 1, 2) }],
  ])('refuses %s', (_, fault) => {
    expect(() => verifyGraph({ ...graph, ...fault })).toThrow(
      expect.objectContaining({ code: 'INVARIANT_BROKEN' }),
    );
  });
});
