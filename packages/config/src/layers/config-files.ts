import { stagesAsMaps } from '../shape/stages-by-id.ts';
import { Problems } from '../source/problems.ts';
import type { MapEntry, MapNode } from '../tree/config-node.ts';
import { type BaseReference, baseReferences } from './base-references.ts';
import { checkLayer } from './check-layer.ts';
import { environmentSections } from './environment-sections.ts';
import { mergeMaps } from './merge-nodes.ts';
import type { ReadLayerFile } from './read-layer-file.ts';
import { type ResolvedBase, realFile, resolveBase } from './resolve-base.ts';
import { takeLayerFields } from './take-layer-fields.ts';

/** Files that extend each other any deeper are a mistake. */
const MAX_FLOORS = 20;

/** A config file laid over the files that it extends. */
export interface ExtendedConfig {
  /** Without `extends` and `environments`. */
  readonly root: MapNode;
  /** The sections of all files together, in `environments` as it would stand in one file. */
  readonly environments: MapEntry | undefined;
  /** False when a listed stage was left out, so that dependencies on it prove nothing. */
  readonly isComplete: boolean;
  /** False when a file that it extends could not be read, so that whatever else is missing proves nothing. */
  readonly isWhole: boolean;
}

interface ReadConfig extends ExtendedConfig {
  /** Floors of files below this one. */
  readonly floors: number;
}

interface Visit extends ResolvedBase {
  /** The files that led here, the config itself first. */
  readonly trail: readonly ResolvedBase[];
}

/** Reads a config with all files that it extends; each file is read once. */
export class ConfigFiles {
  readonly #file: string;
  readonly #problems: Problems;
  readonly #read: ReadLayerFile;
  readonly #shown: (file: string) => string;
  readonly #known = new Map<string, ReadConfig | undefined>();

  constructor(options: {
    /** Absolute path of the config. */
    readonly file: string;
    readonly read: ReadLayerFile;
    /** A path as people see it. */
    readonly shown: (file: string) => string;
    readonly problems: Problems;
  }) {
    this.#file = options.file;
    this.#read = options.read;
    this.#shown = options.shown;
    this.#problems = options.problems;
  }

  /** Undefined when the config itself cannot be read, which was reported. */
  async read(): Promise<ExtendedConfig | undefined> {
    const real = (await realFile(this.#file)) ?? this.#file;
    return this.#visit({ file: this.#file, real, trail: [] });
  }

  async #visit({ file, real, trail }: Visit): Promise<ReadConfig | undefined> {
    // What is wrong with one file does not keep the others from being looked at.
    const problems = new Problems();
    const root = await this.#read({ file, layer: trail.length === 0 ? 'file' : 'base' }, problems);
    const config = root && (await this.#overBases(root, { file, real, trail }, problems));
    for (const diagnostic of problems.sorted()) this.#problems.add(diagnostic);
    return config;
  }

  async #overBases(root: MapNode, visit: Visit, problems: Problems): Promise<ReadConfig> {
    const { rest, extends: bases, environments } = takeLayerFields(root, problems);
    const references = baseReferences(bases, problems);
    const isAlone = references.length === 0 && visit.trail.length === 0;
    const own = isAlone ? { pipeline: rest, isComplete: true } : stagesAsMaps(rest, problems);
    const read: ReadConfig[] = [];
    for (const reference of references) {
      const base = await this.#base(reference, visit, problems);
      if (base !== undefined) read.push(base);
    }
    const config: ReadConfig = {
      root: own.pipeline,
      environments: environments && environmentSections(environments, problems),
      isComplete: own.isComplete,
      isWhole: read.length === references.length && !problems.has('EXTENDS_INVALID'),
      floors: Math.max(0, ...read.map(({ floors }) => floors + 1)),
    };
    const whole = [...read, config].reduce(over);
    // Without its bases nobody can tell what the file lacks, but what it has can be looked at.
    if (!whole.isWhole) {
      const { root: own } = config;
      checkLayer(own, { root: own, path: [], below: undefined, problems });
    }
    return whole;
  }

  async #base(
    reference: BaseReference,
    { file, real, trail }: Visit,
    problems: Problems,
  ): Promise<ReadConfig | undefined> {
    const base = await resolveBase({ reference, from: file, configFile: this.#file }, problems);
    if (base === undefined) return undefined;
    const here = [...trail, { file, real }];
    const first = here.findIndex((above) => above.real === base.real);
    if (first !== -1) {
      const circle = [...here.slice(first), here[first] ?? base];
      this.#report('EXTENDS_CYCLE', 'files extend each other in a circle', reference, {
        problems,
        circle,
      });
      return undefined;
    }
    const isKnown = this.#known.has(base.real);
    const known = this.#known.get(base.real);
    if (here.length + (known?.floors ?? 0) > MAX_FLOORS) {
      const message = `files extend each other more than ${MAX_FLOORS} deep`;
      this.#report('EXTENDS_TOO_DEEP', message, reference, { problems, circle: [...here, base] });
      return undefined;
    }
    const config = isKnown ? known : await this.#visit({ ...base, trail: here });
    this.#known.set(base.real, config);
    return config;
  }

  #report(
    code: string,
    message: string,
    { at, path }: BaseReference,
    { problems, circle }: { readonly problems: Problems; readonly circle: readonly ResolvedBase[] },
  ): void {
    const names = circle.map(({ file }) => this.#shown(file));
    const got = (
      names.length > 10 ? [...names.slice(0, 5), '...', ...names.slice(-4)] : names
    ).join(' -> ');
    problems.report({ code, message, at, path, got, help: 'take this one out' });
  }
}

function over(lower: ReadConfig, upper: ReadConfig): ReadConfig {
  return {
    root: mergeMaps(lower.root, upper.root, 'upper'),
    environments: sections(lower.environments, upper.environments),
    isComplete: lower.isComplete && upper.isComplete,
    isWhole: lower.isWhole && upper.isWhole,
    floors: Math.max(lower.floors, upper.floors),
  };
}

function sections(lower: MapEntry | undefined, upper: MapEntry | undefined): MapEntry | undefined {
  if (lower === undefined || upper === undefined) return upper ?? lower;
  // What is no map is kept for being refused, whichever file it stands in.
  if (lower.value.kind !== 'map') return lower;
  if (upper.value.kind !== 'map') return upper;
  return { ...upper, value: mergeMaps(lower.value, upper.value, 'upper') };
}
