import { formatTable } from './format-table.ts';
import type { Results } from './results.ts';
import { TARGETS } from './targets.ts';

export interface JudgedTarget {
  readonly of: string;
  readonly title: string;
  readonly measured: string;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

export function judgeTargets(results: Results): readonly JudgedTarget[] {
  return TARGETS.map((target) => ({
    of: target.of,
    title: target.title,
    ...target.judge(results),
  }));
}

/** A row for each target that was measured, and a count of the others. */
export function targetLines(judged: readonly JudgedTarget[]): string[] {
  const known = judged.filter(({ verdict }) => verdict !== 'not measured');
  const rows = known.map(({ of, title, measured, verdict }) => [of, title, measured, verdict]);
  const count = (verdict: JudgedTarget['verdict']): number =>
    judged.filter((one) => one.verdict === verdict).length;
  const table = rows.length === 0 ? [] : formatTable(['', 'target', 'measured', ''], rows, 'left');
  return [
    'targets: the ratio of the medians, and in brackets the least and greatest of a single round',
    ...table.map((text) => `  ${text}`),
    `  ${count('met')} met, ${count('missed')} missed, ${count('not measured')} not measured`,
  ];
}
