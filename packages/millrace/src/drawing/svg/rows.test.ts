import { expect, test } from '@jest/globals';
import {
  compileGraph,
  type GraphNode,
  generateChain,
  generateLayered,
  generateRandomDag,
} from '@millrace/core';
import { rowsOf } from './rows.ts';

function rowsById(nodes: readonly GraphNode[]): Record<string, number> {
  const { graph } = compileGraph(nodes);
  const rows = rowsOf(graph);
  return Object.fromEntries(graph.ids.map((id, node) => [id, rows[node] ?? -1]));
}

test('a stage stands right below what it needs', () => {
  const rows = rowsById([
    { id: 'load', needs: [] },
    { id: 'score', needs: ['load'] },
    { id: 'check', needs: ['load'] },
    { id: 'report', needs: ['score', 'check', 'load'] },
  ]);
  expect(rows).toEqual({ load: 0, score: 1, check: 1, report: 2 });
});

test('a late input stands right above the first stage that needs it, with all that leads to it alone', () => {
  const rows = rowsById([
    ...generateChain(6),
    { id: 'rates', needs: [] },
    { id: 'curve', needs: ['rates'] },
    { id: 'report', needs: ['n5', 'curve'] },
    { id: 'alone', needs: [] },
  ]);
  expect(rows).toMatchObject({ n5: 5, report: 6, curve: 5, rates: 4, alone: 0 });
});

test('a side way stands beside the start of the main one', () => {
  const rows = rowsById([
    ...generateChain(6),
    { id: 'side', needs: ['n0'] },
    { id: 'last', needs: ['n5', 'side'] },
  ]);
  expect(rows).toMatchObject({ side: 1, last: 6 });
});

test('every stage of any graph stands below all that it needs, and rows begin at 0', () => {
  const graphs = Array.from({ length: 30 }, (_, seed) => [
    generateRandomDag({ nodes: 40, density: 0.02 + seed / 100, seed }),
    generateLayered({ layers: 6, width: 5, seed }),
  ]).flat();
  for (const nodes of graphs) {
    const rows = rowsById(nodes);
    const wrong = nodes.flatMap(({ id, needs }) =>
      needs.filter((need) => (rows[need] ?? 0) >= (rows[id] ?? 0)),
    );
    expect(wrong).toEqual([]);
    expect(Math.min(...Object.values(rows))).toBe(0);
  }
});
