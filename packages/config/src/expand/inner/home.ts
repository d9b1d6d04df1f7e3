import type { LayeredConfig } from '../../layers/read-layers.ts';
import { realFile } from '../../layers/resolve-base.ts';
import { pipelineNames } from '../../shape/choose-pipeline.ts';
import type { MapEntry, MapNode } from '../../tree/config-node.ts';
import { givenParams } from './given-params.ts';

/** A config that pipelines are taken from: the one that is loaded, or one that a stage names. */
export interface Home extends LayeredConfig {
  /** As it is reached, for what is written in it. */
  readonly file: string;
  /** The same file has the same one, however it is reached. */
  readonly real: string;
  /** What the caller gives for params that all its pipelines share. */
  readonly given: ReadonlyMap<string, MapEntry>;
}

interface HomeRequest {
  /** Absolute path of the config that is loaded. */
  readonly file: string;
  readonly layers: LayeredConfig;
  /** The pipeline that was asked for. */
  readonly wanted: string | undefined;
  /** It, without and with what the caller gives. */
  readonly pipeline: MapNode;
  readonly overridden: MapNode;
}

/** The config that is loaded, and the name of the chosen pipeline where the file has several. */
export async function homeOf({
  file,
  layers,
  wanted,
  pipeline,
  overridden,
}: HomeRequest): Promise<{ readonly home: Home; readonly name: string | undefined }> {
  const { root } = layers;
  const names = pipelineNames(root);
  const name = names.length === 0 ? undefined : (wanted ?? names[0]);
  const given = givenParams({ root, name, pipeline, overridden });
  return { home: { ...layers, file, real: (await realFile(file)) ?? file, given }, name };
}
