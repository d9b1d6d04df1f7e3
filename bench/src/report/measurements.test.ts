import { describe, expect, it } from '@jest/globals';
import type { MeasuredCell } from '../cell/cell-result.ts';
import { Measurements, usAStage } from './measurements.ts';

const RIGHT: MeasuredCell = {
  cold: { buildMs: 10, runMs: 20 },
  warm: { buildMs: 1, runMs: 2 },
  repeats: 5,
  peakMb: 100,
  bytes: undefined,
  digest: 7,
  expectedDigest: 7,
  executed: 1_000,
  expectedExecuted: 1_000,
};

function measured(...cells: readonly MeasuredCell[]): Measurements {
  const all = new Measurements();
  for (const [round, cell] of cells.entries()) {
    const outcome = { kind: 'measured', cell, wallMs: 50 } as const;
    all.add({ workload: 'W3', adapter: 'kahn', round, outcome });
  }
  return all;
}

describe('measurements', () => {
  it('give one number for each round in which the cell was measured', () => {
    const cells = measured(RIGHT, RIGHT);
    cells.add({
      workload: 'W3',
      adapter: 'kahn',
      round: 2,
      outcome: { kind: 'over', limit: '120 s' },
    });
    expect(cells.figures('W3', 'kahn', usAStage)).toEqual([3, 3]);
    expect(cells.figures('W3', 'millrace', usAStage)).toEqual([]);
  });

  it('are wrong where the values are others, or where other stages were executed', () => {
    expect(measured(RIGHT).wrong).toEqual([]);
    const wrong = measured(RIGHT, { ...RIGHT, digest: 8 }, { ...RIGHT, executed: 999 }).wrong;
    expect(wrong.map(({ round }) => round)).toEqual([1, 2]);
  });
});
