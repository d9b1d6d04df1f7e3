import { planRun } from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext } from '../command-context.ts';
import { runCommand } from '../runs/resume-command.ts';
import { unfinishedRun } from '../runs/unfinished-run.ts';
import { planJson, printPlan } from './plan-text.ts';

/** Tells what a new run of a config would do, and whether an unfinished one is there to be resumed. */
export async function printFreshPlan(
  { terminal, cwd, env }: CommandContext,
  { pipeline, file }: Pick<LoadedPipeline, 'pipeline' | 'file'>,
  { storeSpec, json }: { readonly storeSpec: string; readonly json?: boolean | undefined },
): Promise<void> {
  const plan = planRun({ pipeline });
  const unfinished = await unfinishedRun(storeSpec, { file, pipeline: pipeline.name });
  if (unfinished === undefined) {
    printPlan(plan, terminal, { json });
    return;
  }
  const { runId, status } = unfinished;
  const command = await runCommand('plan', { runId, store: storeSpec, cwd, env });
  if (json === true) {
    terminal.printJson({ ...planJson(plan), unfinished: { ...unfinished, plan: command } });
    return;
  }
  printPlan(plan, terminal, {});
  terminal.notice(
    `note: run ${runId} of this config is unfinished (${status}); see what resuming it would do: ${command}`,
  );
}
