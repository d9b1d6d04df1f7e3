import { MillraceError } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFreshPlan } from '../report/fresh-plan.ts';
import { selectionLines } from '../report/plan-text.ts';
import { findStore } from '../runs/find-store.ts';
import { type ContextFlags, givenContext } from '../runs/given-context.ts';
import { loadForCommand } from '../runs/load-for-command.ts';
import { logDirFor, storedLogDir } from '../runs/log-dir.ts';
import { refuseGivenSecrets } from '../runs/refuse-given-secrets.ts';
import { scheduledRun } from '../schedule/scheduled-run.ts';
import { runSession } from '../session/run-session.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { sessionOptions } from '../session/session-options.ts';

export interface RunFlags extends SessionFlags, ContextFlags {
  /** The schedule that starts it; set by `millrace schedule` only. */
  readonly scheduledBy?: string;
}

/** Starts a new run of a config and stays until it ended. */
export async function run(
  context: CommandContext,
  config: string | undefined,
  flags: RunFlags,
): Promise<ExitCode> {
  const { cwd, env } = context;
  const scheduled = scheduledRun(flags.scheduledBy, env);
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
  const session = runSession({
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
        ...(scheduled === undefined ? {} : { id: scheduled.id }),
        source: {
          ...source,
          overrides,
          ...(scheduled === undefined ? {} : { schedule: scheduled.schedule }),
        },
      }),
    intro: ({ plan }) =>
      selected.selection === undefined ? [] : selectionLines(plan, context.terminal.paint),
  });
  return scheduled === undefined ? session : unlessStarted(context, session);
}

/** Of two schedulers one starts the run, and nothing is wrong. */
async function unlessStarted(
  { terminal }: CommandContext,
  session: Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await session;
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'RUN_EXISTS') throw error;
    terminal.notice('note: another scheduler has started the run of this time');
    return EXIT.succeeded;
  }
}
