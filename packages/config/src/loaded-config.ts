import type { Diagnostic, ModelPipeline, PipelineDefinition } from '@millrace/core';
import type { CodeDigest } from './code/code-digests.ts';
import type { EffectiveConfig } from './explain/effective-config.ts';
import type { SecretProvider, SecretRegistry } from './interpolate/secret-registry.ts';
import type { LoggingConfig } from './shape/config-schema.ts';
import type { MapNode } from './tree/config-node.ts';
import type { StageModule } from './uses/load-classes.ts';

export interface LoadConfigOptions {
  /** A config file, relative to `cwd`. Default: the one that belongs to `cwd`. */
  readonly file?: string | undefined;
  /** Default: the working folder of the process. */
  readonly cwd?: string | undefined;
  /** Which of the pipelines of the file; needed when it has several. */
  readonly pipeline?: string | undefined;
  /** Over the params of the file, by name. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Over any value of the pipeline, by path: `{ 'stages.score.with.window': 30 }`. */
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  /** Files of params over those of the config, relative to `cwd`; later ones win, `params` win over all. */
  readonly paramsFiles?: readonly string[] | undefined;
  /** Which environment is laid over the config; empty: none. Default: the variable MILLRACE_ENV of `env`. */
  readonly environment?: string | undefined;
  /** For `${env:NAME}`. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Stage classes by name, for a `uses` that is neither file nor package. */
  readonly registry?: ReadonlyMap<string, unknown> | undefined;
  /** For `${secret:NAME}`. Default: environment variables. */
  readonly secrets?: SecretProvider | undefined;
  /** Hears the values of all secrets once they are read, before any stage module is: it may print them. */
  readonly onSecrets?: ((values: readonly string[]) => void) | undefined;
  /**
   * Whether the code of the stages is read for their fingerprints. Default true; false saves that time where nothing
   * is ever resumed or taken over from an earlier run, as in a stream.
   */
  readonly digestCode?: boolean | undefined;
  /** Default {@link MAX_CONFIG_BYTES}. */
  readonly maxBytes?: number | undefined;
}

export interface LoadedConfig {
  readonly pipeline: ModelPipeline;
  readonly definition: PipelineDefinition;
  /** As written in the config. */
  readonly store: string | undefined;
  readonly logging: LoggingConfig;
  /** With overrides and placeholders filled in. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Absolute path. */
  readonly file: string;
  /** All pipelines of the file by name; empty when the file is one pipeline. */
  readonly pipelineNames: readonly string[];
  /** The environment that was laid over the file. */
  readonly environment: string | undefined;
  /** Values to redact wherever text goes. */
  readonly secrets: SecretRegistry;
  /** Where stage classes come from, by `uses`. */
  /** By `uses`: what the code of its module is made of. */
  readonly code: ReadonlyMap<string, CodeDigest>;
  readonly modules: ReadonlyMap<string, StageModule>;
  /**
   * Every value that is made of secrets by its path in the pipeline, `stages.score.with.token`, with the
   * text that stands for it: `Bearer ${secret:TOKEN}`, all but the secrets filled in.
   */
  readonly secretPlaces: ReadonlyMap<string, string>;
  /** Every value of the pipeline with its place and layer. */
  readonly tree: MapNode;
  /** The same, to be shown and explained. */
  readonly effective: EffectiveConfig;
  readonly warnings: readonly Diagnostic[];
  /** Texts for code frames, by file name. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface RefusedConfig {
  /** At least one of them an error; in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute path; undefined when there is no file. */
  readonly file: string | undefined;
  /** All pipelines of the file by name, as far as it could be read; empty when the file is one pipeline. */
  readonly pipelineNames: readonly string[];
  /** What the config comes to, when its layers could be put together; of no use to run anything. */
  readonly effective: EffectiveConfig | undefined;
  /** Values to redact wherever text goes. */
  readonly secrets: SecretRegistry;
  /** Texts for code frames, by file name. */
  readonly sources: ReadonlyMap<string, string>;
}
