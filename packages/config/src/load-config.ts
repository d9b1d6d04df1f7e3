import { resolve } from 'node:path';
import {
  checkPipeline,
  type Diagnostic,
  type ModelPipeline,
  type PipelineDefinition,
  problem,
  type Result,
  success,
} from '@millrace/core';
import { withCodeHashes } from './code/with-code-hashes.ts';
import { locateConfig } from './find/locate-config.ts';
import { Interpolator } from './interpolate/interpolator.ts';
import { readSecrets } from './interpolate/read-secrets.ts';
import { envSecrets, SecretRegistry } from './interpolate/secret-registry.ts';
import type { LoadConfigOptions, LoadedConfig, RefusedConfig } from './loaded-config.ts';
import { parseConfig } from './parse/parse-config.ts';
import { configInvalid } from './report/config-invalid.ts';
import { applyOverrides } from './shape/apply-overrides.ts';
import { checkShape, type ShapedConfig } from './shape/check-shape.ts';
import { choosePipeline, pipelineNames } from './shape/choose-pipeline.ts';
import { stagesById } from './shape/stages-by-id.ts';
import type { ConfigSource } from './source/config-source.ts';
import { Problems } from './source/problems.ts';
import { type ConfigNode, childOf, type MapNode } from './tree/config-node.ts';
import { nodeAt, withPlaces } from './tree/locate.ts';
import { type LoadRequest, loadClasses, resolveAllUses } from './uses/load-classes.ts';

/**
 * Finds, reads and checks a config and the classes of its stages. Whatever is wrong with a config
 * comes back as diagnostics. No stage module is imported from a file whose text or shape is refused.
 */
export async function loadConfig(
  options: LoadConfigOptions = {},
): Promise<Result<LoadedConfig, RefusedConfig>> {
  const loading = new Loading(options);
  const loaded = await loading.load();
  return loaded === undefined ? problem(loading.refused()) : success(loaded);
}

/** @throws MillraceError CONFIG_INVALID with all diagnostics in its message and `details.diagnostics` */
export async function loadConfigOrThrow(options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const loaded = await loadConfig(options);
  if (!loaded.ok) throw configInvalid(loaded.problem);
  return loaded.value;
}

interface Filled {
  readonly tree: MapNode;
  readonly unfilled: ReadonlySet<ConfigNode>;
}

/** One load of one config, step by step; each step ends the load by reporting. */
class Loading {
  readonly #options: LoadConfigOptions;
  readonly #problems = new Problems();
  readonly #secrets = new SecretRegistry();
  readonly #sources = new Map<string, string>();
  readonly #cwd: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #file: string | undefined;
  #pipelineNames: readonly string[] = [];

  constructor(options: LoadConfigOptions) {
    this.#options = options;
    this.#cwd = resolve(options.cwd ?? '.');
    this.#env = options.env ?? process.env;
  }

  async load(): Promise<LoadedConfig | undefined> {
    const root = await this.#parse();
    if (root === undefined || this.#file === undefined) return undefined;
    this.#pipelineNames = pipelineNames(root);
    const chosen = choosePipeline(root, this.#options.pipeline, this.#problems);
    if (chosen === undefined) return undefined;
    const { pipeline, isComplete } = stagesById(chosen, this.#problems);
    const filled = await this.#fill(pipeline);
    const shaped = checkShape(filled.tree, { problems: this.#problems, unfilled: filled.unfilled });
    if (this.#problems.hasRefusal) {
      // What can be looked at without any class is reported with the rest: the graph, and where `uses` points.
      if (isComplete) this.#check(shaped.definition, new Map(), filled);
      await resolveAllUses(this.#usesRequest(this.#file, filled, shaped), this.#problems);
      return undefined;
    }
    return this.#bind(this.#file, filled, shaped);
  }

  refused(): RefusedConfig {
    return {
      diagnostics: this.#diagnostics(),
      file: this.#file,
      pipelineNames: this.#pipelineNames,
      sources: this.#sources,
    };
  }

  async #parse(): Promise<MapNode | undefined> {
    this.#file = await locateConfig(
      { file: this.#options.file, folder: this.#cwd },
      this.#problems,
    );
    if (this.#file === undefined) return undefined;
    const { source, root } = await parseConfig(
      {
        file: this.#file,
        folder: this.#cwd,
        maxBytes: this.#options.maxBytes,
        call: { env: this.#env, params: this.#options.params ?? {} },
      },
      this.#problems,
    );
    this.#remember(source);
    return this.#problems.hasRefusal ? undefined : root;
  }

  async #fill(pipeline: MapNode): Promise<Filled> {
    const { params, set } = this.#options;
    const overridden = applyOverrides(pipeline, { params, set }, this.#problems);
    for (const source of overridden.sources) this.#remember(source);
    const provider = this.#options.secrets ?? envSecrets(this.#env);
    const secrets = await readSecrets(overridden.pipeline, provider, this.#secrets, this.#problems);
    const section = childOf(overridden.pipeline, 'params');
    const interpolator = new Interpolator({
      params: section?.kind === 'map' ? section : undefined,
      env: this.#env,
      secrets,
      problems: this.#problems,
    });
    const tree = interpolator.resolve(overridden.pipeline);
    return { tree: tree.kind === 'map' ? tree : pipeline, unfilled: interpolator.unfilled };
  }

  async #bind(
    file: string,
    filled: Filled,
    shaped: ShapedConfig,
  ): Promise<LoadedConfig | undefined> {
    const { definition, store, logging, params } = shaped;
    const { tree } = filled;
    const request = this.#usesRequest(file, filled, shaped);
    const { classes, modules } = await loadClasses(request, this.#problems);
    const digested = await withCodeHashes(definition, modules, this.#cwd);
    const pipeline = this.#check(digested.definition, classes, filled);
    if (pipeline === undefined || this.#problems.hasErrors) return undefined;
    return {
      pipeline,
      definition: digested.definition,
      code: digested.code,
      store,
      logging,
      params,
      file,
      pipelineNames: this.#pipelineNames,
      secrets: this.#secrets,
      modules,
      tree,
      warnings: this.#diagnostics(),
      sources: this.#sources,
    };
  }

  #usesRequest(file: string, { tree }: Filled, { definition }: ShapedConfig): LoadRequest {
    const registry = this.#options.registry ?? new Map();
    return { definition, configFile: file, registry, folder: this.#cwd, root: tree };
  }

  #check(
    definition: PipelineDefinition,
    classes: ReadonlyMap<string, unknown>,
    { tree, unfilled }: Filled,
  ): ModelPipeline | undefined {
    const { pipeline, diagnostics } = checkPipeline(definition, classes);
    for (const diagnostic of diagnostics) {
      const node = nodeAt(tree, diagnostic.path);
      if (node === undefined || !unfilled.has(node))
        this.#problems.add(withPlaces(diagnostic, tree));
    }
    return pipeline;
  }

  #remember(source: ConfigSource): void {
    // Only the text of a file has lines; of a flag or a module the name says all.
    this.#sources.set(source.name, source.kind === 'file' ? source.text : '');
  }

  /** A value that was got may hold a secret; a code frame never does, it shows the placeholder. */
  #diagnostics(): Diagnostic[] {
    const { values } = this.#secrets;
    const sorted = this.#problems.sorted();
    if (values.length === 0) return sorted;
    const clean = (text: string): string => this.#secrets.redact(text);
    return sorted.map((diagnostic) => ({
      ...diagnostic,
      message: clean(diagnostic.message),
      ...(diagnostic.got === undefined ? {} : { got: clean(diagnostic.got) }),
      ...(diagnostic.expected === undefined ? {} : { expected: clean(diagnostic.expected) }),
      ...(diagnostic.help === undefined ? {} : { help: clean(diagnostic.help) }),
    }));
  }
}
