import { formatPath, type PathSegment } from '@millrace/core';
import type { ConfigNode } from '../tree/config-node.ts';

export interface SecretPlace {
  readonly path: readonly PathSegment[];
  readonly node: ConfigNode;
  /** The value with each secret as its placeholder: `Bearer ${secret:TOKEN}`. */
  readonly text: string;
}

/** Every value that is made of secrets, wholly or in part; of a list or map that is one, the whole. */
export function* secretPlacesIn(
  node: ConfigNode,
  path: readonly PathSegment[] = [],
): Generator<SecretPlace> {
  if (node.redacted !== undefined) yield { path, node, text: node.redacted };
  else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* secretPlacesIn(item, [...path, index]);
  } else if (node.kind === 'map') {
    for (const [key, { value }] of node.entries) yield* secretPlacesIn(value, [...path, key]);
  }
}

/** The texts that stand for secrets, by path: `stages.score.with.token`. */
export function secretTexts(places: Iterable<SecretPlace>): ReadonlyMap<string, string> {
  return new Map(Array.from(places, ({ path, text }) => [formatPath(path), text]));
}
