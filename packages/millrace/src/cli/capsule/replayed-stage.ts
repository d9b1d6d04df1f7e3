import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type BoundStage,
  type Capsule,
  didYouMean,
  MillraceError,
  type ReplayParams,
  type StageClass,
} from '@millrace/core';
import { type LoadedPipeline, tryLoadPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext, ConfigFlags } from '../command-context.ts';
import { configRefused } from '../runs/config-refused.ts';
import { loadOptions, printWarnings } from '../runs/load-for-command.ts';
import { shownPath } from '../runs/store-place.ts';
import { importStage } from './import-stage.ts';
import { filledParams, replayParamsOf } from './replay-params-of.ts';

export interface StagePlace extends ConfigFlags {
  /** Instead of the config that the capsule names. */
  readonly config?: string;
  /** `FILE` or `FILE#Export`, relative to the working folder; no config is loaded then. */
  readonly uses?: string;
}

/** What a capsule is replayed with. */
export interface ReplayedStage {
  readonly stageClass: StageClass;
  /** Undefined with `--uses`: then nobody knows its code or its options. */
  readonly stage: BoundStage | undefined;
  readonly params: ReplayParams;
  /** Where the class comes from, as people write it. */
  readonly from: string;
}

/**
 * Loads the class of a capsule's stage.
 * @throws ConfigRefused, MillraceError CAPSULE_WITHOUT_CONFIG, SECRET_MISSING, STAGE_IMPORT_FAILED, STAGE_UNKNOWN
 */
export async function replayedStage(
  context: CommandContext,
  capsule: Capsule,
  place: StagePlace,
): Promise<ReplayedStage> {
  const { cwd } = context;
  if (place.uses !== undefined) {
    const stageClass = await importStage(place.uses, cwd);
    const params = filledParams(context, capsule);
    return { stageClass, stage: undefined, params, from: place.uses };
  }
  const file = configOf(capsule, place.config, cwd);
  const stage = stageIn(await loadPipeline(context, capsule, { file, place }), capsule, file);
  return {
    stageClass: stage.blueprint.stageClass,
    stage,
    params: replayParamsOf(context, capsule, stage),
    from: shownPath(file, cwd),
  };
}

function configOf({ head }: Capsule, config: string | undefined, cwd: string): string {
  if (config !== undefined) return resolve(cwd, config);
  const named = head.config === undefined ? undefined : resolve(cwd, head.config);
  if (named !== undefined && existsSync(named)) return named;
  throw new MillraceError(
    'CAPSULE_WITHOUT_CONFIG',
    head.config === undefined
      ? `the capsule of stage ${JSON.stringify(head.stage)} names no config`
      : `the capsule of stage ${JSON.stringify(head.stage)} names the config ${head.config}, which is not in this folder`,
    {
      details: { config: head.config, stage: head.stage },
      help: `go to the folder that the run was started in, name the config with --config FILE, or the class alone with --uses FILE#Export (it was ${head.uses})`,
    },
  );
}

async function loadPipeline(
  context: CommandContext,
  { head }: Capsule,
  { file, place }: { readonly file: string; readonly place: StagePlace },
): Promise<LoadedPipeline> {
  const { pipeline, environment = '' } = head.startedWith;
  const stored = { environment, ...(pipeline === undefined ? {} : { pipeline }) };
  const options = await loadOptions(context, { file, flags: place, stored });
  const loaded = await tryLoadPipeline(options);
  if (!loaded.ok) {
    const { flags } = head.startedWith;
    const given = flags.length === 0 ? '' : `; the run was started with ${flags.join(' ')}`;
    const help = `with --uses FILE#Export no config is needed${given}`;
    throw await configRefused(loaded.problem, context.terminal, help);
  }
  await printWarnings(context.terminal, loaded.value);
  return loaded.value;
}

function stageIn({ pipeline }: LoadedPipeline, { head }: Capsule, file: string): BoundStage {
  const { graph, stages } = pipeline;
  const stage = stages[graph.indexById.get(head.stage) ?? -1];
  if (stage !== undefined) return stage;
  const { flags } = head.startedWith;
  const given = flags.length === 0 ? '' : `; the run was started with ${flags.join(' ')}`;
  throw new MillraceError(
    'STAGE_UNKNOWN',
    `${file} has no stage ${JSON.stringify(head.stage)} any more`,
    {
      details: { stage: head.stage, config: file },
      help: `${didYouMean(head.stage, graph.ids) ?? 'name its class with --uses FILE#Export'}${given}`,
    },
  );
}
