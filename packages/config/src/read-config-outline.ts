import { resolve } from 'node:path';
import { problem, type Result, success } from '@millrace/core';
import { locateConfig } from './find/locate-config.ts';
import { Interpolator } from './interpolate/interpolator.ts';
import { readSecrets } from './interpolate/read-secrets.ts';
import { redactDiagnostics } from './interpolate/redact-diagnostics.ts';
import { envSecrets, SecretRegistry } from './interpolate/secret-registry.ts';
import { readLayers } from './layers/read-layers.ts';
import type { RefusedConfig } from './loaded-config.ts';
import { pipelineNames } from './shape/choose-pipeline.ts';
import { fileFieldsSchema, knownPipelineKeys, type LoggingConfig } from './shape/config-schema.ts';
import { reportIssue } from './shape/report-issue.ts';
import { settingsOf } from './shape/settings-of.ts';
import { isUnavailableStore, storeNotAvailable } from './shape/store-not-available.ts';
import type { ConfigSource } from './source/config-source.ts';
import { Problems } from './source/problems.ts';
import { type ConfigNode, type MapNode, mapNode } from './tree/config-node.ts';
import { toPlain } from './tree/to-plain.ts';

export interface ReadOutlineOptions {
  /** A config file, relative to `cwd`. Default: the one that belongs to `cwd`. */
  readonly file?: string | undefined;
  /** Default: the working folder of the process. */
  readonly cwd?: string | undefined;
  /** Whose settings count where the pipelines of the file have their own. */
  readonly pipeline?: string | undefined;
  /** Which environment is laid over the config; empty: none. Default: the variable MILLRACE_ENV of `env`. */
  readonly environment?: string | undefined;
  /** For `${env:NAME}` and `${secret:NAME}`. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Hears the values of the secrets that the settings are made of, before anything of them is told. */
  readonly onSecrets?: ((values: readonly string[]) => void) | undefined;
}

/** Where a config keeps its runs and logs. */
export interface ConfigOutline {
  /** Absolute path. */
  readonly file: string;
  /** As written in the config; undefined when it names none. */
  readonly store: string | undefined;
  readonly logging: LoggingConfig;
  /** All pipelines of the file by name; empty when the file is one pipeline. */
  readonly pipelineNames: readonly string[];
}

const SETTINGS = fileFieldsSchema.pick({ store: true, logging: true });

/**
 * Reads of a config what is needed to find its runs. Its stages are neither checked nor imported, so
 * that runs can be looked at whatever is wrong with them.
 */
export async function readConfigOutline(
  options: ReadOutlineOptions = {},
): Promise<Result<ConfigOutline, RefusedConfig>> {
  const cwd = resolve(options.cwd ?? '.');
  const env = options.env ?? process.env;
  const problems = new Problems();
  const secrets = new SecretRegistry();
  const sources = new Map<string, string>();
  const file = await locateConfig({ file: options.file, folder: cwd }, problems);
  const refused = (names: readonly string[] = []): Result<never, RefusedConfig> =>
    problem({
      diagnostics: redactDiagnostics(problems.sorted(), secrets),
      file,
      pipelineNames: names,
      effective: undefined,
      secrets,
      sources,
    });
  if (file === undefined) return refused();
  const { environment: given, pipeline: wanted } = options;
  const remember = ({ kind, name, text }: ConfigSource): void =>
    void sources.set(name, kind === 'file' ? text : '');
  const reading = new Problems();
  const layers = await readLayers(
    { file, folder: cwd, environment: given, env, remember },
    reading,
  );
  if (layers === undefined) {
    for (const diagnostic of reading.sorted()) problems.add(diagnostic);
    return refused();
  }
  const { root, environment } = layers;
  const names = pipelineNames(root);
  const settings = settingsOf({ root, environment: environment?.layer, wanted }, problems);
  if (settings === undefined) return refused(names);
  const filled = await fill(settings, { env, secrets, problems });
  options.onSecrets?.(secrets.values);
  const checked = checkSettings(filled, problems);
  if (checked === undefined || problems.hasErrors) return refused(names);
  return success({
    file,
    store: checked.store,
    logging: checked.logging ?? {},
    pipelineNames: names,
  });
}

interface FilledSettings {
  readonly tree: MapNode;
  readonly unfilled: ReadonlySet<ConfigNode>;
}

interface FillContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets those that the settings name. */
  readonly secrets: SecretRegistry;
  readonly problems: Problems;
}

/** Fills the placeholders of the settings alone: what else of the file cannot be filled is no matter here. */
async function fill(
  settings: MapNode,
  { env, secrets: registry, problems }: FillContext,
): Promise<FilledSettings> {
  const secretProblems = new Problems();
  const secrets = await readSecrets(settings, envSecrets(env), registry, secretProblems);
  const params = settings.entries.get('params')?.value;
  const interpolator = new Interpolator({
    params: params?.kind === 'map' ? params : undefined,
    env,
    secrets,
    problems,
  });
  const entries = new Map(settings.entries);
  entries.delete('params');
  const tree = interpolator.resolve(mapNode(entries, settings.span));
  if (interpolator.unfilled.size > 0 && !problems.hasErrors) {
    for (const missing of secretProblems.sorted()) problems.add(missing);
  }
  return { tree: tree.kind === 'map' ? tree : settings, unfilled: interpolator.unfilled };
}

function checkSettings(
  { tree, unfilled }: FilledSettings,
  problems: Problems,
): ReturnType<(typeof SETTINGS)['parse']> | undefined {
  const parsed = SETTINGS.safeParse(toPlain(tree));
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (isUnavailableStore(issue, tree)) problems.report(storeNotAvailable(tree));
    else
      reportIssue(issue, {
        root: tree,
        path: [],
        knownKeys: knownPipelineKeys,
        problems,
        unfilled,
      });
  }
  return undefined;
}
