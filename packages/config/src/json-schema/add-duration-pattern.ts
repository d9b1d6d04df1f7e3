import { z } from '@millrace/core';
import type { Refinement } from './to-json.ts';

/** What `parseDurationMs` reads. */
const DURATION = '^\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$';
const DURATIONS = ['250ms', '1.5s', '5m', '2h', '1d'];
const NO_DURATIONS = ['', '1', '5 m', '1w', 'x'];

/**
 * The engine's schemas check a duration in a function, of which JSON Schema knows nothing, so each is
 * tried on a few texts. Only for schemas of Millrace: a function of somebody else may do anything.
 */
export const addDurationPattern: Refinement = (zodSchema, json) => {
  if (zodSchema instanceof z.core.$ZodPipe && json.type === 'string' && readsDurations(zodSchema))
    json.pattern ??= DURATION;
};

function readsDurations(schema: z.core.$ZodType): boolean {
  const accepts = (text: string): boolean => z.core.safeParse(schema, text).success;
  return DURATIONS.every(accepts) && !NO_DURATIONS.some(accepts);
}
