import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { countCrossings } from './crossings.ts';
import { orderRows, type RowedGraph } from './order-rows.ts';

type Arc = readonly [upper: number, lower: number];

function rowed(rows: readonly (readonly number[])[], arcs: readonly Arc[]): RowedGraph {
  const nodes = rows.flat().toSorted((one, other) => one - other);
  return {
    rows,
    above: nodes.map((node) => arcs.filter(([, lower]) => lower === node).map(([upper]) => upper)),
    below: nodes.map((node) => arcs.filter(([upper]) => upper === node).map(([, lower]) => lower)),
  };
}

/** Of all pairs of arcs between the same rows, one by one. */
function crossingsIn(rows: readonly (readonly number[])[], arcs: readonly Arc[]): number {
  const place = new Map(rows.flatMap((row) => row.map((node, at) => [node, at] as const)));
  const rowOf = new Map(rows.flatMap((row, at) => row.map((node) => [node, at] as const)));
  const at = (node: number): number => place.get(node) ?? 0;
  return arcs.reduce((total, [upper, lower], index) => {
    const crossed = arcs
      .slice(index + 1)
      .filter(
        ([otherUpper, otherLower]) =>
          rowOf.get(otherUpper) === rowOf.get(upper) &&
          (at(upper) - at(otherUpper)) * (at(lower) - at(otherLower)) < 0,
      );
    return total + crossed.length;
  }, 0);
}

function randomRows(seed: number): { rows: number[][]; arcs: Arc[] } {
  const random = new SeededRandom(seed);
  const width = 2 + random.integer(6);
  const rows = Array.from({ length: 2 + random.integer(5) }, (_, row) =>
    Array.from({ length: width }, (_node, place) => row * width + place),
  );
  const arcs = rows.flatMap((row, at) => {
    const next = rows[at + 1] ?? [];
    return row.flatMap((node) =>
      next.filter(() => random.next() < 0.3).map((lower): Arc => [node, lower]),
    );
  });
  return { rows, arcs };
}

test('crossings are counted as if pair by pair', () => {
  for (let seed = 0; seed < 100; seed++) {
    const { rows, arcs } = randomRows(seed);
    const [upper = [], lower = []] = rows;
    const own = arcs.filter(([from]) => upper.includes(from));
    const ends = upper.map((node) =>
      own.filter(([from]) => from === node).map(([, to]) => lower.indexOf(to)),
    );
    expect(countCrossings(ends, lower.length)).toBe(crossingsIn([upper, lower], own));
  }
});

test('each row keeps its nodes, and no order has more crossings than the given one at the start of a walk', () => {
  let before = 0;
  let after = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { rows, arcs } = randomRows(seed);
    const ordered = orderRows(rowed(rows, arcs));
    const sorted = ordered.map((row) => row.toSorted((one, other) => one - other));
    expect(sorted).toEqual(rows);
    before += crossingsIn(rows, arcs);
    after += crossingsIn(ordered, arcs);
  }
  expect(after).toBeLessThan(before / 2);
});

test('what can be drawn without crossings is drawn so', () => {
  const rows = [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
  ];
  const arcs: Arc[] = [
    [0, 5],
    [1, 4],
    [2, 3],
    [3, 6],
    [4, 8],
    [5, 7],
  ];
  expect(crossingsIn(orderRows(rowed(rows, arcs)), arcs)).toBe(0);
});

test('the same graph is ordered the same, and 20,000 rows do not overflow the stack', () => {
  const { rows, arcs } = randomRows(7);
  expect(orderRows(rowed(rows, arcs))).toEqual(orderRows(rowed(rows, arcs)));
  const deep = Array.from({ length: 20_000 }, (_, row) => [row]);
  const ordered = orderRows({
    rows: deep,
    above: deep.map((_, row) => (row === 0 ? [] : [row - 1])),
    below: deep.map((_, row) => (row === 19_999 ? [] : [row + 1])),
  });
  expect(ordered).toEqual(deep);
});
