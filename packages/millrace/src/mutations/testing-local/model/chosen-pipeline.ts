import { problem, type Result, success } from '@millrace/core';
import { readReference } from '../text/reference-yaml.ts';
import { environmentFields, environmentStage, SHARED_FIELDS } from './config-rules.ts';
import {
  asLayer,
  environmentFile,
  type Files,
  hasLayerFields,
  type LayeredConfig,
} from './layered-config.ts';
import { merged } from './merge.ts';
import { isMap, mapOf, type PlainMap, textsIn, without } from './plain.ts';
import { patchedBy } from './stage-patches.ts';

/** Which of the pipelines of a config, in which environment. */
export interface Choice {
  readonly pipeline: string | undefined;
  readonly environment: string | undefined;
}

/** The names that only the caller asks for are not those that the config has. */
export const NOT_ASKED = 'what the caller asks for is not in the config';

/** One pipeline of a config with its environment over it; the problem is why there is none. */
export function chosenPipeline(
  config: LayeredConfig,
  { pipeline: name, environment }: Choice,
  files: Files,
): Result<PlainMap, string> {
  const fault = environmentsFault(config, environment);
  if (fault !== undefined) return problem(fault);
  const below = pipelineOf(config.root, name);
  if (!below.ok || environment === undefined) return below;
  const layer = environmentLayer(config, environment, files);
  if (!layer.ok) return layer;
  const slice = sliceOf(layer.value, config.root, name);
  const whole = merged(below.value, slice);
  const given = Object.keys(mapOf(slice.params));
  const unknown = given.filter((param) => !Object.hasOwn(mapOf(below.value.params), param));
  const rest = [...textsIn(without(whole, 'params')), ...textsIn(below.value.params)].join('\n');
  const unused = unknown.find((param) => !new RegExp(`\\b${param}\\b`).test(rest));
  return unused === undefined ? success(whole) : problem(`nothing uses the param ${unused}`);
}

/** A pipeline of a file with what the file says of all of them. */
export function pipelineOf(root: PlainMap, name: string | undefined): Result<PlainMap, string> {
  const { pipelines } = root;
  if (pipelines === undefined) return name === undefined ? success(root) : problem(NOT_ASKED);
  if (Object.hasOwn(root, 'stages')) return problem('stages beside pipelines');
  const odd = Object.keys(root).find((key) => key !== 'pipelines' && !SHARED_FIELDS.includes(key));
  if (odd !== undefined) return problem(`${odd} beside pipelines`);
  if (!isMap(pipelines)) return problem('pipelines are no map');
  const wanted = name ?? Object.keys(pipelines)[0] ?? '';
  if (!Object.hasOwn(pipelines, wanted)) return problem(NOT_ASKED);
  const own = pipelines[wanted];
  if (!isMap(own)) return problem(`the pipeline ${wanted} is no map`);
  const shared = without(root, 'pipelines');
  const params =
    isMap(shared.params) && isMap(own.params)
      ? { params: { ...shared.params, ...own.params } }
      : {};
  return success({ name: wanted, ...shared, ...own, ...params });
}

function environmentLayer(
  { file, environments }: LayeredConfig,
  environment: string,
  files: Files,
): Result<PlainMap, string> {
  const own = environments[environment];
  const text = files.get(environmentFile(file, environment));
  if (own === undefined && text === undefined) return problem(NOT_ASKED);
  if (text === undefined) return success(mapOf(own));
  const read = readReference(text);
  if (!read.ok) return problem(read.problem);
  if (!isMap(read.value.value)) return problem('no map');
  if (hasLayerFields(read.value.value)) return problem('an environment has layers');
  const beside = asLayer(read.value.value, file);
  return beside.ok ? success(merged(mapOf(own), beside.value)) : beside;
}

function sliceOf(layer: PlainMap, root: PlainMap, name: string | undefined): PlainMap {
  if (!Object.hasOwn(root, 'pipelines')) return layer;
  const own = mapOf(mapOf(layer.pipelines)[name ?? '']);
  return merged(without(layer, 'pipelines'), own);
}

/** Environments are read all, whichever is chosen: the one that is not will be tomorrow. */
function environmentsFault(
  { root, environments }: LayeredConfig,
  chosen: string | undefined,
): string | undefined {
  for (const [name, environment] of Object.entries(environments)) {
    const layer = mapOf(environment);
    const fault =
      keysFault(layer, root) ?? (name === chosen ? undefined : valuesFault(layer, root));
    if (fault !== undefined) return `environment ${name}: ${fault}`;
  }
  return undefined;
}

function keysFault(layer: PlainMap, root: PlainMap): string | undefined {
  const { pipelines } = layer;
  if (!Object.hasOwn(root, 'pipelines'))
    return pipelines === undefined ? undefined : 'has pipelines that the file has not';
  const odd = Object.keys(layer).find((key) => key !== 'pipelines' && !SHARED_FIELDS.includes(key));
  if (odd !== undefined) return `has ${odd} for all pipelines`;
  if (pipelines !== undefined && !isMap(pipelines)) return 'has pipelines that are no map';
  const unknown = Object.entries(mapOf(pipelines)).find(
    ([name, own]) => !isMap(own) || !Object.hasOwn(mapOf(root.pipelines), name),
  );
  return unknown && `has no pipeline ${unknown[0]}`;
}

function valuesFault(layer: PlainMap, below: PlainMap): string | undefined {
  const fault = environmentFields(without(layer, 'stages', 'pipelines'));
  if (fault !== undefined) return fault;
  const known = mapOf(below.stages);
  for (const [id, stage] of Object.entries(mapOf(layer.stages))) {
    const isKnown = Object.hasOwn(known, id) || patchedBy(id, known) !== undefined;
    const isWhole =
      isMap(stage) && (Object.hasOwn(stage, 'uses') || Object.hasOwn(stage, 'pipeline'));
    const wrong = isKnown || isWhole ? environmentStage(stage) : 'is no stage below';
    if (wrong !== undefined) return `stage ${id} ${wrong}`;
  }
  for (const [name, own] of Object.entries(mapOf(layer.pipelines))) {
    const inner = valuesFault(mapOf(own), mapOf(mapOf(below.pipelines)[name]));
    if (inner !== undefined) return inner;
  }
  return undefined;
}
