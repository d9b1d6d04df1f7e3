import { parseSizeBytes, SIZE_EXAMPLES, SIZE_EXPECTED, SIZE_PATTERN } from './size.ts';
import { z } from './zod.ts';

/**
 * A schema for a stage's params: a size with a unit in the config (`10MiB`), bytes as a number in the
 * stage. Its default is given in bytes, or as text with `prefault('10MiB')`.
 */
export function size(): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z
    .string({ error: SIZE_EXPECTED })
    .regex(SIZE_PATTERN, SIZE_EXPECTED)
    .transform((text, context) => {
      const parsed = parseSizeBytes(text);
      if (parsed.ok) return parsed.value;
      context.addIssue({ code: 'custom', message: parsed.problem, input: text });
      return z.NEVER;
    })
    .meta({ description: `A size with a unit: ${SIZE_EXAMPLES}` });
}
