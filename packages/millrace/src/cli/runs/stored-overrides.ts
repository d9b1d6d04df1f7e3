import { type RunSource, z } from '@millrace/core';

const schema = z.object({
  pipeline: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  /** Absolute paths. */
  paramsFiles: z.array(z.string()).optional(),
  environment: z.string().optional(),
  concurrency: z.int().min(1).optional(),
  durability: z.enum(['strict', 'pipelined', 'none']).optional(),
  failureMode: z.enum(['no-new', 'continue', 'kill']).optional(),
  onFailure: z.enum(['keep', 'undo']).optional(),
  /** Absolute folder of the run's log file; told by `show`. */
  logDir: z.string().optional(),
});

/** What was given on the command line when a run was started; a resume applies it again. */
export type StoredOverrides = z.output<typeof schema>;

/** A run of another program may have stored anything; what does not fit is left out. */
export function readOverrides({ overrides }: RunSource): StoredOverrides {
  const known: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const parsed = field.safeParse(overrides?.[key]);
    if (parsed.success && parsed.data !== undefined) known[key] = parsed.data;
  }
  return known as StoredOverrides;
}
