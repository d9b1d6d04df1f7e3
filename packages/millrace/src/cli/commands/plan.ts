import { PipelineExecutor } from '@millrace/core';
import type {
  CommandContext,
  CommonFlags,
  ConfigFlags,
  SelectionFlags,
} from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFreshPlan } from '../report/fresh-plan.ts';
import { printPlan } from '../report/plan-text.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForCommand, loadForRun } from '../runs/load-for-command.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { runTarget } from '../runs/run-target.ts';
import { shownStore } from '../runs/store-place.ts';
import { selectionOptions } from '../session/selection-options.ts';

export interface PlanFlags extends CommonFlags, ConfigFlags, SelectionFlags {
  readonly config?: string;
}

/** Tells per stage what a run of a config, or a resume of a run, would do and why. Nothing is run or written. */
export async function plan(
  context: CommandContext,
  target: string | undefined,
  flags: PlanFlags,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  const chosen = target === undefined ? undefined : runTarget(target, cwd);
  if (chosen?.kind !== 'run') {
    const loaded = await loadForCommand(context, { file: chosen?.file, flags });
    const storeSpec = flags.store === undefined ? loaded.store : await findStore(context, flags);
    await printFreshPlan(context, loaded, { storeSpec, flags });
    return EXIT.succeeded;
  }
  await lookAtStore(await findStore(context, flags), async (store) => {
    const run = await findRun(store, chosen.text, shownStore(store.name, cwd));
    const { pipeline } = await loadForRun(context, run, flags);
    const executor = new PipelineExecutor({ store });
    const planned = await executor.planResume(run.id, pipeline, selectionOptions(flags));
    printPlan(planned, terminal, flags);
  });
  return EXIT.succeeded;
}
