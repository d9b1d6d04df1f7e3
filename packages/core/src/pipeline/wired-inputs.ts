import type { ModelPipeline } from './model-pipeline.ts';
import type { WiredInput } from './wiring.ts';

/** What a stage declares to read and to update, by the name it has in records: `x`, or `x[1]` of a list. */
export function wiredInputs(
  { wiring }: Pick<ModelPipeline, 'wiring'>,
  stage: number,
): ReadonlyMap<string, WiredInput> {
  const inputs = new Map<string, WiredInput>();
  eachWiredInput(wiring.inputs.of(stage), (name, input) => void inputs.set(name, input));
  return inputs;
}

/** Visits the same one by one, in order. */
export function eachWiredInput(
  inputs: readonly WiredInput[],
  visit: (name: string, input: WiredInput) => void,
): void {
  for (const input of inputs) {
    if (input.parts === undefined) visit(input.name, input);
    else input.parts.forEach((part, at) => void visit(`${input.name}[${at}]`, part));
  }
}
