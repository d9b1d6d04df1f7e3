import { dirname, resolve } from 'node:path';
import type {
  LoadConfigOptions,
  LoadedConfig,
  RefusedConfig,
  SecretRegistry,
} from '@millrace/config';
import {
  type Diagnostic,
  type ModelPipeline,
  problem,
  type Result,
  type RunSource,
  success,
} from '@millrace/core';
import { DEFAULT_STORE, formatStoreSpec, parseStoreSpec } from './store-spec.ts';

export type LoadPipelineOptions = LoadConfigOptions;

/** A pipeline from a config file, with all that is needed to run and to resume it. */
export interface LoadedPipeline {
  readonly pipeline: ModelPipeline;
  /** For `openStore`, from any folder. Default `.millrace/millrace.db` beside the config. */
  readonly store: string;
  /** Absolute path of the config. */
  readonly file: string;
  /** The environment that was laid over the config. */
  readonly environment: string | undefined;
  /** For `executor.start`, so that the run can be resumed by its id. */
  readonly source: RunSource;
  /** Values that must not be printed or logged. */
  readonly secrets: SecretRegistry;
  readonly logging: LoggingSettings;
  readonly warnings: readonly Diagnostic[];
  /** Texts for code frames of the warnings, by file name. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface LoggingSettings {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** Absolute path of the folder that the config names for log files. */
  readonly dir: string | undefined;
}

/**
 * Loads the pipeline of a config file, or of the config that belongs to the working folder.
 * @throws MillraceError CONFIG_INVALID with all diagnostics in `details.diagnostics`; STORE_UNKNOWN
 */
export async function loadPipeline(options: LoadPipelineOptions = {}): Promise<LoadedPipeline> {
  const { loadConfigOrThrow } = await import('@millrace/config');
  return toLoadedPipeline(await loadConfigOrThrow(options), options);
}

/** As {@link loadPipeline}, with what is wrong as data. @throws MillraceError STORE_UNKNOWN */
export async function tryLoadPipeline(
  options: LoadPipelineOptions = {},
): Promise<Result<LoadedPipeline, RefusedConfig>> {
  const { loadConfig } = await import('@millrace/config');
  const loaded = await loadConfig(options);
  return loaded.ok ? success(toLoadedPipeline(loaded.value, options)) : problem(loaded.problem);
}

/** What a relative path in a config is relative to, and what stands in for paths that it leaves out. */
export function settingsOf(
  file: string,
  config: Pick<LoadedConfig, 'store' | 'logging'>,
): Pick<LoadedPipeline, 'store' | 'logging'> {
  const folder = dirname(file);
  const { level = 'info', dir } = config.logging;
  return {
    store: formatStoreSpec(parseStoreSpec(config.store ?? DEFAULT_STORE, folder)),
    logging: { level, dir: dir === undefined ? undefined : resolve(folder, dir) },
  };
}

function toLoadedPipeline(config: LoadedConfig, options: LoadPipelineOptions): LoadedPipeline {
  const { pipeline, params, set, paramsFiles = [] } = options;
  const cwd = resolve(options.cwd ?? '.');
  const { environment } = config;
  const overrides = {
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(isEmpty(params) ? {} : { params }),
    ...(isEmpty(set) ? {} : { set }),
    ...(paramsFiles.length === 0 ? {} : { paramsFiles: paramsFiles.map((f) => resolve(cwd, f)) }),
    ...(environment === undefined ? {} : { environment }),
  };
  return {
    pipeline: config.pipeline,
    ...settingsOf(config.file, config),
    file: config.file,
    source: { file: config.file, cwd, overrides },
    environment,
    secrets: config.secrets,
    warnings: config.warnings,
    sources: config.sources,
  };
}

function isEmpty(record: Readonly<Record<string, unknown>> | undefined): boolean {
  return record === undefined || Object.keys(record).length === 0;
}
