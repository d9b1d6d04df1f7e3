import {
  type CheckpointStore,
  MillraceError,
  type ModelPipeline,
  problem,
  type Result,
  type RunRecord,
  readStageView,
  type StageView,
  success,
} from '@millrace/core';
import type { CommandContext } from '../command-context.ts';
import type { Moment } from '../report/view-text.ts';
import { loadForRun } from './load-for-command.ts';
import { stageUnknown } from './stage-unknown.ts';

interface ViewRequest {
  readonly stage: string;
  readonly moment: Moment;
  /** `--config`: that of the run, when it was moved. */
  readonly config: string | undefined;
}

/**
 * The context as a stage of a run saw it. The store holds no graph, so the config is loaded; where that
 * does not work, only what the stage read is told, if that is on record.
 * @throws ConfigRefused, MillraceError RUN_WITHOUT_CONFIG, STAGE_UNKNOWN
 */
export async function runView(
  context: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { stage, moment, config }: ViewRequest,
): Promise<StageView> {
  const loaded = await pipelineOf(context, run, config);
  const view = await readStageView(store, {
    runId: run.id,
    stage,
    moment,
    ...(loaded.ok ? { pipeline: loaded.value } : {}),
  });
  if (loaded.ok) {
    if (view !== undefined) return view;
    const { ids } = loaded.value.graph;
    throw stageUnknown({ runId: run.id, stage, known: ids });
  }
  // Of a stage that did not succeed no reads are on record.
  if (view?.record?.basis === undefined) throw loaded.problem;
  context.terminal.notice(
    `note: the config of the run cannot be loaded (${loaded.problem.code}), so that only what the stage read is told`,
  );
  return view;
}

async function pipelineOf(
  context: CommandContext,
  run: RunRecord,
  config: string | undefined,
): Promise<Result<ModelPipeline, MillraceError>> {
  try {
    return success((await loadForRun(context, run, { config })).pipeline);
  } catch (error) {
    // What was named is to be used, or refused.
    if (!(error instanceof MillraceError) || config !== undefined) throw error;
    return problem(error);
  }
}
