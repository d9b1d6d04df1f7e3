import type { Decision } from '@millrace/core';
import type { EditResult } from './edit-chain.ts';

/** Counts of edits, of what was planned for their stages, and of what then ran. */
export class Tally {
  edits = 0;
  /** Edits after which the run was resumed, because something was to do. */
  resumed = 0;
  /** Edits whose outcome was compared with that of a fresh run. */
  compared = 0;
  /** Stages that were undecided and ran. */
  settledRuns = 0;
  readonly verdicts: Record<Decision, number> = { run: 0, reuse: 0, undecided: 0, skip: 0 };
  held = 0;
  conditional = 0;

  add({ report, held, conditional }: EditResult): void {
    const { planned, resumed, fresh } = report;
    this.edits++;
    this.held += held;
    this.conditional += conditional;
    for (const { decision } of planned) this.verdicts[decision]++;
    if (typeof resumed === 'string') return;
    this.resumed++;
    this.compared += fresh === undefined ? 0 : 1;
    this.settledRuns += planned.filter(
      ({ stage, decision }) => decision === 'undecided' && stage in resumed.started,
    ).length;
  }

  get stages(): number {
    return Object.values(this.verdicts).reduce((sum, count) => sum + count, 0);
  }
}

export function tallyOf(results: readonly EditResult[]): Tally {
  const tally = new Tally();
  for (const result of results) tally.add(result);
  return tally;
}

const COLUMNS = ['edits', 'run', 'undecided', 'of them ran', 'reuse', 'skip', 'fresh'];

/** One line for each kind of edit. */
export function tallyTable(byKind: ReadonlyMap<string, Tally>): string {
  const lines = Array.from(byKind, ([kind, tally]) => {
    const { edits, verdicts, settledRuns, compared } = tally;
    const { run, undecided, reuse, skip } = verdicts;
    return [kind, ...[edits, run, undecided, settledRuns, reuse, skip, compared].map(String)];
  });
  const rows = [['kind of edit', ...COLUMNS], ...lines];
  const widths = COLUMNS.map((column) => column.length + 2);
  const first = Math.max(...rows.map(([kind = '']) => kind.length));
  return rows
    .map(([kind = '', ...cells]) =>
      [kind.padEnd(first), ...cells.map((cell, at) => cell.padStart(widths[at] ?? 0))].join(''),
    )
    .join('\n');
}
