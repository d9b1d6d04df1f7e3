import { shownPath } from '../find/shown-path.ts';
import type { ConfigLayer } from '../layers/config-layer.ts';
import { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { readSource } from '../source/read-source.ts';
import { type ConfigNode, childOf, type MapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { configFormat, isPackageJson, KNOWN_EXTENSIONS, type TextFormat } from './config-format.ts';
import { type ModuleCall, readModule } from './module-reader.ts';
import { readJson, readJson5, readJsonc } from './read-json.ts';
import { readToml } from './toml-reader.ts';
import { readYaml } from './yaml-reader.ts';

export interface ParsedConfig {
  readonly source: ConfigSource;
  /** Undefined when something was reported. */
  readonly root: MapNode | undefined;
}

interface ParseRequest {
  readonly file: string;
  /** Files are shown relative to it. */
  readonly folder: string;
  readonly maxBytes?: number | undefined;
  /** What its values are to the config. Default `file`. */
  readonly layer?: ConfigLayer;
  /** What a config that is a function is called with. */
  readonly call: ModuleCall;
}

const READERS: Readonly<
  Record<TextFormat, (source: ConfigSource, problems: Problems) => ConfigNode | undefined>
> = { yaml: readYaml, json: readJson, jsonc: readJsonc, json5: readJson5, toml: readToml };

/** Reads a config file of any format into a tree. Only a JS or TS config is executed by this. */
export async function parseConfig(
  request: ParseRequest,
  problems: Problems,
): Promise<ParsedConfig> {
  const { file, folder, layer = 'file' } = request;
  const name = shownPath(file, folder);
  const format = configFormat(file);
  if (format === undefined) {
    problems.report({
      code: 'CONFIG_FORMAT',
      message: `${name} has an ending that no config has`,
      expected: `one of ${KNOWN_EXTENSIONS.join(' ')}`,
    });
    return { source: new ConfigSource('file', name), root: undefined };
  }
  if (format === 'module') {
    const source = new ConfigSource('module', name).in(layer);
    const root = await readModule({ ...request, source }, problems);
    return { source, root: root === undefined ? undefined : asMap(root, source, problems) };
  }
  const errorsBefore = problems.errorCount;
  const source = (await readSource({ file, name, maxBytes: request.maxBytes }, problems))?.in(
    layer,
  );
  if (source === undefined) return { source: new ConfigSource('file', name), root: undefined };
  if (problems.errorCount > errorsBefore) return { source, root: undefined };
  const whole = READERS[format](source, problems);
  const isUnreadable = whole === undefined && problems.errorCount > errorsBefore;
  if (isUnreadable || problems.hasRefusal) return { source, root: undefined };
  const root = isPackageJson(file) && whole !== undefined ? childOf(whole, 'millrace') : whole;
  return { source, root: asMap(root, source, problems) };
}

function asMap(
  root: ConfigNode | undefined,
  source: ConfigSource,
  problems: Problems,
): MapNode | undefined {
  if (root?.kind === 'map') return root;
  const isEmpty = root === undefined || (root.kind === 'scalar' && root.value === null);
  problems.report({
    code: isEmpty ? 'CONFIG_EMPTY' : 'CONFIG_NOT_A_MAP',
    message: isEmpty
      ? `${source.name} holds no config`
      : 'a config is a map with `name` and `stages`',
    at: root?.span ?? source.span(0),
    got: isEmpty ? undefined : describeNode(root),
    help: isEmpty ? 'start with `name: my-pipeline` and `stages:`' : undefined,
  });
  return undefined;
}
