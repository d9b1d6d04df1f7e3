import { type Diagnostic, formatPath } from '@millrace/core';
import { locationOf } from '../source/config-source.ts';
import { type ConfigNode, childOf, type MapNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { parseTemplate } from './template.ts';

/**
 * A diagnostic of a value that is a param points at the placeholder; where the param got the value is
 * told beside it, since that is what has to be corrected.
 */
export function withValuePlace(diagnostic: Diagnostic, tree: MapNode): Diagnostic {
  const node = nodeAt(tree, diagnostic.path);
  const origin = node && originOf(node, tree);
  if (origin === undefined) return diagnostic;
  const path = ['params', origin.name];
  const place = {
    message: `${formatPath(path)} is set here`,
    path,
    at: locationOf(origin.value.span),
  };
  return { ...diagnostic, related: [place, ...(diagnostic.related ?? [])] };
}

interface ParamValue {
  readonly name: string;
  readonly value: ConfigNode;
}

/** The param that a value is, or the one that this param is in turn. */
function originOf(node: ConfigNode, tree: MapNode): ParamValue | undefined {
  let origin: ParamValue | undefined;
  for (let here: ConfigNode | undefined = node; here?.raw !== undefined; here = origin?.value) {
    const template = parseTemplate(here.raw);
    const [only, ...others] = template.ok ? template.value : [];
    if (only?.kind !== 'param' || others.length > 0) break;
    const value = childOf(childOf(tree, 'params'), only.name);
    if (value === undefined) break;
    origin = { name: only.name, value };
  }
  return origin;
}
