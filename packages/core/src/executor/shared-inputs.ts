import type { BoundStage } from '../pipeline/index.ts';
import type { BasisEntry } from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import type { StartBasis } from './stage-gate.ts';

interface SharedInputsRequest {
  readonly stage: BoundStage;
  readonly start: StartBasis;
  readonly reader: BasisReader;
}

/**
 * What all items of a mapped stage rest on: the declared inputs but the items; of a stage that declares none, all
 * keys that it sees but that. Of a stage without items it is all that it may read.
 */
export function sharedInputs({ stage, start, reader }: SharedInputsRequest): readonly BasisEntry[] {
  const { map, blueprint } = stage;
  const all =
    blueprint.inputs === undefined
      ? [...start.inputs, ...reader.allKeys(stage.index)]
      : start.inputs;
  if (map === undefined) return all;
  const { over } = map;
  const isItems = ([kind, name]: BasisEntry): boolean =>
    (kind === 'input' || kind === 'key') && (name === over || name.startsWith(`${over}[`));
  return all.filter((entry) => !isItems(entry));
}
