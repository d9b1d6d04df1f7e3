import type { PathSegment } from '@millrace/core';
import type { ConfigNode, MapNode } from '../../tree/config-node.ts';

/** An entry of `include` or `exclude`. */
export interface MatrixChange {
  readonly values: ReadonlyMap<string, ConfigNode>;
  readonly node: MapNode;
  readonly path: readonly PathSegment[];
}
