import type { ModelPipeline } from './model-pipeline.ts';

/**
 * Whether a stage can do without one that its condition skipped: it reads outputs of it, and all that it
 * reads of it is optional.
 */
export function toleratesSkip(
  { wiring }: ModelPipeline,
  dependant: number,
  skipped: number,
): boolean {
  const read = wiring.inputs
    .of(dependant)
    .filter(
      ({ provider, parts }) =>
        provider === skipped || parts?.some((part) => part.provider === skipped) === true,
    );
  return read.length > 0 && read.every(({ optional, parts }) => optional && parts === undefined);
}
