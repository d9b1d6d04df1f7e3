import { existsSync } from 'node:fs';
import {
  type CheckpointStore,
  MillraceError,
  PipelineExecutor,
  type RunRecord,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printPlan, resumeLines } from '../report/plan-text.ts';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { logDirFor } from '../runs/log-dir.ts';
import { type RunTarget, runTarget } from '../runs/run-target.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { runSession } from '../session/run-session.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { sessionOptions } from '../session/session-options.ts';

export interface ResumeFlags extends SessionFlags {
  readonly config?: string;
}

/** Continues a run: what succeeded and has not changed is kept, the rest runs. */
export async function resume(
  context: CommandContext,
  target: string | undefined,
  flags: ResumeFlags,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  const chosen = target === undefined ? undefined : runTarget(target, cwd);
  const file = chosen?.kind === 'config' ? chosen.file : undefined;
  const storeSpec = await findStore(context, { ...flags, file });
  const record = await lookedUp(storeSpec, (store) => chooseRun(context, store, chosen, flags));
  // Before the stages are loaded, since what they name may be relative to it.
  returnToFolder(context, record);
  const loaded = await loadForRun(context, record, { config: file, ...flags });
  const selected = selectionOptions(flags);
  if (flags.dryRun === true) {
    const plan = await lookedUp(storeSpec, (store) =>
      new PipelineExecutor({ store }).planResume(record.id, loaded.pipeline, selected),
    );
    printPlan(plan, terminal, flags);
    return EXIT.succeeded;
  }
  const stored = readOverrides(record.source);
  const configured = stored.logDir ?? loaded.logging.dir;
  return runSession({
    context,
    flags,
    loaded,
    storeSpec,
    logDir: logDirFor({ flag: flags.logDir, configured, storeSpec, cwd }),
    options: sessionOptions(flags, stored),
    begin: (executor, options) =>
      executor.resume(record.id, loaded.pipeline, { ...options, ...selected }),
    intro: ({ plan }) => resumeLines(plan, terminal.paint),
  });
}

/** Looks at a store without making one. @throws MillraceError STORE_MISSING */
async function lookedUp<Value>(
  spec: string,
  look: (store: CheckpointStore) => Promise<Value>,
): Promise<Value> {
  const store = await openStore(spec, { readOnly: true });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** @throws MillraceError RUN_NOT_FOUND, RUN_AMBIGUOUS, NOTHING_TO_RESUME */
async function chooseRun(
  { cwd, terminal }: CommandContext,
  store: CheckpointStore,
  chosen: RunTarget | undefined,
  flags: ResumeFlags,
): Promise<RunRecord> {
  const { pipeline } = flags;
  const place = shownStore(store.name, cwd);
  if (chosen?.kind === 'run') return findRun(store, chosen.text, place);
  const file = chosen?.file;
  const { unfinished, newest } = await latestRuns(store, { file, pipeline });
  if (newest === undefined) {
    const whose =
      (pipeline === undefined ? '' : ` of pipeline ${JSON.stringify(pipeline)}`) +
      (file === undefined ? '' : ` of ${shownPath(file, cwd)}`);
    throw new MillraceError('NOTHING_TO_RESUME', `${place} has no run${whose}`, {
      help: `start one: millrace run${file === undefined ? '' : ` ${shownPath(file, cwd)}`}`,
    });
  }
  // One that succeeded goes on where something has changed since, and is refused where nothing has.
  if (unfinished === undefined) return newest;
  if (newest.id !== unfinished.id) {
    terminal.notice(
      `note: ${newest.id} is newer and ${newest.status}; resuming the older ${unfinished.id}`,
    );
  }
  return unfinished;
}

/** Stages may read files relative to the folder that the run was started in. */
function returnToFolder({ cwd, terminal }: CommandContext, { source }: RunRecord): void {
  const folder = source.cwd;
  if (folder === undefined || folder === cwd || !existsSync(folder)) return;
  process.chdir(folder);
  terminal.notice(`note: working in ${folder}, where the run was started`);
}
