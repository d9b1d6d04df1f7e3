import { isDeepStrictEqual } from 'node:util';
import { mergeNodes } from '../../layers/merge-nodes.ts';
import { Problems } from '../../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import type { Filler } from '../filler.ts';
import { parseTarget } from '../inner/pipeline-target.ts';
import type { Planned, PlannedPipeline, Scope } from '../scope.ts';
import { splitPatches } from '../stage-patches.ts';
import { givenInside } from './given-inside.ts';
import { StagePaths } from './stage-paths.ts';
import { expansionKindOf, variablePlaceholders } from './variable-placeholders.ts';

interface AuthoredRequest {
  /** The pipeline beside its stages, its placeholders filled in. */
  readonly fields: MapNode;
  /** As written, with all layers laid over each other; undefined when there are none, which was reported. */
  readonly stages: ConfigNode | undefined;
  /** The use of the config's own pipeline. */
  readonly scope: Scope;
  /** Absolute; files are shown relative to it. */
  readonly folder: string;
}

/**
 * The pipeline as one file would say it that is loaded to the same: placeholders filled in, a repeated stage
 * once with those of its variables, and a stage that is a pipeline with the file that it is in. The
 * instances themselves cannot be written, since their keys depend on what they are instances of.
 */
export function authoredPipeline(request: AuthoredRequest): MapNode {
  const { fields, stages, scope } = request;
  if (stages?.kind !== 'map') return fields;
  const section = new AuthoredStages(stages, request).all();
  const whole = withEntry(fields, 'stages', mapNode(section, stages.span, stages));
  const environment = environmentInside(scope.planned);
  if (environment === undefined) return whole;
  // Pipelines inside take values from it, so that the config must be loaded in it again.
  const nothing = mapNode(new Map(), fields.span);
  return withEntry(whole, 'environments', withEntry(nothing, environment, nothing));
}

class AuthoredStages {
  readonly #stages: MapNode;
  readonly #paths: StagePaths;
  readonly #filler: Filler;
  readonly #planned: readonly PlannedPipeline[];
  /** Some instance of each, by the name that they share. */
  readonly #pipelines: ReadonlyMap<string, PlannedPipeline>;

  constructor(stages: MapNode, { scope, folder }: AuthoredRequest) {
    this.#stages = stages;
    this.#paths = new StagePaths({ configFile: scope.home.file, folder });
    // What cannot be filled in was told where the stages were worked out.
    this.#filler = scope.filler.muted(new Problems());
    this.#planned = scope.planned.filter((planned) => planned.kind === 'pipeline');
    this.#pipelines = new Map(this.#planned.map((planned) => [nameOf(planned), planned]));
  }

  all(): ReadonlyMap<string, MapEntry> {
    const { patches } = splitPatches(this.#stages);
    const owners = new Map<string, string>();
    for (const [base, own] of patches) for (const { id } of own) owners.set(id, base);
    const authored = new Map<string, MapEntry>();
    for (const [id, entry] of this.#stages.entries) {
      const owner = owners.get(id);
      authored.set(id, { ...entry, value: this.#valueOf(id, entry, owner) });
    }
    for (const [id, given] of this.#given) {
      const entry = authored.get(id) ?? { keySpan: given.span, value: given };
      authored.set(id, { ...entry, value: mergeNodes(entry.value, given, 'lower') });
    }
    return authored;
  }

  /** @param owner the stage that an entry changes instances or inner stages of */
  #valueOf(id: string, { value }: MapEntry, owner: string | undefined): MapEntry['value'] {
    if (value.kind !== 'map') return value;
    const base = childOf(this.#stages, owner ?? id);
    const kind = base?.kind === 'map' ? expansionKindOf(base) : undefined;
    const filler =
      kind === undefined
        ? this.#filler
        : this.#filler.withVariables(variablePlaceholders(kind, value));
    const filled = filler.fill(['stages', id], value);
    if (filled.kind !== 'map') return filled;
    const pipeline = owner === undefined ? this.#pipelines.get(id) : undefined;
    const names = pipeline !== undefined && isNamed(pipeline) ? 'own' : 'other';
    return this.#paths.inConfig(filled, names);
  }

  /** By the stage that it is for, or by instance where instances are different pipelines. */
  get #given(): ReadonlyMap<string, ConfigNode> {
    const given = new Map<string, ConfigNode>();
    for (const [name, all] of Map.groupBy(this.#planned, nameOf)) {
      const found = all.map((planned) => {
        const inside = givenInside(planned);
        return inside && this.#filler.fill(['stages', planned.id], inside);
      });
      const [first] = found;
      const isShared = found.every((one) => isDeepStrictEqual(plain(one), plain(first)));
      for (const [index, { id }] of all.entries()) {
        const own = found[index];
        if (own !== undefined) given.set(isShared ? name : id, own);
      }
    }
    return given;
  }
}

/** As it is written, without the label of an instance. */
function nameOf({ id, label }: PlannedPipeline): string {
  return label === undefined ? id : id.slice(0, -`[${label}]`.length);
}

function plain(node: ConfigNode | undefined): unknown {
  return node && toPlain(node);
}

/** The variables of an instance may stand for the pipeline, so it is looked up once they are filled in. */
function isNamed({ entry }: PlannedPipeline): boolean {
  const written = childOf(entry.value, 'pipeline');
  return written?.kind === 'scalar' && parseTarget(String(written.value))?.kind === 'name';
}

/** The environment that some pipeline inside has values for. */
function environmentInside(planned: readonly Planned[]): string | undefined {
  for (const one of planned) {
    if (one.kind !== 'pipeline') continue;
    const found = one.inner.home.environment?.name ?? environmentInside(one.inner.planned);
    if (found !== undefined) return found;
  }
  return undefined;
}
