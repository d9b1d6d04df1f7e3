import { rmSync } from 'node:fs';
import type { CellOutcome, CellRequest, MeasuredCell } from '../cell/cell-result.ts';
import { plainSource } from './plain-sources.ts';
import { NODE_OPTIONS, runProgram } from './run-program.ts';
import { workFolder } from './work-folder.ts';

export interface RunCellOptions {
  readonly request: Omit<CellRequest, 'folder'>;
  readonly limitMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Measures a cell in a process of its own, and leaves nothing of it on disk, however it ends. */
export async function runCell({ request, limitMs, env }: RunCellOptions): Promise<CellOutcome> {
  const folder = workFolder('cell');
  try {
    const args = [
      ...NODE_OPTIONS,
      plainSource('cell/cell.ts'),
      JSON.stringify({ ...request, folder }),
    ];
    const end = await runProgram({ file: process.execPath, args, limitMs, env });
    switch (end.kind) {
      case 'ended': {
        const cell = JSON.parse(end.stdout) as MeasuredCell;
        return { kind: 'measured', cell, wallMs: end.wallMs };
      }
      case 'over':
        return { kind: 'over', limit: end.limit };
      case 'failed':
        return { kind: 'failed', reason: end.reason };
      default:
        return end satisfies never;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
