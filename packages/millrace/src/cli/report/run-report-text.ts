import { formatDuration } from '@millrace/core';
import type { Shell } from '../runs/command-line.ts';
import { logFileOf } from '../runs/log-file.ts';
import type { RunReport, StageReport } from '../runs/run-report.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { markOf, paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { factLines } from './fact-lines.ts';
import { failureLines } from './failure-text.ts';
import { itemsText } from './items-text.ts';
import { shortFailure } from './short-failure.ts';
import { waitJson, waitLines } from './wait-text.ts';
import { countOf, listOf, localTime } from './words.ts';

export interface RunFacts extends Shell {
  readonly report: RunReport;
  /** Absolute. */
  readonly store: string;
  readonly resume: string | undefined;
  /** The command that answers what is waited for. */
  readonly answer: string | undefined;
}

export function runReportJson({
  report,
  store,
  resume,
}: RunFacts): Readonly<Record<string, unknown>> {
  const { run, status, stages, total, waits } = report;
  const { id, pipeline, source, createdAt, finishedAt, durationMs, fence, owner } = run;
  return {
    id,
    pipeline,
    status,
    startedAt: createdAt,
    finishedAt,
    durationMs,
    sessions: fence,
    total,
    owner,
    source,
    store,
    log: logFileOf(readOverrides(source).logDir, id),
    resume,
    kept: stages.filter(({ kept }) => kept).map(({ id: stage }) => stage),
    stages,
    ...(waits.length === 0 ? {} : { waits: waits.map(waitJson) }),
  };
}

export function runReportLines(facts: RunFacts, paint: Paint): string[] {
  const { report, resume, answer, cwd, env } = facts;
  const { stages, waits } = report;
  const kept = stages.filter((stage) => stage.kept);
  const failed = stages.filter((stage) => stage.failure !== undefined && stage.status === 'failed');
  return [
    ...runFacts(facts, paint),
    ...(stages.length === 0 ? [] : ['', stageTable(report, paint)]),
    ...(kept.length === 0
      ? []
      : ['', `kept: ${listOf(kept.map(({ id }) => id))} (${kept.length})`]),
    ...failed.flatMap(({ id, failure }) =>
      failure === undefined
        ? []
        : [
            '',
            `${markOf('failed', paint)} ${paint('bold', id)} failed`,
            ...failureLines(failure, { paint, cwd, env }),
          ],
    ),
    ...(waits.length === 0 ? [] : ['', 'waits:', ...waitLines(waits, paint)]),
    ...(answer === undefined ? [] : [`answer: ${paint('bold', answer)}`]),
    ...(resume === undefined ? [] : ['', `resume: ${paint('bold', resume)}`]),
  ];
}

function runFacts({ report, store, cwd }: RunFacts, paint: Paint): string[] {
  const { run, status, stages, total } = report;
  const { owner, source, fence, finishedAt, durationMs } = run;
  const done = stages.filter((stage) => stage.status === 'succeeded').length;
  const log = logFileOf(readOverrides(source).logDir, run.id);
  return factLines(
    [
      ['run', run.id],
      ['pipeline', run.pipeline],
      [
        'status',
        `${markOf(status, paint)} ${paintStatus(status, paint)}${owner === undefined ? '' : paint('dim', ` (process ${owner.pid} on ${owner.host}${status === 'interrupted' ? ', which has ended' : ''})`)}`,
      ],
      ['stages', total === undefined ? undefined : `${done} of ${total} succeeded`],
      ['started', localTime(run.createdAt)],
      ['ended', finishedAt === undefined ? undefined : localTime(finishedAt)],
      ['duration', durationMs === undefined ? undefined : formatDuration(durationMs)],
      ['sessions', fence === 1 ? undefined : `${fence} (${countOf(fence - 1, 'resume')})`],
      ['fork of', source.forkedFrom],
      ['scheduled', source.schedule && localTime(source.schedule.at)],
      ['config', source.file === undefined ? undefined : shownPath(source.file, cwd)],
      ['store', shownStore(store, cwd)],
      ['log', log === undefined ? undefined : shownPath(log, cwd)],
    ],
    paint,
  );
}

const COLUMNS = [
  { title: 'stage' },
  { title: 'status' },
  { title: 'attempts', right: true },
  { title: 'duration', right: true },
  { title: 'session' },
  { title: 'note' },
];

function stageTable({ run, stages }: RunReport, paint: Paint): string {
  const rows = stages.map((stage) => [
    `${markOf(stage.kept ? 'kept' : stage.status, paint)} ${stage.id}`,
    paintStatus(stage.kept ? 'kept' : stage.status, paint, stage.status),
    stage.attempts === 0 ? '' : String(stage.attempts),
    stage.attempts === 0 || stage.durationMs === undefined ? '' : formatDuration(stage.durationMs),
    run.fence === 1 ? '' : sessionText(stage),
    noteOf(stage),
  ]);
  return table(COLUMNS, rows, paint);
}

function sessionText({ kept, migrated, session }: StageReport): string {
  if (migrated) return `migrated in ${session}`;
  return kept ? `kept from ${session}` : `ran in ${session}`;
}

function noteOf(stage: StageReport): string {
  const { failure, reason, fallback, status, origin, items, undoFailure } = stage;
  if (undoFailure !== undefined) return `could not be undone: ${shortFailure(undoFailure)}`;
  if (origin !== undefined) return `taken over from run ${origin.runId}`;
  const done = items === undefined ? '' : itemsText(items);
  const said = failure === undefined ? (reason ?? done) : shortFailure(failure);
  const after = fallback
    ? ' (its fallback was used)'
    : status === 'lost'
      ? 'its process ended while it ran'
      : '';
  return said + after;
}
