import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { Ancestry, ancestorsMask, type CompactGraph, descendantsMask } from '../graph/index.ts';
import { contextKey, declaredWrites } from './bound-stage.ts';
import {
  ABSENT,
  FROM_INITIAL,
  LOOKED_UP,
  type WirableStage,
  type WiredInput,
  type Wiring,
} from './wiring.ts';

/** Past so many far readers of one writer, one sweep over its descendants is cheaper than single walks. */
const SWEEP_FROM = 4;

interface WireRequest {
  readonly graph: CompactGraph;
  /** By index of the graph. */
  readonly stages: readonly WirableStage[];
  readonly initialKeys: ReadonlySet<string>;
  /** Stages with reported faults: what their descendants miss may be a mere consequence. */
  readonly faulty: readonly number[];
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Finds the provider of every declared input; refuses writers of one key that no dependency orders. */
export function wireStages(request: WireRequest): Wiring {
  const ancestry = new Ancestry(request.graph);
  const writersOf = collectWriters(request);
  refuseUnorderedWriters(request, writersOf, ancestry);
  const undeclared = request.stages.flatMap((stage, index) =>
    stage !== undefined && stage.blueprint.outputs === undefined ? [index] : [],
  );
  const finder = new ProviderFinder(request, writersOf, ancestry, undeclared);
  const inputs = request.stages.map((stage) => (stage === undefined ? [] : finder.wire(stage)));
  return { inputs, writersOf, hasUndeclared: undeclared.length > 0 };
}

function collectWriters({ graph, stages }: WireRequest): Map<string, number[]> {
  const writersOf = new Map<string, number[]>();
  for (const index of graph.order) {
    const stage = stages[index];
    if (stage === undefined) continue;
    for (const key of declaredWrites(stage)) {
      const writers = writersOf.get(key);
      if (writers === undefined) writersOf.set(key, [index]);
      else if (writers.at(-1) !== index) writers.push(index);
    }
  }
  return writersOf;
}

/** One diagnostic per key: in topological order it is enough that each writer precedes the next. */
function refuseUnorderedWriters(
  { graph, report }: WireRequest,
  writersOf: ReadonlyMap<string, readonly number[]>,
  ancestry: Ancestry,
): void {
  for (const [key, writers] of writersOf) {
    const clash = writers.findIndex(
      (writer, at) => at > 0 && !ancestry.isAncestor(writers[at - 1] as number, writer),
    );
    if (clash === -1) continue;
    const [first, second] = [writers[clash - 1] as number, writers[clash] as number];
    const [a, b] = first < second ? [first, second] : [second, first];
    const [idA, idB] = [graph.ids[a] ?? '', graph.ids[b] ?? ''];
    report({
      code: 'WRITE_CONFLICT',
      severity: 'error',
      message: `stages ${JSON.stringify(idA)} and ${JSON.stringify(idB)} both write ${JSON.stringify(key)}, and neither needs the other`,
      path: ['stages', idB],
      pointsAtKey: true,
      help: `let one need the other, or rename the key of one: writes: { ${key}: ${key}_2 }`,
      related: [{ message: 'the other writer', path: ['stages', idA] }],
    });
  }
}

class ProviderFinder {
  readonly #request: WireRequest;
  readonly #writersOf: ReadonlyMap<string, readonly number[]>;
  readonly #ancestry: Ancestry;
  /** Marks stages below one that declares nothing. */
  readonly #belowUndeclared: Uint8Array;
  readonly #belowFaulty: Uint8Array;
  readonly #farReads = new Map<number, number>();
  readonly #sweeps = new Map<number, Uint8Array>();

  constructor(
    request: WireRequest,
    writersOf: ReadonlyMap<string, readonly number[]>,
    ancestry: Ancestry,
    undeclared: readonly number[],
  ) {
    this.#request = request;
    this.#writersOf = writersOf;
    this.#ancestry = ancestry;
    this.#belowUndeclared = descendantsMask(request.graph, undeclared);
    this.#belowFaulty = descendantsMask(request.graph, request.faulty);
    for (const faulty of request.faulty) this.#belowFaulty[faulty] = 1;
  }

  wire(stage: NonNullable<WirableStage>): WiredInput[] {
    const { inputs, updates } = stage.blueprint;
    const declared = [...(inputs ?? []), ...updates.map((name) => ({ name, optional: false }))];
    return declared.map(({ name, optional }) => {
      const key = contextKey(stage.reads, name);
      return { name, key, optional, provider: this.#provider(stage, key, optional) };
    });
  }

  #provider(stage: NonNullable<WirableStage>, key: string, optional: boolean): number {
    if (this.#belowUndeclared[stage.index] === 1) return LOOKED_UP;
    const writers = this.#writersOf.get(key) ?? [];
    const nearest = this.#nearestWriter(writers, stage.index);
    if (nearest !== undefined) return nearest;
    if (this.#request.initialKeys.has(key)) return FROM_INITIAL;
    if (optional) return ABSENT;
    if (this.#belowFaulty[stage.index] !== 1) this.#reportMissing(stage, key, writers);
    return ABSENT;
  }

  /** The writers are in order, each an ancestor of the next, so the last that is an ancestor is nearest. */
  #nearestWriter(writers: readonly number[], reader: number): number | undefined {
    const { rank } = this.#request.graph;
    for (let at = lastBefore(writers, rank, rank[reader] as number); at >= 0; at--) {
      const writer = writers[at] as number;
      if (this.#isAncestor(writer, reader)) return writer;
    }
    return undefined;
  }

  #isAncestor(writer: number, reader: number): boolean {
    const { graph } = this.#request;
    const end = graph.dependencyOffsets[reader + 1] as number;
    for (let edge = graph.dependencyOffsets[reader] as number; edge < end; edge++) {
      if (graph.dependencies[edge] === writer) return true;
    }
    const reads = (this.#farReads.get(writer) ?? 0) + 1;
    this.#farReads.set(writer, reads);
    if (reads <= SWEEP_FROM) return this.#ancestry.isAncestor(writer, reader);
    let sweep = this.#sweeps.get(writer);
    if (sweep === undefined) {
      sweep = descendantsMask(graph, [writer]);
      this.#sweeps.set(writer, sweep);
    }
    return sweep[reader] === 1;
  }

  #reportMissing(stage: NonNullable<WirableStage>, key: string, writers: readonly number[]): void {
    const { graph } = this.#request;
    const writer = writers[0];
    const near = didYouMean(key, this.#visibleKeys(stage.index));
    const help =
      writer === undefined
        ? (near ?? 'give it under context:, list it in inputs:, or add a stage that writes it')
        : `stage ${JSON.stringify(graph.ids[writer])} writes it: add it to needs`;
    this.#request.report({
      code: 'INPUT_MISSING',
      severity: 'error',
      message: `stage ${JSON.stringify(stage.id)} reads ${JSON.stringify(key)}, which no stage before it writes`,
      path: ['stages', stage.id],
      pointsAtKey: true,
      help,
      ...(writer === undefined
        ? {}
        : {
            related: [
              {
                message: 'writes it, but is not before it',
                path: ['stages', graph.ids[writer] ?? ''],
              },
            ],
          }),
    });
  }

  #visibleKeys(reader: number): Iterable<string> {
    const { graph, stages, initialKeys } = this.#request;
    const mask = ancestorsMask(graph, [reader]);
    const keys = new Set(initialKeys);
    stages.forEach((stage, index) => {
      if (mask[index] === 1 && stage !== undefined)
        for (const key of declaredWrites(stage)) keys.add(key);
    });
    return keys;
  }
}

/** Position of the last writer whose rank is below `limit`, or -1. */
function lastBefore(writers: readonly number[], rank: Int32Array, limit: number): number {
  let low = 0;
  let high = writers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rank[writers[middle] as number] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
