import {
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../../tree/config-node.ts';
import { sharedGiven } from '../inner/given-params.ts';
import type { PlannedPipeline } from '../scope.ts';

/**
 * What the caller gives for params that all pipelines of a file share, as a stage would hand it to its
 * pipeline: read from its file alone, that pipeline knows nothing of the call.
 */
export function givenInside({ inner, entry }: PlannedPipeline): MapNode | undefined {
  const { span } = entry.value;
  const own = inner.trail.at(-1);
  const params = own === undefined ? new Map<string, MapEntry>() : sharedGiven(own.name, own.home);
  const stages = new Map<string, MapEntry>();
  for (const planned of inner.planned) {
    const value = planned.kind === 'pipeline' ? givenInside(planned) : undefined;
    if (value !== undefined)
      stages.set(planned.id.slice(inner.prefix.length), { keySpan: value.span, value });
  }
  let given = mapNode(new Map(), span);
  // What a stage of that file gives its pipeline itself wins over what the caller gives for all.
  const free = [...params].filter(([name]) => !isGiven(entry, name));
  if (free.length > 0) given = withEntry(given, 'params', mapNode(new Map(free), span));
  if (stages.size > 0) given = withEntry(given, 'stages', mapNode(stages, span));
  return given.entries.size === 0 ? undefined : given;
}

function isGiven({ value }: MapEntry, name: string): boolean {
  return childOf(childOf(value, 'params'), name) !== undefined;
}
