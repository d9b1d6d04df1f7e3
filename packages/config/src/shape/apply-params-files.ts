import type { Problems } from '../source/problems.ts';
import { childOf, type MapNode, mapNode, withEntry } from '../tree/config-node.ts';
import { replacing } from '../tree/replacing.ts';
import { isDeclaredParam } from './declared-param.ts';

/** Puts the params of files over those of the config, each as a whole; later files win. */
export function applyParamsFiles(
  pipeline: MapNode,
  files: readonly MapNode[],
  problems: Problems,
): MapNode {
  const section = childOf(pipeline, 'params');
  const params = new Map(section?.kind === 'map' ? section.entries : []);
  for (const file of files) {
    for (const [name, entry] of file.entries) {
      if (!isDeclaredParam(pipeline, { name, at: entry.keySpan }, problems)) continue;
      const value = replacing(entry.value, params.get(name)?.value);
      params.set(name, { keySpan: entry.keySpan, value });
    }
  }
  return section?.kind === 'map' && files.length > 0
    ? withEntry(pipeline, 'params', mapNode(params, section.span, section))
    : pipeline;
}
