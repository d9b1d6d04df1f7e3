import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Diagnostic } from '@millrace/core';
import { configFormat, KNOWN_EXTENSIONS } from '../parse/config-format.ts';
import { Problems } from '../source/problems.ts';
import type { MapNode } from '../tree/config-node.ts';
import { nearFile } from '../uses/near-files.ts';
import type { ReadLayerFile } from './read-layer-file.ts';

interface ParamsRequest {
  /** Relative to `folder`. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly read: ReadLayerFile;
  /** A path as people see it. */
  readonly shown: (file: string) => string;
}

const DATA_ENDINGS = KNOWN_EXTENSIONS.filter((ending) => configFormat(`x${ending}`) !== 'module');

/** Reads files of params, each a map from names to values. What cannot be read is reported and left out. */
export async function readParamsFiles(
  request: ParamsRequest,
  problems: Problems,
): Promise<readonly MapNode[]> {
  const maps: MapNode[] = [];
  for (const written of request.files) {
    const map = await readParams(written, request, problems);
    if (map !== undefined) maps.push(map);
  }
  return maps;
}

async function readParams(
  written: string,
  { folder, read, shown }: ParamsRequest,
  problems: Problems,
): Promise<MapNode | undefined> {
  const file = resolve(folder, written);
  if (!(await exists(file))) {
    const near = await nearFile(isAbsolute(written) ? shown(file) : written, file);
    problems.report({
      code: 'PARAMS_FILE_MISSING',
      message: `there is no params file ${shown(file)}`,
      help: near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
    });
    return undefined;
  }
  if (configFormat(file) === 'module') {
    problems.report({
      code: 'PARAMS_FILE_INVALID',
      message: `${shown(file)} is a program, and a params file is data`,
      help: 'write the params as YAML or JSON',
    });
    return undefined;
  }
  const own = new Problems();
  const map = await read({ file, layer: 'params-file' }, own);
  for (const diagnostic of own.sorted()) {
    const told = inWordsOfParams(diagnostic, shown(file));
    if (told !== undefined) problems.add(told);
  }
  return map;
}

/** A params file is read like a config, but is none. */
function inWordsOfParams(diagnostic: Diagnostic, name: string): Diagnostic | undefined {
  switch (diagnostic.code) {
    case 'CONFIG_EMPTY':
      // A file without params says nothing, which is no fault.
      return undefined;
    case 'CONFIG_NOT_A_MAP':
      return {
        ...diagnostic,
        code: 'PARAMS_FILE_INVALID',
        message: `${name} is no map from params to values`,
      };
    case 'CONFIG_FORMAT':
      return {
        ...diagnostic,
        message: `${name} has an ending that no params file has`,
        expected: `one of ${DATA_ENDINGS.join(' ')}`,
      };
    default:
      return diagnostic;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}
