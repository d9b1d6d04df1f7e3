import {
  type CheckpointStore,
  MemoryStore,
  MillraceError,
  PipelineExecutor,
  type Plan,
} from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags, SelectionFlags } from '../command-context.ts';
import { runCommand } from '../runs/resume-command.ts';
import { unfinishedRun } from '../runs/unfinished-run.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { planJson, printPlan } from './plan-text.ts';

interface FreshPlanOptions {
  readonly storeSpec: string;
  readonly flags: CommonFlags & SelectionFlags;
}

/** Tells what a new run of a config would do, and whether an unfinished one is there to be resumed. */
export async function printFreshPlan(
  { terminal, cwd, env }: CommandContext,
  { pipeline, file }: Pick<LoadedPipeline, 'pipeline' | 'file'>,
  { storeSpec, flags }: FreshPlanOptions,
): Promise<void> {
  const { json } = flags;
  const plan = await planWith(storeSpec, (store) =>
    new PipelineExecutor({ store }).planStart(pipeline, selectionOptions(flags)),
  );
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

/** Earlier runs tell durations and what can be taken over; a store that is not there yet is not made. */
async function planWith(
  storeSpec: string,
  make: (store: CheckpointStore) => Promise<Plan>,
): Promise<Plan> {
  const store = await openStore(storeSpec, { readOnly: true }).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'STORE_MISSING') return new MemoryStore();
    throw error;
  });
  try {
    return await make(store);
  } finally {
    await store.close();
  }
}
