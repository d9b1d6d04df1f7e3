import type { BoundStage, ModelPipeline, StageRecord } from '@millrace/core';

/** What a stage rests on, each as one text that differs when it does. */
export interface Reads {
  /** By input, or by context key for a stage that declares none. */
  readonly values: Readonly<Record<string, string>>;
  /** All that a stage that is needed wrote, by its id. */
  readonly needs: Readonly<Record<string, string>>;
}

type Records = ReadonlyMap<string, StageRecord>;

/**
 * What every stage reads as a run left it, by id. Told from the records of its ancestors alone, without
 * anything that plans are made with.
 */
export function readsNow(
  pipeline: ModelPipeline,
  records: Records,
): Readonly<Record<string, Reads>> {
  const reads = pipeline.stages.map((stage) => [stage.id, readsOf(stage, pipeline, records)]);
  return Object.fromEntries(reads);
}

function readsOf(
  { index, blueprint, definition }: BoundStage,
  pipeline: ModelPipeline,
  records: Records,
): Reads {
  const above = ancestorsOf(pipeline, index);
  const inputs = pipeline.wiring.inputs.of(index);
  const values = new Map(inputs.map(({ name, key }) => [name, valueNow(records, above, key)]));
  if (blueprint.inputs === undefined) {
    const written = above.flatMap((id) => records.get(id)?.writes ?? []);
    for (const { key } of written) values.set(key, valueNow(records, above, key));
  }
  const needs = definition.needs.map((id) => [id, outcomeOf(records, id)]);
  return { values: Object.fromEntries(values), needs: Object.fromEntries(needs) };
}

/** Nearest first. */
function ancestorsOf({ graph }: ModelPipeline, index: number): readonly string[] {
  const { dependencies, dependencyOffsets, rank, ids } = graph;
  const found = new Set([index]);
  for (const stage of found) {
    const [from, to] = [dependencyOffsets[stage], dependencyOffsets[stage + 1]];
    for (const dependency of dependencies.subarray(from, to)) found.add(dependency);
  }
  found.delete(index);
  const inOrder = [...found].sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0));
  return inOrder.map((stage) => ids[stage] ?? '');
}

/** A stage that writes nothing is told by its attempt. */
function outcomeOf(records: Records, id: string): string {
  const { writes = [], attempt } = records.get(id) ?? {};
  const written = writes.map(({ key, hash }) => `${hash} ${key}`).sort();
  return written.length === 0 ? `attempt ${attempt}` : written.join('\n');
}

/** What the nearest of the stages wrote; a patch, with what it is a patch of. */
function valueNow(records: Records, above: readonly string[], key: string): string {
  const layers: string[] = [];
  for (const id of above) {
    const write = records.get(id)?.writes.find((written) => written.key === key);
    if (write === undefined) continue;
    layers.push(write.hash);
    if (write.kind === 'value') break;
  }
  return layers.join(' ');
}
