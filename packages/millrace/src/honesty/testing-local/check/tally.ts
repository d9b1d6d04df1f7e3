import type { Decision } from '@millrace/core';
import type { EditResult } from './edit-chain.ts';

/** Counts of edits, of what was planned for stages after them, and of what then came. */
class Tally {
  edits = 0;
  /** Edits whose outcome was compared with that of a fresh run. */
  compared = 0;
  /** Stages that were undecided and ran. */
  settledRuns = 0;
  /** Stages that were undecided and were skipped by a condition. */
  settledSkips = 0;
  readonly verdicts: Record<Decision, number> = { run: 0, reuse: 0, undecided: 0, skip: 0 };
  /** Stages of which the plan said what then came. */
  held = 0;

  add({ report, held }: EditResult): void {
    const { planned, resumed, fresh } = report;
    this.edits++;
    this.held += held;
    for (const { decision } of planned) this.verdicts[decision]++;
    if (typeof resumed === 'string') return;
    this.compared += fresh === undefined ? 0 : 1;
    const undecided = planned.filter(({ decision }) => decision === 'undecided');
    this.settledRuns += undecided.filter(({ stage }) => stage in resumed.started).length;
    this.settledSkips += undecided.filter(({ stage }) => stage in resumed.skipped).length;
  }

  get stages(): number {
    return Object.values(this.verdicts).reduce((sum, count) => sum + count, 0);
  }
}

export function tallyOf(results: Iterable<EditResult>): Tally {
  const tally = new Tally();
  for (const result of results) tally.add(result);
  return tally;
}

const COLUMNS = ['edits', 'run', 'undecided', 'of which ran', 'reuse', 'skip', 'compared'];

/** One line for each kind of edit. */
export function tallyTable(results: readonly EditResult[]): string {
  const byKind = Map.groupBy(results, ({ kind }) => kind);
  const lines = Array.from(byKind, ([kind, ofKind]) => {
    const { edits, verdicts, settledRuns, compared } = tallyOf(ofKind);
    const { run, undecided, reuse, skip } = verdicts;
    return [kind, ...[edits, run, undecided, settledRuns, reuse, skip, compared].map(String)];
  });
  const first = Math.max(...byKind.keys().map((kind) => kind.length));
  return [['', ...COLUMNS], ...lines]
    .map(([kind = '', ...cells]) => {
      const numbers = cells.map((cell, at) => cell.padStart((COLUMNS[at]?.length ?? 0) + 2));
      return kind.padEnd(first) + numbers.join('');
    })
    .join('\n');
}
