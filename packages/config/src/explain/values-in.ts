import type { PathSegment } from '@millrace/core';
import type { ConfigNode } from '../tree/config-node.ts';

export interface PlacedValue {
  readonly path: readonly PathSegment[];
  readonly node: ConfigNode;
}

/** The values of a tree: what is no map, lists as a whole, and maps that are empty or one secret. */
export function valuesIn(
  node: ConfigNode | undefined,
  path: readonly PathSegment[],
): readonly PlacedValue[] {
  const values: PlacedValue[] = [];
  const visit = (here: ConfigNode, at: readonly PathSegment[]): void => {
    if (here.kind !== 'map' || here.redacted !== undefined || here.entries.size === 0)
      values.push({ path: at, node: here });
    else for (const [key, { value }] of here.entries) visit(value, [...at, key]);
  };
  if (node !== undefined) visit(node, path);
  return values;
}
