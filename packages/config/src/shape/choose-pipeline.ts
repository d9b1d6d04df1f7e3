import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import { type ConfigNode, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { replacing } from '../tree/replacing.ts';
import { LAYER_FIELDS } from './config-schema.ts';

/** What the pipelines of one file share; a pipeline's own value wins. */
export const SHARED_FIELDS: readonly string[] = [
  'store',
  'params',
  'logging',
  'concurrency',
  'durability',
  'failureMode',
  'onFailure',
  'limits',
];

/** The names under `pipelines:`; none for a file that is one pipeline itself. */
export function pipelineNames(root: MapNode): readonly string[] {
  const section = root.entries.get('pipelines')?.value;
  return section?.kind === 'map' ? [...section.entries.keys()] : [];
}

/** The map of one pipeline, with what its file shares. Undefined when something was reported. */
export function choosePipeline(
  root: MapNode,
  wanted: string | undefined,
  problems: Problems,
): MapNode | undefined {
  const section = root.entries.get('pipelines');
  if (section === undefined) return chooseOnly(root, wanted, problems);
  const ownStages = root.entries.get('stages');
  if (ownStages !== undefined) {
    problems.report({
      code: 'PIPELINES_AND_STAGES',
      message: 'a file has either `stages` or `pipelines`, not both',
      at: ownStages.keySpan,
      path: ['stages'],
      help: 'move these stages into a pipeline of their own',
      related: [{ message: 'the pipelines', at: section.keySpan, path: ['pipelines'] }],
    });
    return undefined;
  }
  refuseUnshared(root, problems);
  if (section.value.kind !== 'map' || section.value.entries.size === 0) {
    problems.report({
      code: 'PIPELINES_WRONG_TYPE',
      message: '`pipelines` must be a map from names to pipelines',
      at: section.value.span,
      path: ['pipelines'],
      got: describeNode(section.value),
    });
    return undefined;
  }
  const name = wanted ?? onlyName(section.value, problems);
  const chosen = name === undefined ? undefined : findPipeline(section.value, name, problems);
  return chosen === undefined || name === undefined
    ? undefined
    : merge(root, chosen, name, problems);
}

function chooseOnly(
  root: MapNode,
  wanted: string | undefined,
  problems: Problems,
): MapNode | undefined {
  if (wanted === undefined) return root;
  const name = root.entries.get('name')?.value;
  if (name?.kind === 'scalar' && name.value === wanted) return root;
  problems.report({
    code: 'PIPELINES_MISSING',
    message: `there is no pipeline ${JSON.stringify(wanted)}: the file has no \`pipelines\` section`,
    at: name?.span ?? root.span,
    help:
      name?.kind === 'scalar' && typeof name.value === 'string'
        ? `its only pipeline is ${JSON.stringify(name.value)}`
        : 'list pipelines by name under `pipelines:`',
  });
  return undefined;
}

function onlyName(section: MapNode, problems: Problems): string | undefined {
  const names = [...section.entries.keys()];
  if (names.length === 1) return names[0];
  problems.report({
    code: 'PIPELINE_NOT_CHOSEN',
    message: `the file has ${names.length} pipelines, and none was chosen`,
    at: section.span,
    path: ['pipelines'],
    expected: oneOf(names),
    help: `name the one to use: --pipeline ${names[0]}`,
  });
  return undefined;
}

function findPipeline(section: MapNode, name: string, problems: Problems): ConfigNode | undefined {
  const found = section.entries.get(name);
  if (found !== undefined) return found.value;
  const names = [...section.entries.keys()];
  problems.report({
    code: 'PIPELINE_UNKNOWN',
    message: `there is no pipeline ${JSON.stringify(name)}`,
    at: section.span,
    path: ['pipelines'],
    expected: oneOf(names),
    help: suggestName(name, names),
  });
  return undefined;
}

function refuseUnshared(root: MapNode, problems: Problems): void {
  for (const [key, { keySpan }] of root.entries) {
    if (key === 'pipelines' || SHARED_FIELDS.includes(key)) continue;
    const near = suggestName(key, ['pipelines', ...SHARED_FIELDS, ...LAYER_FIELDS]);
    problems.report({
      code: 'CONFIG_UNKNOWN_KEY',
      message: `${JSON.stringify(key)} cannot stand beside \`pipelines\``,
      at: keySpan,
      path: [key],
      expected: `one of pipelines, ${[...SHARED_FIELDS, ...LAYER_FIELDS].join(', ')}`,
      help: near ?? 'move it into a pipeline',
    });
  }
}

function merge(
  root: MapNode,
  chosen: ConfigNode,
  name: string,
  problems: Problems,
): MapNode | undefined {
  if (chosen.kind !== 'map') {
    problems.report({
      code: 'PIPELINES_WRONG_TYPE',
      message: `the pipeline ${JSON.stringify(name)} must be a map with \`stages\``,
      at: chosen.span,
      path: ['pipelines', name],
      got: describeNode(chosen),
    });
    return undefined;
  }
  const entries = new Map<string, MapEntry>();
  const nameKey = root.entries.get('pipelines')?.value;
  const keySpan =
    (nameKey?.kind === 'map' ? nameKey.entries.get(name)?.keySpan : undefined) ?? chosen.span;
  entries.set('name', { keySpan, value: { kind: 'scalar', value: name, span: keySpan } });
  for (const [key, entry] of root.entries) if (SHARED_FIELDS.includes(key)) entries.set(key, entry);
  for (const [key, entry] of chosen.entries) {
    const shared = entries.get(key)?.value;
    const both = key === 'params' && shared?.kind === 'map' && entry.value.kind === 'map';
    const value = both ? paramsOver(shared, entry.value) : replacing(entry.value, shared);
    entries.set(key, { keySpan: entry.keySpan, value });
  }
  // Keys are blamed on the pipeline's own line.
  return mapNode(entries, keySpan);
}

/** A param of one pipeline is another one than the shared param of its name, so it is replaced whole. */
function paramsOver(shared: MapNode, own: MapNode): MapNode {
  const params = new Map(shared.entries);
  for (const [name, { keySpan, value }] of own.entries)
    params.set(name, { keySpan, value: replacing(value, shared.entries.get(name)?.value) });
  return mapNode(params, own.span, own);
}
