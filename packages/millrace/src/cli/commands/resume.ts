import {
  type CheckpointStore,
  MillraceError,
  PipelineExecutor,
  processLiveness,
  type RunId,
  type RunRecord,
  type SeenLease,
} from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printPlan, resumeLines } from '../report/plan-text.ts';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { logDirFor } from '../runs/log-dir.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { returnToFolder } from '../runs/return-to-folder.ts';
import { type RunTarget, runTarget } from '../runs/run-target.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { followSession } from '../session/follow-session.ts';
import { waitNote } from '../session/followed-notes.ts';
import { runSession } from '../session/run-session.ts';
import { selectionOptions } from '../session/selection-options.ts';
import { sessionOptions } from '../session/session-options.ts';

export interface ResumeFlags extends SessionFlags {
  readonly config?: string;
  /** False with `--no-follow`. */
  readonly follow?: boolean;
}

/**
 * Continues a run: what succeeded and has not changed is kept, the rest runs. One that another process executes
 * is followed, and taken over as soon as nobody executes it any more.
 */
export async function resume(
  context: CommandContext,
  target: string | undefined,
  flags: ResumeFlags,
): Promise<ExitCode> {
  const chosen = target === undefined ? undefined : runTarget(target, context.cwd);
  const file = chosen?.kind === 'config' ? chosen.file : undefined;
  const storeSpec = await findStore(context, { ...flags, file });
  const record = await lookAtStore(storeSpec, (store) => chooseRun(context, store, chosen, flags));
  const resumption = { context, flags, storeSpec, record, file };
  if (!mayFollow(flags)) {
    const note = flags.dryRun === true ? undefined : waitNote(record);
    if (note !== undefined) context.terminal.notice(note);
    return continueRun(resumption);
  }
  let run = record;
  for (let mustFollow = isHeld(record); ; mustFollow = true) {
    let seen: SeenLease = { fence: run.fence };
    if (mustFollow) {
      const session = await followSession({ context, flags, storeSpec, run });
      if (session.kind === 'over') return session.code;
      seen = session.abandoned;
    }
    try {
      return await continueRun(resumption, seen);
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'RUN_HELD') throw error;
    }
    // Another process was quicker; what it does, or has done by now, is shown.
    run = await lookAtStore(storeSpec, (store) => findRun(store, record.id, store.name));
  }
}

interface Resumption {
  readonly context: CommandContext;
  readonly flags: ResumeFlags;
  readonly storeSpec: string;
  readonly record: RunRecord;
  /** The config that was named. */
  readonly file: string | undefined;
}

/**
 * @param seen how far the run was when it was found free; undefined when it does not matter
 * @throws MillraceError RUN_HELD also when another process has had the run since
 */
async function continueRun(
  { context, flags, storeSpec, record, file }: Resumption,
  seen?: SeenLease,
): Promise<ExitCode> {
  const { cwd, terminal } = context;
  // Before the stages are loaded, since what they name may be relative to it.
  returnToFolder(context, record);
  const loaded = await loadForRun(context, record, { config: file, ...flags });
  const selected = selectionOptions(flags);
  if (flags.dryRun === true) {
    const plan = await lookAtStore(storeSpec, (store) =>
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
    begin: async (executor, options) => {
      if (seen !== undefined) await refuseOvertaken(executor.store, record.id, seen);
      const abandoned = seen;
      return executor.resume(record.id, loaded.pipeline, { ...options, ...selected, abandoned });
    },
    intro: ({ plan }) => resumeLines(plan, terminal.paint),
  });
}

/**
 * A run that another process executes is followed, unless the resume asks for more than that the run goes on:
 * that needs a session of its own.
 */
function mayFollow(flags: ResumeFlags): boolean {
  if (flags.follow === false || flags.dryRun === true) return false;
  const { param, set, paramsFile, env } = flags;
  const changes = [param, set, paramsFile, env].filter((given) => given !== undefined);
  return changes.length === 0 && Object.keys(selectionOptions(flags)).length === 0;
}

async function refuseOvertaken(
  store: CheckpointStore,
  id: RunId,
  { fence }: SeenLease,
): Promise<void> {
  const now = await store.findRun(id);
  if (now?.fence === fence) return;
  throw new MillraceError('RUN_HELD', `another process has resumed run ${id} meanwhile`, {
    details: { runId: id, seen: fence, fence: now?.fence },
    help: `see what it came to: millrace show ${id}`,
  });
}

function isHeld({ owner }: RunRecord): boolean {
  return owner !== undefined && processLiveness(owner) !== 'dead';
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
  // Stages that are to run again are those of what was run last, be it finished or not.
  if (flags.force === true || flags.from !== undefined) return newest;
  // One that succeeded goes on where something has changed since, and is refused where nothing has.
  if (unfinished === undefined) return newest;
  if (newest.id !== unfinished.id) {
    terminal.notice(
      `note: ${newest.id} is newer and ${newest.status}; resuming the older ${unfinished.id}`,
    );
  }
  return unfinished;
}
