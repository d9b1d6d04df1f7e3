import {
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../../tree/config-node.ts';
import { replacing } from '../../tree/replacing.ts';

/** A file, and what the caller gives for params that all its pipelines share. */
interface GivenForAll {
  readonly root: MapNode;
  readonly given: ReadonlyMap<string, MapEntry>;
}

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
  { root, given }: GivenForAll,
): MapNode {
  const params = childOf(pipeline, 'params');
  const shared = sharedGiven(name, { root, given });
  if (shared.size === 0 || params?.kind !== 'map') return pipeline;
  const entries = new Map(params.entries);
  for (const [param, { keySpan, value }] of shared)
    entries.set(param, { keySpan, value: replacing(value, params.entries.get(param)?.value) });
  return withEntry(pipeline, 'params', mapNode(entries, params.span, params));
}

/** Those that hold for one pipeline of the file. */
export function sharedGiven(
  name: string | undefined,
  { root, given }: GivenForAll,
): ReadonlyMap<string, MapEntry> {
  if (name === undefined) return new Map();
  return new Map([...given].filter(([param]) => isShared(root, name, param)));
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
