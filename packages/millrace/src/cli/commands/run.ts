import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFreshPlan } from '../report/fresh-plan.ts';
import { selectionLines } from '../report/plan-text.ts';
import { findStore } from '../runs/find-store.ts';
import { type ContextFlags, givenContext } from '../runs/given-context.ts';
import { loadForCommand } from '../runs/load-for-command.ts';
import { logDirFor, storedLogDir } from '../runs/log-dir.ts';
import { refuseGivenSecrets } from '../runs/refuse-given-secrets.ts';
import { runSession } from '../session/run-session.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { sessionOptions } from '../session/session-options.ts';

export interface RunFlags extends SessionFlags, ContextFlags {}

/** Starts a new run of a config and stays until it ended. */
export async function run(
  context: CommandContext,
  config: string | undefined,
  flags: RunFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const loaded = await loadForCommand(context, { file: config, flags });
  const { pipeline, source, secrets } = loaded;
  refuseGivenSecrets(source, secrets);
  const given = await givenContext(flags, pipeline.definition, cwd);
  const storeSpec = flags.store === undefined ? loaded.store : await findStore(context, flags);
  if (flags.dryRun === true) {
    await printFreshPlan(context, loaded, { storeSpec, flags });
    return EXIT.succeeded;
  }
  const configured = loaded.logging.dir;
  const logDir = logDirFor({ flag: flags.logDir, configured, storeSpec, cwd });
  const options = sessionOptions(flags);
  const selected = selectionOptions(flags);
  const overrides = {
    ...source.overrides,
    ...options,
    ...storedLogDir(logDir, secrets),
  };
  return runSession({
    context,
    flags,
    loaded,
    storeSpec,
    logDir,
    options,
    begin: (executor, runOptions) =>
      executor.start(pipeline, {
        ...runOptions,
        ...selected,
        context: given,
        source: { ...source, overrides },
      }),
    intro: ({ plan }) =>
      selected.selection === undefined ? [] : selectionLines(plan, context.terminal.paint),
  });
}
