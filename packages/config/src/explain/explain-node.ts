import { formatPath, type PathSegment } from '@millrace/core';
import { locationOf } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { type ExplainContext, explainPlaceholders } from './explain-placeholders.ts';
import type { ExplainedValue } from './explained-value.ts';
import { replacedValues } from './replaced-values.ts';
import { shownValue } from './shown-value.ts';

/** How a value that is written came about. */
export function explainNode(
  node: ConfigNode,
  path: readonly PathSegment[],
  context: ExplainContext,
): ExplainedValue {
  return {
    kind: 'value',
    path: formatPath(path),
    value: shownValue(node),
    origin: { kind: 'written', layer: node.span.source.layer, at: locationOf(node.span) },
    ...(node.raw === undefined ? {} : { written: node.raw }),
    over: replacedValues(node),
    placeholders: explainPlaceholders(node, context),
  };
}
