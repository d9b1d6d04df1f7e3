import { formatPath } from '../../base/schema-issues.ts';
import type { z } from '../../base/zod.ts';
import { schemaMismatch } from '../schema-mismatch.ts';

/** What a provider gives, what a consumer takes, and what is to be said of them. */
export type Row = [name: string, output: z.ZodType, input: z.ZodType, verdict: string];

/** `bars[0].close may be missing`, or `fits`. */
export function verdictOf(output: z.ZodType, input: z.ZodType): string {
  const mismatch = schemaMismatch(output, input);
  return mismatch === undefined ? 'fits' : `${formatPath(mismatch.path)} ${mismatch.why}`.trim();
}
