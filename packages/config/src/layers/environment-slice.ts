import { pipelineNames, SHARED_FIELDS } from '../shape/choose-pipeline.ts';
import { childOf, type MapNode, mapNode } from '../tree/config-node.ts';
import { mergeMaps } from './merge-nodes.ts';

/**
 * What an environment says of one pipeline: what it says of all pipelines of the file, then of that one.
 * As an environment wins over the file, what it says of all wins over what the file says of one.
 * @param root the file
 * @param name of the pipeline, where the file has several
 */
export function environmentSlice(layer: MapNode, root: MapNode, name: string | undefined): MapNode {
  const isShared = root.entries.has('pipelines');
  const entries = new Map(
    [...layer.entries].filter(([key]) =>
      isShared ? SHARED_FIELDS.includes(key) : key !== 'pipelines',
    ),
  );
  const shared = mapNode(entries, layer.span, layer);
  if (!isShared) return shared;
  const key = name ?? onlyName(root);
  const own = key === undefined ? undefined : childOf(childOf(layer, 'pipelines'), key);
  return own?.kind === 'map' ? mergeMaps(shared, own, 'upper') : shared;
}

function onlyName(root: MapNode): string | undefined {
  const [name, ...others] = pipelineNames(root);
  return others.length === 0 ? name : undefined;
}
