import type { Diagnostic } from '../base/diagnostic.ts';
import { type CompactGraph, descendantsMask } from '../graph/index.ts';
import { type BoundStage, readKeys } from './bound-stage.ts';
import { MissingInputs } from './missing-input.ts';
import { NearestWriters } from './nearest-writers.ts';
import {
  ABSENT,
  FROM_INITIAL,
  GATHERED,
  LOOKED_UP,
  type WirableStage,
  type WiredInput,
  type Wiring,
} from './wiring.ts';
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

/** What is read from whom, before providers are known. */
interface Reading {
  readonly stage: BoundStage;
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
  /** The readings of a list, each of one key; its own key is empty. */
  readonly parts: readonly Reading[] | undefined;
}

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
  const readings = stages.map((stage) => (stage === undefined ? [] : readingsOf(stage)));
  const providers = findProviders(graph, writersOf, readings.flat());
  const belowUndeclared = descendantsMask(graph, undeclared);
  const unknown = new Set([...loose, ...indicesOf(stages, (stage) => stage === undefined)]);
  const belowUnknown = descendantsMask(graph, unknown);
  const missing = new MissingInputs(request);
  const toProvider = ({ stage, name, key, optional, parts }: Reading): number => {
    if (parts !== undefined) return GATHERED;
    if (belowUndeclared[stage.index] === 1) return LOOKED_UP;
    const writer = providers.get(key)?.get(stage.index);
    if (writer !== undefined) return writer;
    if (request.initialKeys.has(key)) return FROM_INITIAL;
    if (!optional && !unknown.has(stage.index) && belowUnknown[stage.index] !== 1)
      missing.report({ stage, name, key }, writersOf.get(key) ?? []);
    return ABSENT;
  };
  const toInput = (reading: Reading): WiredInput => {
    const { name, key, optional } = reading;
    const parts = reading.parts?.map(toInput);
    return { name, key, optional, provider: toProvider(reading), parts };
  };
  const inputs = readings.map((own) => own.map(toInput));
  return { inputs, writersOf, hasUndeclared: undeclared.length > 0 };
}

function readingsOf(stage: BoundStage): Reading[] {
  const { inputs, updates } = stage.blueprint;
  const declared = [...(inputs ?? []), ...updates.map((name) => ({ name, optional: false }))];
  return declared.map(({ name, optional }): Reading => {
    const keys = readKeys(stage, name);
    if (typeof keys === 'string') return { stage, name, key: keys, optional, parts: undefined };
    const parts = keys.map((key) => ({ stage, name, key, optional, parts: undefined }));
    return { stage, name, key: '', optional, parts };
  });
}

/** Key by key, since the readers of one key share most of the work. */
function findProviders(
  graph: CompactGraph,
  writersOf: ReadonlyMap<string, readonly number[]>,
  readings: readonly Reading[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const readersOf = new Map<string, number[]>();
  for (const { key, stage } of readings.flatMap((reading) => reading.parts ?? reading)) {
    if (!writersOf.has(key)) continue;
    const readers = readersOf.get(key);
    if (readers === undefined) readersOf.set(key, [stage.index]);
    else readers.push(stage.index);
  }
  const nearest = new NearestWriters(graph);
  return new Map(
    Array.from(readersOf, ([key, readers]) => [
      key,
      nearest.find(writersOf.get(key) ?? [], readers),
    ]),
  );
}

function indicesOf(
  stages: readonly WirableStage[],
  isMeant: (stage: WirableStage) => boolean,
): number[] {
  return stages.flatMap((stage, index) => (isMeant(stage) ? [index] : []));
}
