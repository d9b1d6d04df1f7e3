import { dirname, extname, join, resolve } from 'node:path';
import { problem, type Result, success } from '@millrace/core';
import { readReference } from '../text/reference-yaml.ts';
import { merged } from './merge.ts';
import { isList, isMap, isText, mapOf, type PlainMap, without } from './plain.ts';

/** Texts by absolute path. */
export type Files = ReadonlyMap<string, string>;

/** A config file over those that it extends, before an environment or a pipeline of it is chosen. */
export interface LayeredConfig {
  readonly file: string;
  readonly root: PlainMap;
  readonly environments: PlainMap;
}

/** Reads a config with what it extends; the problem is why it means nothing. */
export function layeredConfig(
  file: string,
  files: Files,
  trail: readonly string[] = [],
): Result<LayeredConfig, string> {
  const text = files.get(file);
  if (text === undefined) return problem(`${file} is not there`);
  if (trail.includes(file)) return problem(`${file} extends itself`);
  const read = readReference(text);
  if (!read.ok) return problem(read.problem);
  if (!isMap(read.value.value)) return problem('no map');
  const bases = basesOf(read.value.value);
  if (bases === undefined) return problem('extends no path');
  const own = ownLayer(read.value.value, file);
  if (!own.ok) return own;
  let layers: LayeredConfig = { file, root: {}, environments: {} };
  for (const path of bases) {
    const base = layeredConfig(resolve(dirname(file), path), files, [...trail, file]);
    if (!base.ok) return base;
    layers = over(layers, base.value);
  }
  return success({ ...over(layers, own.value), file });
}

function basesOf({ extends: bases }: PlainMap): readonly string[] | undefined {
  if (bases === undefined) return [];
  const all = isList(bases) ? bases : [bases];
  const isSound = all.every((one) => isText(one) && one !== '' && !one.includes('${'));
  return isSound ? all.map(String) : undefined;
}

function over(lower: LayeredConfig, upper: LayeredConfig): LayeredConfig {
  return {
    file: upper.file,
    root: merged(lower.root, upper.root),
    environments: merged(lower.environments, upper.environments),
  };
}

function ownLayer(root: PlainMap, file: string): Result<LayeredConfig, string> {
  const { environments = {} } = root;
  if (!isMap(environments)) return problem('environments are no map');
  const layer = asLayer(without(root, 'extends', 'environments'), file);
  if (!layer.ok) return layer;
  const read: Record<string, unknown> = {};
  for (const [name, values] of Object.entries(environments)) {
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(name)) return problem(`${name} is no environment`);
    if (values !== null && !isMap(values)) return problem(`the environment ${name} is no map`);
    if (hasLayerFields(mapOf(values))) return problem('an environment has layers');
    const environment = asLayer(mapOf(values), file);
    if (!environment.ok) return environment;
    read[name] = environment.value;
  }
  return success({ file, root: layer.value, environments: read });
}

export function hasLayerFields(layer: PlainMap): boolean {
  return Object.hasOwn(layer, 'extends') || Object.hasOwn(layer, 'environments');
}

/** With stages as maps by id, and paths that no longer depend on the file they stand in. */
export function asLayer(layer: PlainMap, file: string): Result<PlainMap, string> {
  let all = layer;
  if (isList(layer.stages)) {
    const byId = stagesById(layer.stages);
    if (!byId.ok) return byId;
    all = { ...all, stages: byId.value };
  }
  if (isMap(all.stages)) {
    const placed = Object.entries(all.stages).map(([id, stage]) => [id, placedStage(stage, file)]);
    all = { ...all, stages: Object.fromEntries(placed) };
  }
  if (!isMap(layer.pipelines)) return success(all);
  const pipelines: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(layer.pipelines)) {
    if (hasLayerFields(mapOf(inner))) return problem('a pipeline has layers');
    const read = isMap(inner) ? asLayer(inner, file) : success(inner);
    if (!read.ok) return read;
    pipelines[name] = read.value;
  }
  return success({ ...all, pipelines });
}

function stagesById(stages: readonly unknown[]): Result<PlainMap, string> {
  const byId: Record<string, unknown> = {};
  for (const stage of stages) {
    if (!isMap(stage)) return problem('a listed stage is no map');
    const { id, ...rest } = stage;
    if (!['string', 'number', 'boolean'].includes(typeof id))
      return problem('a listed stage has no id');
    if (Object.hasOwn(byId, String(id))) return problem(`the stage ${id} is there twice`);
    byId[String(id)] = rest;
  }
  return success(byId);
}

function placedStage(stage: unknown, file: string): unknown {
  if (!isMap(stage)) return stage;
  const placed: Record<string, unknown> = { ...stage };
  for (const key of ['uses', 'pipeline']) placed[key] = placedPath(placed[key], file);
  if (isList(stage.files)) placed.files = stage.files.map((path) => placedFile(path, file));
  if (isMap(stage.fallback) && isText(stage.fallback.uses))
    placed.fallback = { ...stage.fallback, uses: placedPath(stage.fallback.uses, file) };
  if (isMap(stage.stages))
    placed.stages = Object.fromEntries(
      Object.entries(stage.stages).map(([id, inner]) => [id, placedStage(inner, file)]),
    );
  return Object.fromEntries(Object.entries(placed).filter(([, value]) => value !== undefined));
}

function placedPath(path: unknown, file: string): unknown {
  const isFile =
    isText(path) && (/^\.{0,2}\//.test(path) || /^[^#]*\.(?:ya?ml|json)(?:#|$)/.test(path));
  return isFile ? resolve(dirname(file), path) : path;
}

function placedFile(path: unknown, file: string): unknown {
  return isText(path) && path !== '' ? resolve(dirname(file), path) : path;
}

/** The file of an environment beside a config: `pipeline.prod.yaml`. */
export function environmentFile(file: string, environment: string): string {
  const ending = extname(file);
  return join(
    dirname(file),
    `${file.slice(dirname(file).length + 1, -ending.length)}.${environment}${ending}`,
  );
}
