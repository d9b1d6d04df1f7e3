import type { Diagnostic, PathSegment, SourceLocation } from '@millrace/core';
import { locationOf, type Span } from '../source/config-source.ts';
import type { ConfigNode } from './config-node.ts';

/**
 * Where the value at `path` was written, or its key. For what is not there: the key of the nearest
 * value around it.
 */
export function spanAt(root: ConfigNode, path: readonly PathSegment[], pointsAtKey = false): Span {
  let here = root;
  let keySpan = root.span;
  for (const part of path) {
    if (here.kind === 'map') {
      const entry = here.entries.get(String(part));
      if (entry === undefined) return keySpan;
      keySpan = entry.keySpan;
      here = entry.value;
    } else {
      const item = here.kind === 'list' ? here.items[Number(part)] : undefined;
      if (item === undefined) return keySpan;
      keySpan = item.span;
      here = item;
    }
  }
  return pointsAtKey ? keySpan : here.span;
}

export function nodeAt(root: ConfigNode, path: readonly PathSegment[]): ConfigNode | undefined {
  let here: ConfigNode | undefined = root;
  for (const part of path) {
    if (here?.kind === 'map') here = here.entries.get(String(part))?.value;
    else if (here?.kind === 'list') here = here.items[Number(part)];
    else return undefined;
  }
  return here;
}

/**
 * Where the value at `path` was written, or the nearest value around it: for one that is a param or a variable,
 * where that was set. Undefined where there are no lines.
 */
export function placeOf(
  root: ConfigNode,
  path: readonly PathSegment[],
): SourceLocation | undefined {
  let node = nodeAt(root, path);
  while (node?.from !== undefined) node = node.from.value;
  const span = node?.span ?? spanAt(root, path);
  return span.source.kind === 'file' ? locationOf(span) : undefined;
}

/** Gives a diagnostic that knows its path in the definition the place in the file. */
export function withPlaces(diagnostic: Diagnostic, root: ConfigNode): Diagnostic {
  const { related } = diagnostic;
  return {
    ...diagnostic,
    at: diagnostic.at ?? locationOf(spanAt(root, diagnostic.path, diagnostic.pointsAtKey)),
    ...(related === undefined
      ? {}
      : {
          related: related.map((place) => ({
            ...place,
            at: place.at ?? locationOf(spanAt(root, place.path, place.path.length === 2)),
          })),
        }),
  };
}
