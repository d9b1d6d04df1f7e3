import { shownPath } from '../find/shown-path.ts';
import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { MapNode } from '../tree/config-node.ts';
import { toPlain } from '../tree/to-plain.ts';
import {
  type ChosenEnvironment,
  chooseEnvironment,
  wantedEnvironment,
} from './choose-environment.ts';
import { ConfigFiles, type ExtendedConfig } from './config-files.ts';
import { layerFileReader } from './read-layer-file.ts';
import { readParamsFiles } from './read-params-files.ts';

/** Everything that was read for one config, not yet laid over each other. */
export interface LayeredConfig extends ExtendedConfig {
  readonly environment: ChosenEnvironment | undefined;
  /** Maps of params, each later one over those before it. */
  readonly paramsFiles: readonly MapNode[];
}

export interface LayersRequest {
  /** Absolute path of the config. */
  readonly file: string;
  /** Absolute; files are shown relative to it. */
  readonly folder: string;
  readonly maxBytes?: number | undefined;
  /** The environment that the caller names; undefined: that of the variable. */
  readonly environment: string | undefined;
  readonly paramsFiles?: readonly string[] | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears of each text that places may lie in. */
  readonly remember: (source: ConfigSource) => void;
}

/**
 * Reads a config, what it extends, its environment and files of params. Undefined when a part of it
 * cannot be read, so that whatever is missing in the rest proves nothing.
 */
export async function readLayers(
  { file, folder, maxBytes, env, remember, ...given }: LayersRequest,
  problems: Problems,
): Promise<LayeredConfig | undefined> {
  const shown = (path: string): string => shownPath(path, folder);
  const reader = (params: Readonly<Record<string, unknown>>) =>
    layerFileReader({ folder, maxBytes, call: { env, params }, remember });
  const files = given.paramsFiles ?? [];
  const paramsFiles = await readParamsFiles({ files, folder, read: reader({}), shown }, problems);
  // A config that is a function gets the params of all layers above it, and so decides as the caller wants.
  const fromFiles = paramsFiles.flatMap((map) => Object.entries(toPlain(map) as object));
  const read = reader({ ...Object.fromEntries(fromFiles), ...given.params });
  const config = await new ConfigFiles({ file, read, shown, problems }).read();
  if (config?.isWhole !== true) return undefined;
  const wanted = wantedEnvironment(given.environment, env);
  if (wanted === undefined) return { ...config, environment: undefined, paramsFiles };
  remember(wanted.source);
  const sections = config.environments;
  const environment = await chooseEnvironment({ wanted, file, sections, read, shown }, problems);
  return environment && { ...config, environment, paramsFiles };
}
