import { type AttemptRecord, formatDuration, type ItemRecord } from '@millrace/core';
import type { Shell } from '../runs/command-line.ts';
import type { StageReport } from '../runs/run-report.ts';
import { markOf, paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { factLines } from './fact-lines.ts';
import { failureLines } from './failure-text.ts';
import { failedItemLines, failedItems, itemsFact } from './item-lines.ts';
import { shortFailure } from './short-failure.ts';
import { localTime } from './words.ts';

interface StageTextOptions extends Shell {
  readonly paint: Paint;
}

/** What is recorded of a stage beside its outcome. */
export interface StageDetails {
  readonly attempts: readonly AttemptRecord[];
  /** Of a mapped stage, in any order. */
  readonly items: readonly ItemRecord[];
}

/** One stage of a run with all its attempts, and its failure with the whole stack. */
export function stageReportLines(
  stage: StageReport,
  { attempts, items }: StageDetails,
  { paint, cwd, env }: StageTextOptions,
): string[] {
  const { failure } = stage;
  const failed = failedItems(stage, items);
  const facts = factLines(
    [
      ['stage', stage.id],
      ['status', `${markOf(stage.status, paint)} ${paintStatus(stage.status, paint)}`],
      ['session', sessionFact(stage)],
      ['started', stage.startedAt === undefined ? undefined : localTime(stage.startedAt)],
      [
        'duration',
        stage.attempts === 0 || stage.durationMs === undefined
          ? undefined
          : formatDuration(stage.durationMs),
      ],
      ['items', itemsFact(stage, items)],
      ['wrote', stage.writes.join(', ')],
      ['reason', stage.reason],
      ['taken from', stage.origin && `run ${stage.origin.runId}, attempt ${stage.origin.attempt}`],
      ['fallback', stage.fallback ? 'used' : undefined],
    ],
    paint,
  );
  return [
    ...facts,
    ...(attempts.length === 0 ? [] : ['', attemptTable(attempts, paint)]),
    ...(failed.length === 0 ? [] : ['', ...failedItemLines(failed, paint)]),
    ...(failure === undefined
      ? []
      : ['', ...failureLines(failure, { paint, cwd, env, withStack: true })]),
  ];
}

function sessionFact({ kept, migrated, session }: StageReport): string {
  if (migrated) return `migrated in ${session}`;
  return kept ? `kept from ${session}` : String(session);
}

const COLUMNS = [
  { title: 'attempt', right: true },
  { title: 'status' },
  { title: 'session', right: true },
  { title: 'started' },
  { title: 'duration', right: true },
  { title: 'note' },
];

function attemptTable(attempts: readonly AttemptRecord[], paint: Paint): string {
  const rows = attempts.map(({ attempt, status, fence, startedAt, finishedAt, failure }) => [
    String(attempt),
    paintStatus(status, paint),
    String(fence),
    localTime(startedAt),
    finishedAt === undefined || status === 'lost' ? '' : formatDuration(finishedAt - startedAt),
    failure === undefined ? '' : shortFailure(failure),
  ]);
  return table(COLUMNS, rows, paint);
}
