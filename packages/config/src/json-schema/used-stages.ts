import { type ConfigNode, childOf, type MapNode, type ScalarNode } from '../tree/config-node.ts';
import { writtenText } from '../tree/written-text.ts';

/** A `uses` of a config, as it is written. */
export interface UsedStage {
  readonly uses: string;
  readonly node: ScalarNode;
  /** The params of its pipeline, for placeholders in it. */
  readonly params: readonly MapNode[];
  /** The stages that are of it; a fallback is none. */
  readonly ids: readonly string[];
}

export interface UsedStages {
  readonly used: readonly UsedStage[];
  /** The ids of all stages. */
  readonly ids: readonly string[];
}

/**
 * The stages that a config names, however wrong the rest of it is. A text that is written in two files
 * may mean two classes, and is listed for each.
 */
export function usedStages(root: MapNode, environments: ConfigNode | undefined): UsedStages {
  const used = new Map<string, Omit<UsedStage, 'ids'>>();
  const keysOfId = new Map<string, Set<string>>();
  const keyOf = (owner: ConfigNode | undefined, params: readonly MapNode[]): string[] => {
    const node = childOf(owner, 'uses');
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
    const key = JSON.stringify([node.span.source.name, node.value]);
    if (!used.has(key)) used.set(key, { uses: node.value, node, params });
    return [key];
  };
  for (const { stages, params } of pipelinesOf(root, environments)) {
    for (const { id, stage } of stagesOf(stages)) {
      const keys = keyOf(stage, params);
      keyOf(childOf(stage, 'fallback'), params);
      if (id !== undefined) keysOfId.set(id, new Set(keys).union(keysOfId.get(id) ?? new Set()));
    }
  }
  // Two pipelines may have stages of the same id and of two classes.
  const idsOfKey = Map.groupBy(keysOfId.keys(), (id) => onlyOne(keysOfId.get(id)));
  return {
    used: Array.from(used, ([key, stage]) => ({ ...stage, ids: idsOfKey.get(key) ?? [] })),
    ids: [...keysOfId.keys()],
  };
}

function onlyOne(keys: ReadonlySet<string> = new Set()): string | undefined {
  const [key] = keys;
  return keys.size === 1 ? key : undefined;
}

interface PipelineParts {
  readonly stages: ConfigNode | undefined;
  readonly params: readonly MapNode[];
}

function pipelinesOf(root: MapNode, environments: ConfigNode | undefined): PipelineParts[] {
  const pipelines = [root, ...valuesOf(childOf(root, 'pipelines')), ...valuesOf(environments)];
  return pipelines.map((pipeline) => ({
    stages: childOf(pipeline, 'stages'),
    params: [root, pipeline].flatMap((owner) => {
      const params = childOf(owner, 'params');
      return params?.kind === 'map' ? [params] : [];
    }),
  }));
}

function valuesOf(node: ConfigNode | undefined): ConfigNode[] {
  return node?.kind === 'map' ? Array.from(node.entries.values(), ({ value }) => value) : [];
}

function stagesOf(
  stages: ConfigNode | undefined,
): { readonly id: string | undefined; readonly stage: ConfigNode }[] {
  if (stages?.kind === 'map') {
    return Array.from(stages.entries, ([id, { value }]) => ({ id, stage: value }));
  }
  if (stages?.kind !== 'list') return [];
  return stages.items.map((stage) => {
    const id = childOf(stage, 'id');
    return { id: id === undefined ? undefined : writtenText(id), stage };
  });
}
