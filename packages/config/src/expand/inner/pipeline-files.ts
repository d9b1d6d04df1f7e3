import { dirname, resolve } from 'node:path';
import type { PathSegment } from '@millrace/core';
import { shownPath } from '../../find/shown-path.ts';
import { checkEnvironments } from '../../layers/check-environments.ts';
import { chooseEnvironment, type WantedEnvironment } from '../../layers/choose-environment.ts';
import { ConfigFiles, type ExtendedConfig } from '../../layers/config-files.ts';
import { environmentFiles } from '../../layers/environment-files.ts';
import type { ReadLayerFile } from '../../layers/read-layer-file.ts';
import type { LayeredConfig } from '../../layers/read-layers.ts';
import { realFile } from '../../layers/resolve-base.ts';
import type { Problems } from '../../source/problems.ts';
import { childOf, type ScalarNode } from '../../tree/config-node.ts';
import { nearFile } from '../../uses/near-files.ts';
import { mayImport, projectRoot } from '../../uses/project-root.ts';
import { fileOf } from '../../uses/relocate-uses.ts';
import type { Home } from './home.ts';

/** The `pipeline` of a stage, its placeholders filled in. */
export interface PipelineReference {
  readonly node: ScalarNode;
  readonly path: readonly PathSegment[];
}

interface FilesOptions {
  /** Absolute path of the config, whose project all files must belong to. */
  readonly configFile: string;
  /** Absolute; files are shown relative to it. */
  readonly folder: string;
  readonly read: ReadLayerFile;
  readonly environment: WantedEnvironment | undefined;
  readonly problems: Problems;
}

/** Reads the config files that stages name as pipelines, each once with all that it extends. */
export class PipelineFiles {
  readonly #options: FilesOptions;
  readonly #known = new Map<string, Promise<Home | undefined>>();

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  shown(file: string): string {
    return shownPath(file, this.#options.folder);
  }

  /** Undefined when something was reported. */
  async read(path: string, reference: PipelineReference): Promise<Home | undefined> {
    const { configFile } = this.#options;
    const file = resolve(dirname(fileOf(reference.node.span.source, this.#options)), path);
    const root = projectRoot(dirname(configFile));
    // Before the file is looked at: whether it exists outside is nobody's business.
    if (!mayImport(file, root)) return this.#reportOutside(path, root, reference);
    const real = await realFile(file);
    if (real === undefined) return this.#reportMissing(path, file, reference);
    // A link may lead out of the project as well; links may also lead to the project.
    if (!mayImport(real, (await realFile(root)) ?? root))
      return this.#reportOutside(path, root, reference);
    const known = this.#known.get(real) ?? this.#load(file, real);
    this.#known.set(real, known);
    return known;
  }

  #reportOutside(path: string, root: string, reference: PipelineReference): undefined {
    this.#options.problems.report({
      code: 'PIPELINE_OUTSIDE',
      message: `\`pipeline\` ${JSON.stringify(path)} leads out of the project`,
      at: reference.node.span,
      path: reference.path,
      expected: `a file inside ${root}`,
      help: 'install shared pipelines as a package: ./node_modules/NAME/prep.yaml',
    });
  }

  async #reportMissing(
    path: string,
    file: string,
    reference: PipelineReference,
  ): Promise<undefined> {
    const near = await nearFile(path, file);
    this.#options.problems.report({
      code: 'PIPELINE_FILE_MISSING',
      message: `there is no file ${JSON.stringify(path)} to take a pipeline from`,
      at: reference.node.span,
      path: reference.path,
      got: file,
      help: near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
    });
  }

  async #load(file: string, real: string): Promise<Home | undefined> {
    const { read, problems } = this.#options;
    const shown = (path: string): string => this.shown(path);
    const config = await new ConfigFiles({ file, read, shown, problems }).read();
    if (config?.isWhole !== true) return undefined;
    const environment = await this.#environmentOf(file, config);
    const { root, environments } = config;
    checkEnvironments(environments, { root, chosen: environment?.name, problems });
    return { ...config, environment, paramsFiles: [], given: new Map(), file, real };
  }

  /** A file that does not know the chosen environment is the same in all of them. */
  async #environmentOf(
    file: string,
    { environments: sections }: ExtendedConfig,
  ): Promise<LayeredConfig['environment']> {
    const { environment: wanted, read, problems } = this.#options;
    if (wanted === undefined) return undefined;
    const isKnown =
      childOf(sections?.value, wanted.name) !== undefined ||
      (await environmentFiles(file)).has(wanted.name);
    if (!isKnown) return undefined;
    const shown = (path: string): string => this.shown(path);
    return chooseEnvironment({ wanted, file, sections, read, shown }, problems);
  }
}
