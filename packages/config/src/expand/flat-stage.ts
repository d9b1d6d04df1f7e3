import {
  type ConfigNode,
  childOf,
  listNode,
  type MapEntry,
  type MapNode,
  mapNode,
} from '../tree/config-node.ts';
import type { KeySpace } from './keys/key-space.ts';
import type { PlannedStage } from './scope.ts';

/**
 * A planned stage as it stands in the one pipeline that the config comes to: its dependencies and the
 * keys that it names are those of the whole config.
 */
export function flatStage({ entry, scope }: PlannedStage, needs: ConfigNode | undefined): MapEntry {
  const { value } = entry;
  if (value.kind !== 'map') return entry;
  const changes = new Map<string, ConfigNode>();
  if (needs !== undefined && needs !== childOf(value, 'needs')) changes.set('needs', needs);
  if (scope.keys.prefix !== '') {
    for (const field of ['reads', 'writes']) {
      const renames = childOf(value, field);
      if (renames?.kind === 'map') changes.set(field, inWholeConfig(renames, scope.keys));
    }
  }
  if (scope.tags.length > 0) changes.set('tags', tagsOf(value, scope.tags));
  return changes.size === 0 ? entry : { ...entry, value: withChanges(value, changes, entry) };
}

/** What a stage has from around it stands under no key of its own. */
function withChanges(
  stage: MapNode,
  changes: ReadonlyMap<string, ConfigNode>,
  { keySpan: own }: MapEntry,
): MapNode {
  const entries = new Map(stage.entries);
  for (const [field, value] of changes) {
    const keySpan = stage.entries.get(field)?.keySpan ?? own;
    entries.set(field, { keySpan, value });
  }
  return mapNode(entries, stage.span, stage);
}

function inWholeConfig(renames: MapNode, keys: KeySpace): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const [name, entry] of renames.entries)
    entries.set(name, { ...entry, value: keyIn(entry.value, keys) });
  return mapNode(entries, renames.span, renames);
}

function keyIn(node: ConfigNode, keys: KeySpace): ConfigNode {
  if (node.kind === 'list') {
    const items = node.items.map((item) => keyIn(item, keys));
    return listNode(
      items.flatMap((item) => (item.kind === 'list' ? item.items : [item])),
      node.span,
      node,
    );
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const key = keys.keyOf(node.value);
  if (typeof key === 'string') return { ...node, value: key };
  return listNode(
    key.map((value) => ({ ...node, value })),
    node.span,
  );
}

/** Those of the stage itself first; a tag that both give counts once. */
function tagsOf(stage: MapNode, outer: readonly ConfigNode[]): ConfigNode {
  const own = childOf(stage, 'tags');
  if (own !== undefined && own.kind !== 'list') return own;
  const tags = new Map<unknown, ConfigNode>();
  for (const tag of [...(own?.items ?? []), ...outer]) {
    const value = tag.kind === 'scalar' ? tag.value : tag;
    if (!tags.has(value)) tags.set(value, tag);
  }
  return listNode([...tags.values()], own?.span ?? stage.span);
}
