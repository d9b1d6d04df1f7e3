import type { Span } from '../source/config-source.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import { childOf, type MapNode } from '../tree/config-node.ts';

/** Whether the config declares a param that somebody gives; reported where it is given otherwise. */
export function isDeclaredParam(
  pipeline: MapNode,
  { name, at }: { readonly name: string; readonly at: Span },
  problems: Problems,
): boolean {
  const params = childOf(pipeline, 'params');
  const known = params?.kind === 'map' ? params.entries : new Map<string, never>();
  if (known.has(name)) return true;
  problems.report({
    code: 'PARAM_UNKNOWN',
    message: `the config declares no param ${JSON.stringify(name)}`,
    at,
    path: ['params', name],
    expected: oneOf(known.keys()),
    help: problems.suggest(name, known.keys()) ?? 'declare it under `params:`',
  });
  return false;
}
