import type { Diagnostic } from '@millrace/core';
import { locationOf } from '../source/config-source.ts';
import type { MapNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { sourcePlaces } from './source-places.ts';

/**
 * A diagnostic of a value that is a param points at the placeholder; where the param got the value is
 * told beside it, since that is what has to be corrected.
 */
export function withValuePlace(diagnostic: Diagnostic, tree: MapNode): Diagnostic {
  const node = nodeAt(tree, diagnostic.path);
  const places = node && sourcePlaces(node);
  if (places === undefined) return diagnostic;
  const set = places.map(({ message, at, path }) => ({
    message,
    path: path ?? [],
    at: locationOf(at),
  }));
  return { ...diagnostic, related: [...set, ...(diagnostic.related ?? [])] };
}
