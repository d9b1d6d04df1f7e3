import type { Problem } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { isHanded } from './handed-name.ts';

/**
 * Where a value was given that a placeholder stands for, by way of other params too: that is what has to
 * be corrected when the value is wrong. Undefined for a value that stands for itself.
 */
export function sourcePlaces(node: ConfigNode): Problem['related'] {
  let name: string | undefined;
  let origin = node;
  for (let { from } = node; from !== undefined; from = from.value.from) {
    if (!isHanded(from.name)) name = from.name;
    origin = from.value;
  }
  if (name === undefined) return undefined;
  const isVariable = /^(?:matrix|foreach)\./.test(name);
  const message = `${isVariable ? name : `params.${name}`} is set here`;
  return [{ message, at: origin.span, path: isVariable ? [] : ['params', name] }];
}
