import {
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../../tree/config-node.ts';
import { replacing } from '../../tree/replacing.ts';

interface GivenRequest {
  /** The file, with its shared params. */
  readonly root: MapNode;
  /** The name of the pipeline in the file; undefined for a file that is one pipeline. */
  readonly name: string | undefined;
  /** The pipeline without and with what the caller gives. */
  readonly pipeline: MapNode;
  readonly overridden: MapNode;
}

/**
 * What a caller gives for params that all pipelines of a file share. It holds for the pipelines that
 * stages name as well, or `--param day=...` would reach only a part of the config.
 */
export function givenParams(request: GivenRequest): ReadonlyMap<string, MapEntry> {
  const { root, name, pipeline, overridden } = request;
  const given = new Map<string, MapEntry>();
  if (name === undefined) return given;
  const before = paramsOf(pipeline);
  for (const [param, entry] of paramsOf(overridden)) {
    if (isShared(root, name, param) && before.get(param)?.value !== entry.value)
      given.set(param, entry);
  }
  return given;
}

/** A pipeline of the same file with them; a param of its own is another one. */
export function withGivenParams(
  pipeline: MapNode,
  name: string | undefined,
  { root, given }: { readonly root: MapNode; readonly given: ReadonlyMap<string, MapEntry> },
): MapNode {
  const params = childOf(pipeline, 'params');
  if (given.size === 0 || name === undefined || params?.kind !== 'map') return pipeline;
  const entries = new Map(params.entries);
  for (const [param, { keySpan, value }] of given) {
    if (isShared(root, name, param))
      entries.set(param, { keySpan, value: replacing(value, params.entries.get(param)?.value) });
  }
  return withEntry(pipeline, 'params', mapNode(entries, params.span, params));
}

function isShared(root: MapNode, name: string, param: string): boolean {
  const own = childOf(childOf(root, 'pipelines'), name);
  return (
    childOf(childOf(root, 'params'), param) !== undefined &&
    childOf(childOf(own, 'params'), param) === undefined
  );
}

function paramsOf(pipeline: MapNode): ReadonlyMap<string, MapEntry> {
  const params = childOf(pipeline, 'params');
  return params?.kind === 'map' ? params.entries : new Map();
}
