import { PipelineExecutor, type RunRecord, type RunResult, type UndoPlan } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countOf, listOf } from '../report/words.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { logDirFor } from '../runs/log-dir.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { returnToFolder } from '../runs/return-to-folder.ts';
import { shownStore } from '../runs/store-place.ts';
import { readOverrides } from '../runs/stored-overrides.ts';
import { runSession } from '../session/run-session.ts';

export interface UndoFlags
  extends Pick<
    SessionFlags,
    | 'store'
    | 'json'
    | 'pipeline'
    | 'param'
    | 'set'
    | 'paramsFile'
    | 'env'
    | 'concurrency'
    | 'events'
    | 'logDir'
    | 'logLevel'
    | 'dryRun'
  > {
  readonly config?: string;
  readonly from?: string;
  readonly force?: boolean;
}

/** Takes back what the stages of a run have done, as far as they can. */
export async function undo(
  context: CommandContext,
  target: string,
  flags: UndoFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const { from, force, ...sessionFlags } = flags;
  const storeSpec = await findStore(context, flags);
  const record = await lookAtStore(storeSpec, (store) =>
    findRun(store, target, shownStore(store.name, cwd)),
  );
  // Before the stages are loaded, since what they name may be relative to it.
  returnToFolder(context, record);
  const loaded = await loadForRun(context, record, sessionFlags);
  const plan = await lookAtStore(storeSpec, (store) =>
    new PipelineExecutor({ store }).planUndo(record.id, loaded.pipeline, { from }),
  );
  // One whose process died amid an undo is closed by another that has nothing left to do.
  const isOver = plan.stages.length === 0 && record.status !== 'running';
  if (flags.dryRun === true || isOver) {
    printUndo(context, { record, plan, flags });
    return EXIT.succeeded;
  }
  const configured = readOverrides(record.source).logDir ?? loaded.logging.dir;
  const { concurrency } = flags;
  return runSession({
    context,
    flags: sessionFlags,
    loaded,
    storeSpec,
    logDir: logDirFor({ flag: flags.logDir, configured, storeSpec, cwd }),
    options: concurrency === undefined ? {} : { concurrency },
    begin: (executor, options) =>
      executor.undo(record.id, loaded.pipeline, {
        ...options,
        from,
        ...(force === undefined ? {} : { force }),
      }),
    intro: () => planLines(plan),
    exitCode: exitCodeOfUndo(plan),
  });
}

interface PrintedUndo {
  readonly record: RunRecord;
  readonly plan: UndoPlan;
  readonly flags: UndoFlags;
}

function printUndo({ terminal }: CommandContext, { record, plan, flags }: PrintedUndo): void {
  if (flags.json === true) {
    terminal.printJson({ runId: record.id, pipeline: record.pipeline, ...plan });
    return;
  }
  terminal.print(planLines(plan).join('\n'));
}

function planLines({ stages, kept }: UndoPlan): string[] {
  const what =
    stages.length === 0
      ? 'nothing is left to undo'
      : `undo      ${countOf(stages.length, 'stage')}: ${listOf(stages)}`;
  return kept.length === 0 ? [what] : [what, `no undo   ${listOf(kept)}: what they did stands`];
}

/** Whether all that was to be undone is undone, whatever the run is counted as. */
function exitCodeOfUndo({ stages }: UndoPlan): (result: RunResult) => ExitCode {
  const meant = new Set<string>(stages);
  return (result) => {
    const left = result.stages.filter(({ id, kept }) => kept && meant.has(id));
    return left.length === 0 ? EXIT.succeeded : EXIT.failed;
  };
}
