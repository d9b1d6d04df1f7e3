import { setOwnProperty } from '../base/codec/own-property.ts';
import { type Cell, readCell } from '../context/index.ts';
import { type BoundStage, updateKey, writeKey } from '../pipeline/index.ts';

/** What a stage returned, by its own names, from the cells that it wrote. @throws MillraceError CHECKPOINT_CORRUPT */
export function recordedOutputs(
  stage: BoundStage,
  cells: readonly Cell[],
): Readonly<Record<string, unknown>> {
  const updated = new Set(stage.blueprint.updates.map((name) => updateKey(stage, name)));
  const names = new Map<string, string>();
  for (const name of stage.blueprint.outputs ?? Array.from(stage.writes, ([name]) => name)) {
    names.set(writeKey(stage, name), name);
  }
  const outputs: Record<string, unknown> = {};
  for (const cell of cells) {
    const name = names.get(cell.key);
    if (name === undefined && updated.has(cell.key)) continue;
    setOwnProperty(outputs, name ?? undeclaredName(stage, cell.key), readCell(cell));
  }
  return Object.freeze(outputs);
}

/** Of a stage that declares no outputs: its key without what its pipeline puts around it. */
function undeclaredName({ definition }: BoundStage, key: string): string {
  const { namespace = '', writeSuffix = '' } = definition;
  const own = key.startsWith(namespace) ? key.slice(namespace.length) : key;
  return own.endsWith(writeSuffix) ? own.slice(0, own.length - writeSuffix.length) : own;
}
