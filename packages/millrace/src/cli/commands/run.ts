import { planRun } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printPlan } from '../report/plan-text.ts';
import { loadForCommand } from '../runs/load-for-command.ts';
import { logDirFor } from '../runs/log-dir.ts';
import { findStore } from '../runs/store-place.ts';
import { runSession } from '../session/run-session.ts';
import { sessionOptions } from '../session/session-options.ts';

/** Starts a new run of a config and stays until it ended. */
export async function run(
  context: CommandContext,
  config: string | undefined,
  flags: SessionFlags,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  const loaded = await loadForCommand(context, { file: config, flags });
  const { pipeline, source } = loaded;
  const storeSpec =
    flags.store === undefined ? loaded.store : await findStore({ store: flags.store, cwd });
  if (flags.dryRun === true) {
    printPlan(planRun({ pipeline }), terminal, flags);
    return EXIT.succeeded;
  }
  const configured = loaded.logging.dir;
  const logDir = logDirFor({ flag: flags.logDir, configured, storeSpec, cwd });
  const options = sessionOptions(flags);
  const overrides = {
    ...source.overrides,
    ...options,
    ...(logDir === undefined ? {} : { logDir }),
  };
  return runSession({
    context,
    flags,
    loaded,
    storeSpec,
    logDir,
    options,
    begin: (executor, runOptions) =>
      executor.start(pipeline, { ...runOptions, source: { ...source, overrides } }),
    intro: () => [],
  });
}
