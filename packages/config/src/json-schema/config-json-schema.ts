import { resolve } from 'node:path';
import type { Diagnostic } from '@millrace/core';
import { findConfig } from '../find/find-config.ts';
import { locateConfig } from '../find/locate-config.ts';
import { shownPath } from '../find/shown-path.ts';
import { readSecrets } from '../interpolate/read-secrets.ts';
import { redactDiagnostics } from '../interpolate/redact-diagnostics.ts';
import { envSecrets, SecretRegistry } from '../interpolate/secret-registry.ts';
import { ConfigFiles } from '../layers/config-files.ts';
import { layerFileReader } from '../layers/read-layer-file.ts';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { Problems } from '../source/problems.ts';
import { fileSchema, type KnownConfig } from './file-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { knownStages } from './known-stages.ts';
import { usedStages } from './used-stages.ts';

export type ConfigJsonSchemaOptions = Pick<
  LoadConfigOptions,
  'file' | 'cwd' | 'env' | 'registry' | 'onSecrets'
>;

/** A JSON Schema by which an editor completes and checks a config. */
export interface ConfigJsonSchema {
  readonly schema: JsonSchema;
  /** Absolute path of the config whose stages it knows; undefined: there is none, and it knows no stage. */
  readonly file: string | undefined;
  /** The `uses` whose params are part of it. */
  readonly stages: readonly string[];
  /** Of these, those whose params cannot be said in JSON Schema, so that all are accepted. */
  readonly unsaid: readonly string[];
  /** What kept the rest of the stages out of it; that `file` of the options is not there, for one. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts for code frames, by file name. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * The JSON Schema of a config, or of configs in general where there is none. A config with errors has
 * one too, of what can be read of it; its stage modules are imported.
 */
export async function configJsonSchema(
  options: ConfigJsonSchemaOptions = {},
): Promise<ConfigJsonSchema> {
  const cwd = resolve(options.cwd ?? '.');
  const problems = new Problems();
  const file =
    options.file === undefined
      ? await findConfig(cwd)
      : await locateConfig({ file: options.file, folder: cwd }, problems);
  const sources = new Map<string, string>();
  const secrets = new SecretRegistry();
  const known =
    file === undefined ? NO_CONFIG : await read({ file, cwd, options, sources, secrets }, problems);
  const { schema, classes } = fileSchema(known);
  return {
    schema,
    file,
    stages: classes.map(({ uses }) => uses),
    unsaid: classes.flatMap(({ uses, isWhole }) => (isWhole ? [] : [uses])),
    diagnostics: redactDiagnostics(problems.sorted(), secrets),
    sources,
  };
}

const NO_CONFIG: KnownConfig = { classes: [], ids: [] };

interface ReadRequest {
  readonly file: string;
  readonly cwd: string;
  readonly options: ConfigJsonSchemaOptions;
  /** Gets the texts of the files that are read. */
  readonly sources: Map<string, string>;
  /** Gets the secrets that the config names. */
  readonly secrets: SecretRegistry;
}

async function read(
  { file, cwd, options, sources, secrets }: ReadRequest,
  problems: Problems,
): Promise<KnownConfig> {
  const { env = process.env, registry = new Map<string, unknown>() } = options;
  const files = new ConfigFiles({
    file,
    read: layerFileReader({
      folder: cwd,
      maxBytes: undefined,
      call: { env, params: {} },
      remember: ({ name, kind, text }) => sources.set(name, kind === 'file' ? text : ''),
    }),
    shown: (path) => shownPath(path, cwd),
    problems,
  });
  const config = await files.read();
  if (config === undefined) return NO_CONFIG;
  const { root, environments } = config;
  // No value of them is part of a schema, but a stage module that is imported for it may print one.
  for (const tree of [root, ...(environments === undefined ? [] : [environments.value])])
    await readSecrets(tree, envSecrets(env), secrets, new Problems());
  options.onSecrets?.(secrets.values);
  const { used, ids } = usedStages(root, environments?.value);
  const classes = await knownStages(
    { used, configFile: file, registry, folder: cwd, env },
    problems,
  );
  return { classes, ids };
}
