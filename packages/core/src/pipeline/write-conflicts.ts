import type { Diagnostic } from '../base/diagnostic.ts';
import { Ancestry, type CompactGraph } from '../graph/index.ts';
import { type BoundStage, updateKey, writeKey } from './bound-stage.ts';
import type { WirableStage } from './wiring.ts';

interface WritersRequest {
  readonly graph: CompactGraph;
  readonly stages: readonly WirableStage[];
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Declared writers of each key, in topological order. A stage that writes a key twice is refused. */
export function collectWriters({ graph, stages, report }: WritersRequest): Map<string, number[]> {
  const writersOf = new Map<string, number[]>();
  for (const index of graph.order) {
    const stage = stages[index];
    if (stage === undefined) continue;
    const { outputs, updates } = stage.blueprint;
    const note = (key: string): void => {
      const writers = writersOf.get(key);
      if (writers === undefined) writersOf.set(key, [index]);
      else if (writers.at(-1) !== index) writers.push(index);
      else report(writtenTwice(stage, key));
    };
    for (const name of outputs ?? []) note(writeKey(stage, name));
    for (const name of updates) note(updateKey(stage, name));
  }
  return writersOf;
}

/**
 * One diagnostic per key: in topological order it is enough that each writer precedes the next.
 * @param isLoose stages whose dependencies are not all known: their order may be a mere consequence
 */
export function refuseUnorderedWriters(
  { graph, stages, report }: WritersRequest,
  writersOf: ReadonlyMap<string, readonly number[]>,
  isLoose: (stage: number) => boolean,
): void {
  let ancestry: Ancestry | undefined;
  for (const [key, writers] of writersOf) {
    if (writers.length === 1) continue;
    const firm = writers.filter((writer) => !isLoose(writer));
    ancestry ??= new Ancestry(graph);
    const order = ancestry;
    const clash = firm.findIndex(
      (writer, at) => at > 0 && !order.isAncestor(firm[at - 1] as number, writer),
    );
    if (clash === -1) continue;
    const [first, second] = [firm[clash - 1] as number, firm[clash] as number];
    const [a, b] = first < second ? [first, second] : [second, first];
    const [idA, idB] = [graph.ids[a] ?? '', graph.ids[b] ?? ''];
    report({
      code: 'WRITE_CONFLICT',
      severity: 'error',
      message: `stages ${JSON.stringify(idA)} and ${JSON.stringify(idB)} both write ${JSON.stringify(key)}, and neither needs the other`,
      path: ['stages', idB],
      pointsAtKey: true,
      help: `let one need the other${renameHint(stages[b], key)}`,
      related: [{ message: 'the other writer', path: ['stages', idA] }],
    });
  }
}

/** An update cannot be renamed apart: it changes the key that it reads. */
function renameHint(stage: WirableStage, key: string): string {
  const name = stage?.blueprint.outputs?.find((output) => writeKey(stage, output) === key);
  if (name === undefined) return '';
  return `, or rename the key of one: writes: { ${JSON.stringify(name)}: ${JSON.stringify(`${key}_2`)} }`;
}

function writtenTwice(stage: BoundStage, key: string): Diagnostic {
  const { id, blueprint, writes, reads } = stage;
  const outputs = (blueprint.outputs ?? []).filter((name) => writeKey(stage, name) === key);
  const updates = blueprint.updates.filter((name) => updateKey(stage, name) === key);
  const names = [...outputs, ...updates].map((name) => JSON.stringify(name)).join(' and ');
  const renamed =
    outputs.find((name) => writes.has(name)) ?? updates.find((name) => reads.has(name));
  const field = renamed !== undefined && writes.has(renamed) ? 'writes' : 'reads';
  return {
    code: 'WRITE_CONFLICT',
    severity: 'error',
    message: `stage ${JSON.stringify(id)} writes ${JSON.stringify(key)} twice, as ${names}`,
    path: ['stages', id, ...(renamed === undefined ? [] : [field, renamed])],
    pointsAtKey: true,
    help: 'give each of them a key of its own with writes',
  };
}
