import { formatPath, type PathSegment } from '@millrace/core';
import { isPatchId } from '../expand/stage-patches.ts';
import { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import {
  type ConfigNode,
  childOf,
  listNode,
  type MapNode,
  mapNode,
  withEntry,
} from '../tree/config-node.ts';
import { parsePath } from '../tree/config-path.ts';
import { describeNode } from '../tree/describe-node.ts';
import { fromValue } from '../tree/from-value.ts';
import { replacing } from '../tree/replacing.ts';
import { LAYER_FIELDS } from './config-schema.ts';
import { isDeclaredParam } from './declared-param.ts';

export interface Overrides {
  /** Params by name; each must be declared in the config. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Values by path: `stages.score.with.window`, ids with dots in quotes. */
  readonly set?: Readonly<Record<string, unknown>> | undefined;
}

export interface OverriddenPipeline {
  readonly pipeline: MapNode;
  /** The layers that the overrides make up, for code frames. */
  readonly sources: readonly ConfigSource[];
}

/** Puts the caller's values over those of the file; each remembers the override that it came from. */
export function applyOverrides(
  pipeline: MapNode,
  overrides: Overrides,
  problems: Problems,
): OverriddenPipeline {
  const sources: ConfigSource[] = [];
  let overridden = pipeline;
  for (const [name, value] of Object.entries(overrides.params ?? {})) {
    if (value === undefined) continue;
    const source = overrideSource(`--param ${name}`, value);
    sources.push(source);
    if (!isDeclaredParam(overridden, { name, at: source.span(0) }, problems)) continue;
    overridden = put(overridden, { path: ['params', name], value, source }, problems);
  }
  for (const [text, value] of Object.entries(overrides.set ?? {})) {
    if (value === undefined) continue;
    const source = overrideSource(`--set ${text}`, value);
    sources.push(source);
    const path = parsePath(text);
    if (path.ok) {
      if (
        isBelowLayers(path.value, source, problems) &&
        isKnownStage(overridden, path.value, source, problems)
      ) {
        overridden = put(overridden, { path: path.value, value, source }, problems);
      }
    } else {
      problems.report({
        code: 'SET_PATH',
        message: `the path ${JSON.stringify(text)} ${path.problem}`,
        at: source.span(0),
        expected: 'a path such as stages.score.with.window, or stages."my.id".timeout',
      });
    }
  }
  return { pipeline: overridden, sources };
}

interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly source: ConfigSource;
}

function put(pipeline: MapNode, { path, value, source }: Override, problems: Problems): MapNode {
  const node = fromValue(value, { at: source.span(0, source.text.length), path, problems });
  if (node === undefined) return pipeline;
  const changed = putAt(pipeline, path, node);
  if ('blocked' in changed) {
    const { blocked, depth } = changed;
    problems.report({
      code: 'SET_PATH',
      message: `${formatPath(path)} cannot be set: ${formatPath(path.slice(0, depth))} has no ${JSON.stringify(path[depth])}`,
      at: source.span(0),
      path,
      got: describeNode(blocked),
    });
    return pipeline;
  }
  return changed.kind === 'map' ? changed : pipeline;
}

interface Blocked {
  readonly blocked: ConfigNode;
  /** How many parts of the path lead to it. */
  readonly depth: number;
}

/** Copies only the maps and lists along the path; maps that are missing are made. */
function putAt(
  here: ConfigNode | undefined,
  path: readonly string[],
  value: ConfigNode,
  depth = 0,
): ConfigNode | Blocked {
  const key = path[depth];
  if (key === undefined) return replacing(value, here);
  if (here === undefined || (here.kind === 'scalar' && here.value === null)) {
    return putAt(mapNode(new Map(), value.span), path, value, depth);
  }
  if (here.kind === 'map') {
    const inner = putAt(here.entries.get(key)?.value, path, value, depth + 1);
    return 'blocked' in inner ? inner : withEntry(here, key, inner);
  }
  const index = /^\d+$/.test(key) ? Number(key) : -1;
  const item = here.kind === 'list' ? here.items[index] : undefined;
  if (here.kind !== 'list' || item === undefined) return { blocked: here, depth };
  const inner = putAt(item, path, value, depth + 1);
  return 'blocked' in inner ? inner : listNode(here.items.with(index, inner), here.span, here);
}

/** Flags are laid over whatever the layers make, so they come too late to say how layers come together. */
function isBelowLayers(
  path: readonly PathSegment[],
  source: ConfigSource,
  problems: Problems,
): boolean {
  const [section] = path;
  if (!LAYER_FIELDS.includes(String(section))) return true;
  problems.report({
    code: 'SET_PATH',
    message: `\`${section}\` cannot be set from outside`,
    at: source.span(0),
    path,
    help: section === 'environments' ? 'choose one: --env NAME' : 'write it into the file',
  });
  return false;
}

/** A typing slip in an id would otherwise make a new stage without `uses`. */
function isKnownStage(
  pipeline: MapNode,
  path: readonly PathSegment[],
  source: ConfigSource,
  problems: Problems,
): boolean {
  const [section, id] = path;
  if (section !== 'stages' || id === undefined) return true;
  const stages = childOf(pipeline, 'stages');
  const known = stages?.kind === 'map' ? [...stages.entries.keys()] : [];
  if (known.includes(String(id))) return true;
  if (stages?.kind === 'map' && isPatchId(String(id), stages)) return true;
  problems.report({
    code: 'SET_STAGE_UNKNOWN',
    message: `there is no stage ${JSON.stringify(id)} to set a value of`,
    at: source.span(0),
    path,
    help: suggestName(String(id), known) ?? 'put an id with dots in quotes',
  });
  return false;
}

const LONGEST_SHOWN = 120;

/** Named like the flag as it is typed; what is no plain data cannot be typed, and is reported later. */
function overrideSource(flag: string, value: unknown): ConfigSource {
  const text = writtenValue(value);
  const shown = text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 3)}...`;
  const isTyped = shown !== '' || typeof value === 'string';
  return new ConfigSource('override', isTyped ? `${flag}=${shown}` : flag, text);
}

function writtenValue(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
