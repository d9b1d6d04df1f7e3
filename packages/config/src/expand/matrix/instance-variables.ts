import { PARAM_NAME } from '../../interpolate/template.ts';
import type { ConfigNode } from '../../tree/config-node.ts';
import type { Combination, ExpansionKind } from './combination.ts';

/** Parts of values that have names of their own; a larger value can only be taken whole. */
const MAX_PARTS = 100;

/**
 * What the placeholders of one instance may name beside params: `matrix.window`, and for a value that is
 * a map its parts as well, `matrix.grid.window`.
 */
export function instanceVariables(
  kind: ExpansionKind,
  { values }: Combination,
): ReadonlyMap<string, ConfigNode> {
  const variables = new Map<string, ConfigNode>();
  const waiting: [name: string, value: ConfigNode][] = [];
  for (const [name, value] of values) waiting.push([`${kind}.${name}`, value]);
  for (const [name, value] of waiting) {
    variables.set(name, value);
    if (value.kind !== 'map' || waiting.length > MAX_PARTS) continue;
    for (const [key, inner] of value.entries) {
      const part = `${name}.${key}`;
      if (PARAM_NAME.test(part)) waiting.push([part, inner.value]);
    }
  }
  return variables;
}
