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
import { withCode } from './code/with-code.ts';
import { checkExpressions } from './expand/check-expressions.ts';
import { checkParamConditions } from './expand/check-param-conditions.ts';
import { expandPipeline } from './expand/expand-pipeline.ts';
import type { Expansion } from './expand/expansion.ts';
import { homeOf } from './expand/inner/home.ts';
import { InstanceProblems } from './expand/instance-problems.ts';
import { bindKeys } from './expand/keys/bind-keys.ts';
import { reportChecked } from './expand/report-checked.ts';
import { withSecretFacts } from './expand/secret-facts.ts';
import { EffectiveConfig } from './explain/effective-config.ts';
import { locateConfig } from './find/locate-config.ts';
import { redactDiagnostics } from './interpolate/redact-diagnostics.ts';
import { refuseStoredSecrets } from './interpolate/refuse-stored-secrets.ts';
import { secretPlacesIn, secretTexts } from './interpolate/secret-places.ts';
import { envSecrets, SecretRegistry } from './interpolate/secret-registry.ts';
import { withValuePlace } from './interpolate/with-value-place.ts';
import { checkEnvironments } from './layers/check-environments.ts';
import { checkLayerKeys } from './layers/check-layer-keys.ts';
import { wantedEnvironment } from './layers/choose-environment.ts';
import { composePipeline } from './layers/compose-pipeline.ts';
import { layerFileReader } from './layers/read-layer-file.ts';
import { type LayeredConfig, readLayers } from './layers/read-layers.ts';
import type { LoadConfigOptions, LoadedConfig, RefusedConfig } from './loaded-config.ts';
import { configInvalid } from './report/config-invalid.ts';
import { applyOverrides } from './shape/apply-overrides.ts';
import { applyParamsFiles } from './shape/apply-params-files.ts';
import { checkShape, type ShapedConfig } from './shape/check-shape.ts';
import { choosePipeline, pipelineNames } from './shape/choose-pipeline.ts';
import { refuseForeignStages } from './shape/refuse-foreign-stages.ts';
import type { StagedPipeline } from './shape/stages-by-id.ts';
import type { ConfigSource } from './source/config-source.ts';
import { Problems } from './source/problems.ts';
import type { MapNode } from './tree/config-node.ts';
import { placeOf } from './tree/locate.ts';
import { type LoadRequest, loadClasses, modulesOf, resolveAllUses } from './uses/load-classes.ts';
import { relocateUses } from './uses/relocate-uses.ts';

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

/**
 * The secrets that a config names, with its layers and the pipelines inside it, as far as these can be read.
 * No stage module is imported, so that what a run stored can be shown whatever is wrong with its config.
 */
export async function readConfigSecrets(
  options: Omit<LoadConfigOptions, 'onSecrets' | 'registry'> = {},
): Promise<SecretRegistry> {
  return new Loading(options).readSecrets();
}

/** One load of one config, step by step; each step ends the load by reporting. */
class Loading {
  readonly #options: LoadConfigOptions;
  readonly #problems = new Problems();
  readonly #instanceProblems = new InstanceProblems(this.#problems);
  readonly #secrets = new SecretRegistry();
  readonly #sources = new Map<string, string>();
  readonly #cwd: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #file: string | undefined;
  #pipelineNames: readonly string[] = [];
  #environment: string | undefined;
  #secretPlaces: ReadonlyMap<string, string> = new Map();
  #expansion: Expansion | undefined;

  constructor(options: LoadConfigOptions) {
    this.#options = options;
    this.#cwd = resolve(options.cwd ?? '.');
    this.#env = options.env ?? process.env;
  }

  async load(): Promise<LoadedConfig | undefined> {
    const layers = await this.#read();
    if (layers === undefined || this.#file === undefined) return undefined;
    const staged = this.#compose(layers);
    if (staged === undefined || refuseForeignStages(staged.pipeline, this.#problems))
      return undefined;
    const expansion = this.#place(this.#file, await this.#expand(this.#file, staged, layers));
    this.#options.onSecrets?.(this.#secrets.values);
    const shaped = checkShape(expansion.tree, { ...expansion, problems: this.#instanceProblems });
    if (this.#problems.hasRefusal) {
      // What can be looked at without any class is reported with the rest: the graph, and where `uses` points.
      const isWhole = staged.isComplete && expansion.isComplete && !this.#problems.isFull;
      if (isWhole) this.#check(shaped, new Map(), expansion);
      await resolveAllUses(this.#usesRequest(this.#file, expansion, shaped), this.#problems);
      return undefined;
    }
    return this.#bind(this.#file, expansion, shaped);
  }

  async readSecrets(): Promise<SecretRegistry> {
    const layers = await this.#read();
    if (layers === undefined || this.#file === undefined) return this.#secrets;
    const staged = this.#compose(layers);
    if (staged !== undefined) await this.#expand(this.#file, staged, layers);
    return this.#secrets;
  }

  refused(): RefusedConfig {
    return {
      diagnostics: this.#diagnostics(),
      file: this.#file,
      pipelineNames: this.#pipelineNames,
      effective: this.#expansion && this.#explainable(this.#expansion),
      secrets: this.#secrets,
      sources: this.#sources,
    };
  }

  async #read(): Promise<LayeredConfig | undefined> {
    const { file, maxBytes, environment, paramsFiles, params } = this.#options;
    this.#file = await locateConfig({ file, folder: this.#cwd }, this.#problems);
    if (this.#file === undefined) return undefined;
    return readLayers(
      {
        file: this.#file,
        folder: this.#cwd,
        maxBytes,
        environment,
        paramsFiles,
        params,
        env: this.#env,
        remember: (source) => this.#remember(source),
      },
      this.#problems,
    );
  }

  /** The chosen pipeline with its environment laid over it. */
  #compose(layers: LayeredConfig): StagedPipeline | undefined {
    const { root, environments, environment } = layers;
    const problems = this.#problems;
    const { pipeline: wanted } = this.#options;
    this.#pipelineNames = pipelineNames(root);
    checkEnvironments(environments, { root, chosen: environment?.name, problems });
    if (environment?.beside !== undefined)
      checkLayerKeys(environment.beside, [], { root, problems });
    const chosen = choosePipeline(root, wanted, problems);
    if (chosen === undefined) return undefined;
    const { pipeline, isComplete } = composePipeline({ chosen, name: wanted, layers }, problems);
    this.#environment = environment?.name;
    return { pipeline, isComplete: isComplete && layers.isComplete };
  }

  #override(pipeline: MapNode, { paramsFiles }: LayeredConfig): MapNode {
    const { params, set } = this.#options;
    const filed = applyParamsFiles(pipeline, paramsFiles, this.#problems);
    const overridden = applyOverrides(filed, { params, set }, this.#problems);
    for (const source of overridden.sources) this.#remember(source);
    return overridden.pipeline;
  }

  /** The chosen pipeline with what the caller gives, its placeholders, instances and inner pipelines worked out. */
  async #expand(
    file: string,
    { pipeline }: StagedPipeline,
    layers: LayeredConfig,
  ): Promise<Expansion> {
    const { pipeline: wanted, environment, maxBytes, params = {}, secrets } = this.#options;
    const folder = this.#cwd;
    const env = this.#env;
    const overridden = this.#override(pipeline, layers);
    const remember = (source: ConfigSource): void => this.#remember(source);
    return expandPipeline(
      {
        pipeline: overridden,
        ...(await homeOf({ file, layers, wanted, pipeline, overridden })),
        folder,
        env,
        provider: secrets ?? envSecrets(env),
        secrets: this.#secrets,
        environment: wantedEnvironment(environment, env),
        read: layerFileReader({ folder, maxBytes, call: { env, params }, remember }),
      },
      this.#instanceProblems,
    );
  }

  /** The expanded pipeline as seen from the config, with what is known of the secrets in it. */
  #place(configFile: string, expansion: Expansion): Expansion {
    const tree = relocateUses(expansion.tree, { configFile, folder: this.#cwd });
    const secrets = this.#secrets.names.length === 0 ? [] : [...secretPlacesIn(tree)];
    const refused = refuseStoredSecrets(secrets, tree, this.#problems);
    this.#secretPlaces = secretTexts(secrets);
    const facts = withSecretFacts(expansion.facts, secrets);
    const unfilled = refused.size === 0 ? expansion.unfilled : expansion.unfilled.union(refused);
    this.#expansion = { ...expansion, tree, facts, unfilled };
    return this.#expansion;
  }

  #explainable({ tree, authored, scope }: Expansion, pipeline?: ModelPipeline): EffectiveConfig {
    const redact = (text: string): string => this.#secrets.redact(text);
    const known = { tree, authored, scope, env: this.#env, redact };
    return new EffectiveConfig(pipeline === undefined ? known : { ...known, pipeline });
  }

  async #bind(
    file: string,
    expansion: Expansion,
    shaped: ShapedConfig,
  ): Promise<LoadedConfig | undefined> {
    const { store, logging, params } = shaped;
    const { tree } = expansion;
    const request = this.#usesRequest(file, expansion, shaped);
    const resolved = await resolveAllUses(request, this.#problems);
    // Before it is imported: an edit in between then counts as one, and never as what was run.
    const found = modulesOf(resolved, this.#problems);
    const { definition: authored } = shaped;
    const digested =
      this.#options.digestCode === false
        ? { definition: authored, code: new Map() }
        : await withCode(authored, found, this.#cwd);
    const { classes, modules } = await loadClasses(request, resolved, this.#problems);
    const { pipeline, definition } = this.#check(digested, classes, expansion);
    if (pipeline === undefined || this.#problems.hasErrors) return undefined;
    return {
      pipeline,
      definition,
      code: digested.code,
      store,
      logging,
      params,
      file,
      pipelineNames: this.#pipelineNames,
      environment: this.#environment,
      secrets: this.#secrets,
      modules,
      secretPlaces: this.#secretPlaces,
      tree,
      effective: this.#explainable(expansion, pipeline),
      warnings: this.#diagnostics(),
      sources: this.#sources,
    };
  }

  #usesRequest(file: string, { tree }: Expansion, { definition }: ShapedConfig): LoadRequest {
    const registry = this.#options.registry ?? new Map();
    return { definition, configFile: file, registry, folder: this.#cwd, root: tree };
  }

  /** Also settles what depends on the classes: the definition comes back with it. */
  #check(
    given: Pick<ShapedConfig, 'definition'>,
    classes: ReadonlyMap<string, unknown>,
    expansion: Expansion,
  ): { readonly pipeline: ModelPipeline | undefined; readonly definition: PipelineDefinition } {
    const { tree, expressions } = expansion;
    const problems = this.#instanceProblems;
    const { definition, unsettled, keysBefore } = bindKeys(
      { definition: given.definition, expansion, classes, tree },
      problems,
    );
    const sound = checkExpressions(expressions, definition, { classes, problems });
    const { pipeline, diagnostics } = checkPipeline(definition, classes, {
      locate: (path) => placeOf(tree, path),
      redact: this.#hidden(),
    });
    reportChecked(diagnostics, { expansion, unsettled, keysBefore }, problems);
    if (pipeline !== undefined) checkParamConditions(sound, pipeline, problems);
    return { pipeline, definition };
  }

  /** Undefined for a config without secrets, whose params need not be looked through. */
  #hidden(): ((text: string) => string) | undefined {
    const secrets = this.#secrets;
    return secrets.values.length === 0 ? undefined : (text) => secrets.hide(text);
  }

  #remember(source: ConfigSource): void {
    // Only the text of a file has lines; of a flag or a module the name says all.
    this.#sources.set(source.name, source.kind === 'file' ? source.text : '');
  }

  #diagnostics(): readonly Diagnostic[] {
    const tree = this.#expansion?.tree;
    const found = this.#problems.sorted();
    const placed = tree === undefined ? found : found.map((one) => withValuePlace(one, tree));
    return redactDiagnostics(placed, this.#secrets, tree);
  }
}
