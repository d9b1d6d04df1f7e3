import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../tree/config-node.ts';

/**
 * Refuses params that only the environment gives and nothing mentions: slips of the pen, which would
 * leave the value that was meant as it is.
 * @param below the pipeline without the environment
 * @param pipeline with it
 */
export function refuseUnusedParams(
  environment: MapNode,
  { below, pipeline }: { readonly below: MapNode; readonly pipeline: MapNode },
  problems: Problems,
): void {
  const given = childOf(environment, 'params');
  if (given?.kind !== 'map') return;
  const declared = childOf(below, 'params');
  const known = declared?.kind === 'map' ? declared.entries : new Map<string, MapEntry>();
  // What is new says nothing of whether it is used.
  const rest = withEntry(pipeline, 'params', mapNode(known, given.span));
  const unknown = [...given.entries].filter(([name]) => !known.has(name));
  const mentioned = unknown.length === 0 ? new Set<string>() : mentionedNames(rest);
  for (const [name, { keySpan }] of unknown) {
    if (mentioned.has(name)) continue;
    problems.report({
      code: 'PARAM_UNKNOWN',
      message: `the config declares no param ${JSON.stringify(name)}, and nothing uses it`,
      at: keySpan,
      path: ['params', name],
      expected: oneOf(known.keys()),
      help: problems.suggest(name, known.keys()) ?? 'declare it under `params:`',
    });
  }
}

const NAME = /[\p{L}_][\p{L}\p{N}_.-]*/gu;

/**
 * Every name that stands in a text: of a placeholder, or in a condition, whose language is not known
 * here. Gathered once, since a hostile file may give many params.
 */
function mentionedNames(root: ConfigNode): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ConfigNode): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item);
    else if (node.kind === 'map') for (const { value } of node.entries.values()) visit(value);
    else if (typeof node.value === 'string') addNames(node.value, names);
  };
  visit(root);
  return names;
}

/** `params.mode-1` may mean `params.mode-1`, `mode-1` or `mode`. */
function addNames(text: string, names: Set<string>): void {
  for (const [name] of text.matchAll(NAME)) {
    names.add(name);
    names.add(name.slice(name.indexOf('.') + 1));
    for (const part of name.split(/[.-]/)) names.add(part);
  }
}
