import { type StagedPipeline, stagesAsMaps, stagesById } from '../shape/stages-by-id.ts';
import type { Problems } from '../source/problems.ts';
import type { MapNode } from '../tree/config-node.ts';
import { environmentSlice } from './environment-slice.ts';
import { mergeMaps } from './merge-nodes.ts';
import type { LayeredConfig } from './read-layers.ts';
import { refuseUnusedParams } from './refuse-unused-params.ts';

interface ComposeRequest {
  /** The pipeline as the file and its bases give it. */
  readonly chosen: MapNode;
  /** The one that was asked for, where the file has several. */
  readonly name: string | undefined;
  readonly layers: LayeredConfig;
}

/** One pipeline of a config with its environment laid over it. */
export function composePipeline(
  { chosen, name, layers }: ComposeRequest,
  problems: Problems,
): StagedPipeline {
  const { root, environment } = layers;
  if (environment === undefined) return stagesById(chosen, problems);
  const below = stagesAsMaps(chosen, problems);
  const slice = environmentSlice(environment.layer, root, name);
  const composed = stagesById(mergeMaps(below.pipeline, slice, 'lower'), problems);
  refuseUnusedParams(slice, { below: chosen, pipeline: composed.pipeline }, problems);
  return { ...composed, isComplete: composed.isComplete && below.isComplete };
}
