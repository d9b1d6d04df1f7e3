import type { PathSegment } from '@millrace/core';
import { MAX_BASES } from '../shape/config-schema.ts';
import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode, MapEntry } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';

/** A file that a config extends, as it is written. */
export interface BaseReference {
  readonly text: string;
  readonly at: Span;
  readonly path: readonly PathSegment[];
}

/** What `extends` names, in its order. What is no path is reported. */
export function baseReferences(
  entry: MapEntry | undefined,
  problems: Problems,
): readonly BaseReference[] {
  if (entry === undefined) return [];
  const { value } = entry;
  if (value.kind !== 'list') return reference(value, ['extends'], entry, problems);
  if (value.items.length > MAX_BASES) {
    problems.report({
      code: 'EXTENDS_INVALID',
      message: `\`extends\` names more files than ${MAX_BASES}`,
      at: entry.keySpan,
      path: ['extends'],
      got: describeNode(value),
      help: 'let one file extend the others',
    });
    return [];
  }
  return value.items.flatMap((item, index) =>
    reference(item, ['extends', index], { keySpan: item.span }, problems),
  );
}

function reference(
  node: ConfigNode,
  path: readonly PathSegment[],
  { keySpan }: Pick<MapEntry, 'keySpan'>,
  problems: Problems,
): BaseReference[] {
  const isText = node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
  if (isText && !String(node.value).includes('${'))
    return [{ text: String(node.value), at: node.span, path }];
  problems.report({
    code: 'EXTENDS_INVALID',
    message: isText
      ? '`extends` is read before placeholders are filled in, and cannot hold one'
      : '`extends` must be the path of a file, or a list of paths',
    at: node.kind === 'scalar' && node.value === null ? keySpan : node.span,
    path,
    got: describeNode(node),
    expected: './base.yaml',
    help: isText ? 'for values that differ from place to place use `environments`' : undefined,
  });
  return [];
}
