import {
  formatDuration,
  type ModelPipeline,
  type RunResult,
  type StageSummary,
  type WaitRecord,
} from '@millrace/core';
import { type Shell, shellQuote } from '../runs/command-line.ts';
import { markOf, paintStatus } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import { skippedBecauseOf } from './blocked-by.ts';
import { failureLines } from './failure-text.ts';
import { waitLines } from './wait-text.ts';
import { countOf, listOf } from './words.ts';

export interface SummaryOptions extends Shell {
  readonly paint: Paint;
  readonly pipeline: ModelPipeline;
  /** The exact command that continues the run. */
  readonly resume: string | undefined;
  /** Of a run that was released while it waits. */
  readonly waits: readonly WaitRecord[];
  /** The command that answers the first of them. */
  readonly answer: string | undefined;
  /** The exact command that shows the run. */
  readonly show: string | undefined;
  /** The exact command that undoes it. */
  readonly undo: string | undefined;
}

/** Failures printed in full; the rest is in `show`. */
const MOST_FAILURES = 10;

/** What a run came to: each failure in full, the counts, and how to go on. */
export function summaryLines(result: RunResult, options: SummaryOptions): string[] {
  const { paint, resume, undo } = options;
  const failed = result.stages.filter((stage) => stage.status === 'failed');
  const lines = failed
    .slice(0, MOST_FAILURES)
    .flatMap((stage) => ['', ...failedStageLines(stage, result, options)]);
  if (failed.length > MOST_FAILURES) {
    lines.push(
      '',
      `and ${countOf(failed.length - MOST_FAILURES, 'more failed stage')}: millrace show ${result.runId}`,
    );
  }
  const partial = result.stages.filter(({ items }) => items !== undefined && items.failed > 0);
  for (const stage of partial.filter(({ status }) => status !== 'failed').slice(0, MOST_FAILURES)) {
    lines.push('', partialLine(stage, options));
  }
  const standing = result.stages.filter(({ undoFailure }) => undoFailure !== undefined);
  for (const stage of standing.slice(0, MOST_FAILURES)) {
    lines.push('', ...notUndoneLines(stage, options));
  }
  const mark = `${markOf(result.status, paint)} ${paintStatus(result.status, paint)}`;
  lines.push('', `${mark} in ${formatDuration(result.durationMs)}: ${countsText(result)}`);
  lines.push(...waitLines(options.waits, paint));
  if (options.answer !== undefined) lines.push(`answer: ${paint('bold', options.answer)}`);
  if (resume !== undefined) {
    const what = result.status === 'succeeded' ? 'the rest' : 'resume';
    lines.push(`${what}: ${paint('bold', resume)}`);
  }
  if (undo !== undefined && standing.length > 0)
    lines.push(`undo the rest: ${paint('bold', undo)}`);
  return lines;
}

/** `2 kept, 3 succeeded, 1 failed, 4 skipped`. */
export function countsText({ stages, status: end }: Pick<RunResult, 'stages' | 'status'>): string {
  const counts = new Map<string, number>();
  for (const { status, kept } of stages) {
    const shown = end === 'waiting' && status === 'running' ? 'waiting' : status;
    const word = kept || status === 'reused' ? 'kept' : shown;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [
    'kept',
    'succeeded',
    'failed',
    'cancelled',
    'skipped',
    'waiting',
    'running',
    'ready',
    'pending',
  ].flatMap((word) => {
    const count = counts.get(word);
    return count === undefined ? [] : [`${count.toLocaleString('en-US')} ${word}`];
  });
  return parts.join(', ');
}

/** `▲ score: 3 of 100 items failed: millrace show RUN --stage score` */
function partialLine({ id, items }: StageSummary, { paint, show }: SummaryOptions): string {
  const { failed = 0, total = 0 } = items ?? {};
  const what = `${markOf('degraded', paint)} ${paint('bold', id)}: ${failed} of ${countOf(total, 'item')} failed`;
  return show === undefined ? what : `${what}: ${show} --stage ${shellQuote(id)}`;
}

function notUndoneLines(stage: StageSummary, options: SummaryOptions): string[] {
  const { paint } = options;
  const head = `${markOf('failed', paint)} ${paint('bold', stage.id)} could not be undone; what it did stands`;
  const { undoFailure } = stage;
  return undoFailure === undefined ? [head] : [head, ...failureLines(undoFailure, options)];
}

function failedStageLines(
  stage: StageSummary,
  result: RunResult,
  options: SummaryOptions,
): string[] {
  const { paint, pipeline } = options;
  const { critical } = pipeline.stage(stage.id).options;
  const attempts = stage.attempt > 1 ? ` in attempt ${stage.attempt}` : '';
  const effect = stage.fallback
    ? '; its fallback was used'
    : critical
      ? ''
      : '; it is not critical';
  const head = `${markOf('failed', paint)} ${paint('bold', stage.id)} failed${attempts} after ${formatDuration(stage.durationMs)}${effect}`;
  const blocked = skippedBecauseOf(stage, result, pipeline.graph);
  return [
    head,
    ...(stage.failure === undefined ? [] : failureLines(stage.failure, options)),
    ...(blocked.length === 0
      ? []
      : [`    ${paint('bold', 'skipped because of it:')} ${listOf(blocked)}`]),
  ];
}
