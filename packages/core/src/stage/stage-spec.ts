import type { z } from '../base/zod.ts';
import type { AuthoredStageInput } from '../definition/authored-schema.ts';
import type { FailureRecord } from '../events/failure-record.ts';

/** What a stage declares of itself. Everything is optional; what is declared is checked. */
export interface StageSpec {
  /** One line for listings and the generated schema. */
  readonly description?: string;
  /** Checks and fills the `with` of a definition. */
  readonly params?: z.ZodType;
  /** Context keys that the stage reads. An optional one may be absent. */
  readonly inputs?: z.ZodObject;
  /** Context keys that `run` returns, all of them. */
  readonly outputs?: z.ZodObject;
  /** Context keys of ancestors that the stage changes through `context.update`. */
  readonly updates?: z.ZodObject;
  /** Raised by the author when old checkpoints no longer fit. Default '1'. */
  readonly version?: string;
  readonly retry?: AuthoredStageInput['retry'];
  /** Which failures are worth another attempt. Default: what was thrown, and timeouts. */
  readonly retryable?: (failure: FailureRecord) => boolean;
  /** With a unit: `5m`. */
  readonly timeout?: string;
  /** With a unit: `5s`. */
  readonly grace?: string;
  readonly critical?: boolean;
}
