import type { PathSegment, RelatedPlace } from '@millrace/core';
import { locationOf } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { spanAt } from '../tree/locate.ts';

/** At most so many other stages of the same faulty `uses` are listed. */
const MAX_RELATED = 3;

/** Other places that name the same class, of which a fault was told once. */
export function usedAsWell(
  paths: readonly (readonly PathSegment[])[],
  root: ConfigNode,
): RelatedPlace[] {
  return paths.slice(0, MAX_RELATED).map((path) => ({
    message: 'used here as well',
    path,
    at: locationOf(spanAt(root, path)),
  }));
}
