import type { PipelineDefinition } from '@millrace/core';

/** A definition without places, so that what two files say can be compared; conditions by their text. */
export function plainDefinition(definition: PipelineDefinition): unknown {
  return JSON.parse(
    JSON.stringify(definition, (key, value: unknown) => {
      if (key === 'at') return undefined;
      return value instanceof Map ? Object.fromEntries(value) : value;
    }),
  );
}
