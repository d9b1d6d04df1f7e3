import type { ModelPipeline } from './model-pipeline.ts';
import type { WiredInput } from './wiring.ts';

/** What a stage declares to read and to update, by the name it has in records: `x`, or `x[1]` of a list. */
export function wiredInputs(
  { wiring }: Pick<ModelPipeline, 'wiring'>,
  stage: number,
): ReadonlyMap<string, WiredInput> {
  const inputs = new Map<string, WiredInput>();
  for (const input of wiring.inputs[stage] ?? []) {
    if (input.parts === undefined) inputs.set(input.name, input);
    else for (const [at, part] of input.parts.entries()) inputs.set(`${input.name}[${at}]`, part);
  }
  return inputs;
}
