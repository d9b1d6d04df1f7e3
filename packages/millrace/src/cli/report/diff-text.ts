import {
  describeReasons,
  formatDuration,
  type KeyDifferences,
  type KeyWriter,
  type RunDifferences,
  type RunRecord,
  type StageDifferences,
  type StageRecord,
} from '@millrace/core';
import { shownRunStatus } from '../runs/shown-status.ts';
import { printable } from '../terminal/printable.ts';
import { markOf, paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { changeLines } from './change-text.ts';
import { factLines } from './fact-lines.ts';
import { countOf, localTime } from './words.ts';

const MOST_STAGES = 40;
const MOST_KEYS = 20;
const MOST_CHANGES = 8;
const MOST_CHANGES_OF_ONE = 100;

/** How two runs differ: their stages and why, then the keys of their contexts. */
export function diffLines(differences: RunDifferences, paint: Paint): string[] {
  const { before, after, stages, keys, isEqual } = differences;
  const shown = keys.slice(0, MOST_KEYS);
  const more = keys.length - shown.length;
  return [
    ...headLines(before, after, paint),
    ...stageLines(stages, paint),
    ...shown.flatMap((key) => ['', ...keyLines(key, { paint, most: MOST_CHANGES })]),
    ...(more > 0 ? ['', paint('dim', `and ${countOf(more, 'key')} more; --json lists all`)] : []),
    '',
    isEqual ? 'no difference' : totalOf(differences),
  ];
}

/** One key of two runs, with more places than among others. */
export function keyDiffLines(
  key: KeyDifferences,
  { before, after }: Pick<RunDifferences, 'before' | 'after'>,
  paint: Paint,
): string[] {
  return [
    ...headLines(before, after, paint),
    '',
    ...(key.isEqual
      ? [`${printable(key.key)}: no difference`]
      : keyLines(key, { paint, most: MOST_CHANGES_OF_ONE })),
  ];
}

function headLines(before: RunRecord, after: RunRecord, paint: Paint): string[] {
  const facts = [
    ['before', runText(before, paint)],
    ['after', runText(after, paint)],
  ] as const;
  return factLines(facts, paint);
}

function runText(run: RunRecord, paint: Paint): string {
  const status = shownRunStatus(run);
  const duration = run.durationMs === undefined ? '' : ` in ${formatDuration(run.durationMs)}`;
  return `${run.id}  ${run.pipeline}, ${localTime(run.createdAt)}  ${markOf(status, paint)} ${paintStatus(status, paint)}${duration}`;
}

const COLUMNS = [
  { title: 'stage' },
  { title: 'before' },
  { title: '', right: true },
  { title: 'after' },
  { title: '', right: true },
  { title: 'what differs' },
];

/** All stages of a small pipeline; of a large one those that differ. */
function stageLines(stages: readonly StageDifferences[], paint: Paint): string[] {
  const wanted = stages.length <= MOST_STAGES ? stages : stages.filter(({ isEqual }) => !isEqual);
  const shown = wanted.slice(0, MOST_STAGES);
  if (shown.length === 0) return [];
  const rows = shown.map((stage) => [
    stage.stage,
    ...endCells(stage.before, paint),
    ...endCells(stage.after, paint),
    whyText(stage),
  ]);
  const more = wanted.length - shown.length;
  return [
    '',
    table(COLUMNS, rows, paint),
    ...(more > 0 ? [paint('dim', `and ${countOf(more, 'stage')} more that differ`)] : []),
  ];
}

function endCells(record: StageRecord | undefined, paint: Paint): readonly string[] {
  if (record === undefined) return ['', ''];
  const { status, attempt, origin, durationMs } = record;
  const took = attempt === 0 || origin !== undefined ? '' : formatDuration(durationMs);
  return [paintStatus(status, paint), took];
}

/** The causes before the consequences. */
function whyText({
  before,
  after,
  changes,
  inputs,
  writes,
  isUnexplained,
}: StageDifferences): string {
  if (before === undefined) return 'only after';
  if (after === undefined) return 'only before';
  const texts = changes.length === 0 ? [] : [describeReasons(changes)];
  for (const { name, after: writer } of inputs) {
    const by = writer === undefined ? '' : ` (by ${writer})`;
    texts.push(name === '' ? 'saw other keys' : `read another ${name}${by}`);
  }
  if (isUnexplained) {
    texts.push(`wrote another ${writes.join(', ')}, and nothing on record tells why`);
  }
  const shown = texts.slice(0, 3);
  const more = texts.length - shown.length;
  return `${printable(shown.join('; '))}${more > 0 ? `; and ${more} more` : ''}`;
}

function keyLines(
  { key, before, after, changes }: KeyDifferences,
  { paint, most }: { readonly paint: Paint; readonly most: number },
): string[] {
  const title = paint('bold', printable(key));
  if (changes === undefined) {
    const writer = before ?? after;
    return [`${title}: only ${before === undefined ? 'after' : 'before'}, ${byText(writer)}`];
  }
  const was = byText(before);
  const is = byText(after);
  const lines = changes.ok
    ? changeLines(changes.value, { paint, most })
    : [`${changes.problem.code}: ${changes.problem.message}`];
  return [
    `${title}: ${was === is ? is : `${was} before, ${is} after`}`,
    ...lines.map((line) => `  ${line}`),
  ];
}

function byText(writer: KeyWriter | undefined): string {
  return writer?.stage === undefined ? 'of the initial context' : `by ${writer.stage}`;
}

function totalOf({ stages, keys }: RunDifferences): string {
  const differing = stages.filter(({ isEqual }) => !isEqual).length;
  const verb = differing === 1 && keys.length === 0 ? 'differs' : 'differ';
  return `${countOf(differing, 'stage')} of ${stages.length.toLocaleString('en-US')} and ${countOf(keys.length, 'key')} ${verb}`;
}
