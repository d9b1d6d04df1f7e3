import type { PipelineContext, RunEvent, RunHandle } from '@millrace/core';
import type { ResumeReport } from './edit-report.ts';
import { verdictLines } from './plan-lines.ts';

/** Waits for the end of a run. @param events heard by then @param folder paths are told relative to it */
export async function followRun(
  { plan, result }: RunHandle,
  events: readonly RunEvent[],
  folder: string,
): Promise<ResumeReport> {
  const { status, context } = await result;
  return {
    status,
    attempts: events.filter(({ type }) => type === 'stage.started').length,
    started: reasonsOf(events, 'stage.started'),
    reused: reasonsOf(events, 'stage.reused'),
    skipped: reasonsOf(events, 'stage.skipped'),
    plan: verdictLines(plan, folder),
    context: hashesOf(context),
  };
}

export function hashesOf(context: PipelineContext): Readonly<Record<string, string>> {
  return Object.fromEntries(context.keys().map((key) => [key, context.hashOf(key) ?? '']));
}

function reasonsOf(
  events: readonly RunEvent[],
  type: 'stage.started' | 'stage.reused' | 'stage.skipped',
): Readonly<Record<string, string>> {
  const told = events.flatMap((event) =>
    event.type === type ? [[event.stage, event.reason ?? '']] : [],
  );
  return Object.fromEntries(told);
}
