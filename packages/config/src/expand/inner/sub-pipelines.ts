import { composePipeline } from '../../layers/compose-pipeline.ts';
import { choosePipeline, pipelineNames } from '../../shape/choose-pipeline.ts';
import { oneOf } from '../../source/one-of.ts';
import { Problems } from '../../source/problems.ts';
import type { MapNode, ScalarNode } from '../../tree/config-node.ts';
import { withGivenParams } from './given-params.ts';
import type { Home } from './home.ts';
import type { PipelineFiles, PipelineReference } from './pipeline-files.ts';
import { parseTarget } from './pipeline-target.ts';

/** A pipeline that stages of other pipelines may be. */
export interface SubPipeline {
  /** The same for each use of the pipeline. */
  readonly key: string;
  /** With its stages by id and its environment laid over it, its placeholders not filled in. */
  readonly tree: MapNode;
  /** False when a listed stage was left out, so that dependencies on it prove nothing. */
  readonly isComplete: boolean;
  readonly home: Home;
  /** In its file; undefined for a file that is one pipeline. */
  readonly name: string | undefined;
}

/** Finds the pipelines that stages name, each once. */
export class SubPipelines {
  readonly #files: PipelineFiles;
  readonly #problems: Problems;
  readonly #adopt: (tree: MapNode) => Promise<void>;
  readonly #known = new Map<string, Promise<SubPipeline | undefined>>();

  /** @param adopt called once for each pipeline that is found, before its placeholders are filled in */
  constructor(options: {
    readonly files: PipelineFiles;
    readonly adopt: (tree: MapNode) => Promise<void>;
    readonly problems: Problems;
  }) {
    this.#files = options.files;
    this.#adopt = options.adopt;
    this.#problems = options.problems;
  }

  /** What a stage of a config names; undefined when something was reported. */
  async find(reference: PipelineReference, from: Home): Promise<SubPipeline | undefined> {
    const { node } = reference;
    const target = parseTarget(String(node.value));
    if (target === undefined) {
      this.#problems.report({
        code: 'PIPELINE_NAME_INVALID',
        message: `\`pipeline\` ${JSON.stringify(node.value)} names no pipeline`,
        at: node.span,
        path: reference.path,
        expected: './file.yaml, ./file.yaml#name, or the name of a pipeline of this file',
      });
      return undefined;
    }
    const home = target.kind === 'name' ? from : await this.#files.read(target.path, reference);
    const name = home && this.#nameIn(home, target.name, reference);
    if (home === undefined || name === undefined) return undefined;
    const key = pipelineKey(home, name.value);
    const known = this.#known.get(key) ?? this.#compose(home, name.value);
    this.#known.set(key, known);
    return known;
  }

  /** As people see it: `prep.yaml`, `macro.yaml#prep`. */
  shown({ home, name }: SubPipeline): string {
    return `${this.#files.shown(home.file)}${name === undefined ? '' : `#${name}`}`;
  }

  /** The pipeline that is meant, as an object, because a file that is one pipeline has no name for it. */
  #nameIn(
    { root, file }: Home,
    wanted: string | undefined,
    { node, path }: PipelineReference,
  ): { readonly value: string | undefined } | undefined {
    const names = pipelineNames(root);
    if (wanted === undefined && names.length <= 1) return { value: names[0] };
    if (wanted !== undefined && names.includes(wanted)) return { value: wanted };
    const own = root.entries.get('name')?.value;
    if (names.length === 0 && own?.kind === 'scalar' && own.value === wanted)
      return { value: undefined };
    this.#problems.report({
      code: wanted === undefined ? 'PIPELINE_NOT_CHOSEN' : 'PIPELINE_UNKNOWN',
      message:
        wanted === undefined
          ? `the file has ${names.length} pipelines, and none was chosen`
          : `there is no pipeline ${JSON.stringify(wanted)} in ${this.#files.shown(file)}`,
      at: node.span,
      path,
      expected: oneOf(names),
      help: helpFor(node, wanted, names, this.#problems),
    });
    return undefined;
  }

  async #compose(home: Home, name: string | undefined): Promise<SubPipeline | undefined> {
    // What is wrong with this pipeline must not keep others from being used.
    const problems = new Problems();
    const chosen = choosePipeline(home.root, name, problems);
    const staged = chosen && composePipeline({ chosen, name, layers: home }, problems);
    for (const diagnostic of problems.sorted()) this.#problems.add(diagnostic);
    if (staged === undefined) return undefined;
    const tree = withGivenParams(staged.pipeline, name, home);
    await this.#adopt(tree);
    const isComplete = staged.isComplete && home.isComplete;
    return { key: pipelineKey(home, name), tree, isComplete, home, name };
  }
}

/** @param name in its file; undefined for a file that is one pipeline */
export function pipelineKey({ real }: Home, name: string | undefined): string {
  return JSON.stringify([real, name]);
}

function helpFor(
  { value }: ScalarNode,
  wanted: string | undefined,
  names: readonly string[],
  problems: Problems,
): string {
  const target = parseTarget(String(value));
  const named = (name: string): string =>
    target?.kind === 'file' ? `${target.path}#${name}` : name;
  const [first] = names;
  if (wanted === undefined) return `name the one to use: ${named(first ?? '')}`;
  const near = problems.suggest(wanted, names);
  if (near !== undefined) return near;
  if (target?.kind !== 'file') return 'a file starts with ./, and a name stands under `pipelines:`';
  return first === undefined
    ? `the file is one pipeline, so leave the name out: ${target.path}`
    : `name one of its pipelines: ${named(first)}`;
}
