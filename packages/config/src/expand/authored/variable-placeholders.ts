import { parseTemplate } from '../../interpolate/template.ts';
import { type ConfigNode, childOf, type MapNode } from '../../tree/config-node.ts';
import type { ExpansionKind } from '../matrix/combination.ts';

/**
 * Values for the variables that a repeated stage names, each of which is shown as its placeholder: what
 * else stands in the stage can then be filled in as for one instance.
 */
export function variablePlaceholders(
  kind: ExpansionKind,
  written: ConfigNode,
): ReadonlyMap<string, ConfigNode> {
  const found = new Map<string, ConfigNode>();
  const { span } = written;
  for (const { source, name } of paramsNamedIn(written))
    if (name.startsWith(`${kind}.`))
      found.set(name, { kind: 'scalar', value: '', redacted: source, span });
  return found;
}

/** Undefined for a stage that stands for itself. */
export function expansionKindOf(body: MapNode): ExpansionKind | undefined {
  if (childOf(body, 'matrix') !== undefined) return 'matrix';
  return childOf(body, 'foreach') === undefined ? undefined : 'foreach';
}

function* paramsNamedIn(node: ConfigNode): Generator<{ source: string; name: string }> {
  if (node.kind === 'list') for (const item of node.items) yield* paramsNamedIn(item);
  else if (node.kind === 'map')
    for (const { value } of node.entries.values()) yield* paramsNamedIn(value);
  else if (typeof node.value === 'string' && node.value.includes('${')) {
    const template = parseTemplate(node.value);
    for (const part of template.ok ? template.value : []) if (part.kind === 'param') yield part;
  }
}
