import {
  DURATION_EXAMPLES,
  DURATION_EXPECTED,
  DURATION_PATTERN,
  parseDurationMs,
} from './duration.ts';
import { z } from './zod.ts';

/**
 * A schema for a stage's params: a duration with a unit in the config (`1.5s`), milliseconds as a
 * number in the stage. Its default is given in milliseconds, or as text with `prefault('1.5s')`.
 */
export function duration(): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z
    .string({ error: DURATION_EXPECTED })
    .regex(DURATION_PATTERN, DURATION_EXPECTED)
    .transform((text, context) => {
      const parsed = parseDurationMs(text);
      if (parsed.ok) return parsed.value;
      context.addIssue({ code: 'custom', message: parsed.problem, input: text });
      return z.NEVER;
    })
    .meta({ description: `A duration with a unit: ${DURATION_EXAMPLES}` });
}
