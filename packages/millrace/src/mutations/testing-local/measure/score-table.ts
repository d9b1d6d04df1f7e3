import { type Score, scoreOf, share } from './score.ts';
import type { Trial } from './trial.ts';

const COLUMNS: readonly (readonly [title: string, value: (score: Score) => string])[] = [
  ['mutations', ({ mutations }) => String(mutations)],
  ['harmless', ({ harmless }) => String(harmless)],
  ['legal', ({ legal }) => String(legal)],
  ['harmful', ({ harmful }) => String(harmful)],
  ['caught', ({ caught, harmful }) => percent(caught, harmful)],
  ['same line', ({ ownLine, caught }) => percent(ownLine, caught)],
  ['right line', ({ rightLine, caught }) => percent(rightLine, caught)],
  ['suggested', ({ suggested, slips }) => (slips === 0 ? '' : percent(suggested, slips))],
  ['false alarms', ({ falseAlarms }) => (falseAlarms === 0 ? '' : String(falseAlarms))],
];

/** One line for each kind of mutation, and one for all. */
export function scoreTable(trials: readonly Trial[]): string {
  const kinds = [...new Set(trials.map(({ mutationKind }) => mutationKind))];
  const rows = kinds.map(
    (kind) => [kind, scoreOf(trials.filter(({ mutationKind }) => mutationKind === kind))] as const,
  );
  const cells = [
    ['kind of mutation', ...COLUMNS.map(([title]) => title)],
    ...[...rows, ['all', scoreOf(trials)] as const].map(([name, score]) => [
      name,
      ...COLUMNS.map(([, value]) => value(score)),
    ]),
  ];
  const widths = cells[0]?.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths?.[at] ?? 0) : cell.padStart(widths?.[at] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${part} ${share(part, whole).toFixed(1)} %`;
}
