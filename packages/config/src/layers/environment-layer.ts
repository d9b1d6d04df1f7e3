import { formatPath } from '@millrace/core';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, type MapNode, mapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';

/** The values of an environment; one of which nothing is said is one all the same: `dev:`. */
export function environmentLayer(
  name: string,
  node: ConfigNode,
  problems: Problems,
): MapNode | undefined {
  if (node.kind === 'map') return node;
  if (node.kind === 'scalar' && node.value === null) return mapNode(new Map(), node.span);
  const path = ['environments', name];
  problems.report({
    code: 'CONFIG_TYPE',
    message: `${formatPath(path)} must be a map`,
    at: node.span,
    path,
    got: describeNode(node),
  });
  return undefined;
}
