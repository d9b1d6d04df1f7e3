import {
  asStageId,
  type CheckpointStore,
  formatDuration,
  type RunRecord,
  type RunResult,
  type StageSummary,
} from '@millrace/core';
import type { CommandContext } from '../command-context.ts';
import { factLines } from '../report/fact-lines.ts';
import { failureLines } from '../report/failure-text.ts';
import { countsText } from '../report/run-summary.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import { readRunReport, type StageReport } from '../runs/run-report.ts';
import { shownStore } from '../runs/store-place.ts';
import { markOf, paintStatus } from '../terminal/status-style.ts';
import { isComplete } from './session-texts.ts';

/** The end of a run, as far as another process than its own can tell it. */
type FollowedResult = Omit<RunResult, 'context'>;

interface TextRequest {
  readonly context: CommandContext;
  readonly storeSpec: string;
  readonly asJson: boolean;
}

/** Failures printed in full; the rest is in `show`. */
const MOST_FAILURES = 10;

export function followedHead(
  run: RunRecord,
  { context, storeSpec }: TextRequest,
): readonly string[] {
  const { terminal, cwd } = context;
  const facts = factLines(
    [
      ['run', run.id],
      ['pipeline', run.pipeline],
      ['store', shownStore(storeSpec, cwd)],
    ],
    terminal.paint,
  );
  return [...facts, ''];
}

/** Prints what a run came to, as its own process does. */
export async function printFollowedResult(
  store: CheckpointStore,
  run: RunRecord,
  { context, storeSpec, asJson }: TextRequest,
): Promise<FollowedResult['status']> {
  const { terminal, cwd, env } = context;
  const result = await readResult(store, run);
  const resume = isComplete(result)
    ? undefined
    : await resumeCommand({ runId: run.id, store: storeSpec, cwd, env });
  if (asJson) {
    const more = { store: storeSpec, ...(resume === undefined ? {} : { resume }) };
    terminal.printJson({ type: 'result', ...result, ...more });
  } else {
    terminal.print(resultLines(result, context, resume).join('\n'));
  }
  return result.status;
}

async function readResult(store: CheckpointStore, run: RunRecord): Promise<FollowedResult> {
  const { stages } = await readRunReport(store, run);
  return {
    runId: run.id,
    pipeline: run.pipeline,
    status: run.status === 'running' ? 'failed' : run.status,
    durationMs: run.durationMs ?? 0,
    stages: stages.map(toSummary),
  };
}

function toSummary(stage: StageReport): StageSummary {
  const { id, status, attempts, durationMs = 0, fallback, origin, failure, reason } = stage;
  const kept = stage.kept || origin !== undefined;
  const isWaiting = status === 'waiting' || status === 'retrying';
  const isOpen = isWaiting || status === 'running' || status === 'lost';
  return {
    id: asStageId(id),
    status: isOpen ? 'cancelled' : kept ? 'reused' : status,
    attempt: attempts,
    durationMs,
    kept,
    fallback,
    ...(origin === undefined ? {} : { origin }),
    ...(failure === undefined ? {} : { failure }),
    ...(reason === undefined ? {} : { reason }),
    ...(stage.undoFailure === undefined ? {} : { undoFailure: stage.undoFailure }),
  };
}

function resultLines(
  result: FollowedResult,
  { terminal: { paint }, cwd, env }: CommandContext,
  resume: string | undefined,
): readonly string[] {
  const { runId, status, durationMs, stages } = result;
  const failed = stages.filter((stage) => stage.status === 'failed');
  const more = failed.length - MOST_FAILURES;
  const mark = `${markOf(status, paint)} ${paintStatus(status, paint)}`;
  return [
    ...failed
      .slice(0, MOST_FAILURES)
      .flatMap(({ id, attempt, durationMs: ranMs, failure }) => [
        '',
        `${markOf('failed', paint)} ${paint('bold', id)} failed${attempt > 1 ? ` in attempt ${attempt}` : ''} after ${formatDuration(ranMs)}`,
        ...(failure === undefined ? [] : failureLines(failure, { paint, cwd, env })),
      ]),
    ...(more > 0 ? ['', `and ${more} more failed: millrace show ${runId}`] : []),
    '',
    `${mark} in ${formatDuration(durationMs)}: ${countsText(result)}`,
    ...(resume === undefined ? [] : [`resume: ${paint('bold', resume)}`]),
  ];
}
