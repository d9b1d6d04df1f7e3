import type { Diagnostic } from '../base/diagnostic.ts';
import { type CompactGraph, descendantsMask, needsDirectly } from '../graph/index.ts';
import { MissingInputs } from './missing-input.ts';
import { NearestWriters } from './nearest-writers.ts';
import { StageInputs } from './stage-inputs.ts';
import { ABSENT, FROM_INITIAL, LOOKED_UP, type WirableStage, type Wiring } from './wiring.ts';
import { collectWriters, refuseUnorderedWriters } from './write-conflicts.ts';

interface WireRequest {
  readonly graph: CompactGraph;
  /** By index of the graph. */
  readonly stages: readonly WirableStage[];
  readonly initialKeys: ReadonlySet<string>;
  /** Stages whose dependencies are not all known. What they and their descendants miss may be a mere consequence. */
  readonly loose: ReadonlySet<number>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Not found yet; nobody sees it in what is returned. */
const UNKNOWN = -5;

/**
 * Finds the provider of every declared input; refuses writers of one key that no dependency orders.
 * About O(stages + dependencies) for each key that is read from afar.
 */
export function wireStages(request: WireRequest): Wiring {
  const { graph, stages, loose } = request;
  const belowLoose = descendantsMask(graph, loose);
  const writersOf = collectWriters(request);
  refuseUnorderedWriters(
    request,
    writersOf,
    (stage) => loose.has(stage) || belowLoose[stage] === 1,
  );
  const undeclared = indicesOf(
    stages,
    (stage) => stage?.blueprint.outputs === undefined && stage !== undefined,
  );
  const found = new FoundProviders(graph, writersOf);
  const belowUndeclared = descendantsMask(graph, undeclared);
  const inputs = new StageInputs(stages, ({ index }, { key }) =>
    belowUndeclared[index] === 1 ? LOOKED_UP : found.look(index, key),
  );
  const unknown = new Set([...loose, ...indicesOf(stages, (stage) => stage === undefined)]);
  const belowUnknown = descendantsMask(graph, unknown);
  const missing = new MissingInputs(request);
  inputs.resolve(UNKNOWN, (stage, { name, key, optional }) => {
    const writer = found.of(stage.index, key);
    if (writer !== undefined) return writer;
    if (request.initialKeys.has(key)) return FROM_INITIAL;
    if (!optional && !unknown.has(stage.index) && belowUnknown[stage.index] !== 1)
      missing.report({ stage, name, key }, writersOf.get(key) ?? []);
    return ABSENT;
  });
  return { inputs, writersOf, hasUndeclared: undeclared.length > 0 };
}

/** Who provides what is read. Most is written by one stage alone, which its reader needs: that is seen at once. */
class FoundProviders {
  readonly #graph: CompactGraph;
  readonly #writersOf: ReadonlyMap<string, readonly number[]>;
  /** Of the keys that are not so simple. */
  readonly #readersOf = new Map<string, number[]>();
  #nearest: ReadonlyMap<string, ReadonlyMap<number, number>> | undefined;

  constructor(graph: CompactGraph, writersOf: ReadonlyMap<string, readonly number[]>) {
    this.#graph = graph;
    this.#writersOf = writersOf;
  }

  /** Call it for all that is read, before the first `of`. The provider, or what stands for one that is not known yet. */
  look(stage: number, key: string): number {
    const writers = this.#writersOf.get(key);
    if (writers === undefined) return UNKNOWN;
    const [writer] = writers;
    if (writers.length === 1 && writer !== undefined && needsDirectly(this.#graph, stage, writer))
      return writer;
    const readers = this.#readersOf.get(key);
    if (readers === undefined) this.#readersOf.set(key, [stage]);
    else readers.push(stage);
    return UNKNOWN;
  }

  /** Who provides what was not seen at once. Undefined when no stage does. */
  of(stage: number, key: string): number | undefined {
    this.#nearest ??= this.#findNearest();
    return this.#nearest.get(key)?.get(stage);
  }

  /** Key by key, since the readers of one key share most of the work. */
  #findNearest(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const nearest = new NearestWriters(this.#graph);
    return new Map(
      Array.from(this.#readersOf, ([key, readers]) => [
        key,
        nearest.find(this.#writersOf.get(key) ?? [], readers),
      ]),
    );
  }
}

function indicesOf(
  stages: readonly WirableStage[],
  isMeant: (stage: WirableStage) => boolean,
): number[] {
  return stages.flatMap((stage, index) => (isMeant(stage) ? [index] : []));
}
