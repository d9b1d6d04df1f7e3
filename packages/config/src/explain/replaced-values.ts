import { locationOf } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { chainOf } from '../tree/replacing.ts';
import type { ReplacedValue } from './explained-value.ts';
import { shownValue } from './shown-value.ts';

/** What a value replaced, the last one first. It was never filled in, so it holds no secrets. */
export function replacedValues(node: ConfigNode): readonly ReplacedValue[] {
  const [, ...replaced] = chainOf(node);
  return replaced.map(toReplaced);
}

export function toReplaced(node: ConfigNode): ReplacedValue {
  const { span } = node;
  return { value: shownValue(node), layer: span.source.layer, at: locationOf(span) };
}
