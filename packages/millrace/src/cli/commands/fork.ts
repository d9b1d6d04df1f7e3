import { PipelineExecutor } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printPlan, resumeLines } from '../report/plan-text.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { type ContextFlags, changedContext } from '../runs/given-context.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { logDirFor, storedLogDir } from '../runs/log-dir.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { refuseGivenSecrets } from '../runs/refuse-given-secrets.ts';
import { returnToFolder } from '../runs/return-to-folder.ts';
import { shownStore } from '../runs/store-place.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { runSession } from '../session/run-session.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { sessionOptions } from '../session/session-options.ts';

export interface ForkFlags extends SessionFlags, ContextFlags {
  readonly config?: string;
}

/** Starts a new run that begins with what another has done, and leaves that one as it is. */
export async function fork(
  context: CommandContext,
  target: string,
  flags: ForkFlags,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  const storeSpec = await findStore(context, flags);
  const record = await lookAtStore(storeSpec, (store) =>
    findRun(store, target, shownStore(store.name, cwd)),
  );
  returnToFolder(context, record);
  const loaded = await loadForRun(context, record, flags);
  const { pipeline, source, secrets } = loaded;
  refuseGivenSecrets(source, secrets);
  const given = await changedContext(flags, pipeline.definition, cwd);
  const start = { ...selectionOptions(flags), context: given };
  if (flags.dryRun === true) {
    const plan = await lookAtStore(storeSpec, (store) =>
      new PipelineExecutor({ store }).planFork(record.id, pipeline, start),
    );
    printPlan(plan, terminal, flags);
    return EXIT.succeeded;
  }
  const stored = readOverrides(record.source);
  const options = sessionOptions(flags, stored);
  const configured = stored.logDir ?? loaded.logging.dir;
  const logDir = logDirFor({ flag: flags.logDir, configured, storeSpec, cwd });
  const overrides = { ...source.overrides, ...options, ...storedLogDir(logDir, secrets) };
  return runSession({
    context,
    flags,
    loaded,
    storeSpec,
    logDir,
    options,
    begin: (executor, runOptions) =>
      executor.fork(record.id, pipeline, {
        ...runOptions,
        ...start,
        source: { ...source, overrides },
      }),
    intro: ({ plan }) => [`fork of   ${record.id}`, ...resumeLines(plan, terminal.paint)],
  });
}
