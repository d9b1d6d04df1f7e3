import { DURATION_EXAMPLES, parseDurationMs } from '../base/duration.ts';
import { stageIdFault } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { parseShare } from './failure-budget.ts';

/** A duration with a unit, as milliseconds. */
export const durationMsSchema = z
  .string({ error: `expected a duration with a unit, such as ${DURATION_EXAMPLES}` })
  .transform((text, context) => {
    const parsed = parseDurationMs(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.problem, input: text });
    return z.NEVER;
  })
  .meta({ description: `A duration with a unit: ${DURATION_EXAMPLES}` });

export const retrySchema = z.strictObject({
  attempts: z.int().min(1).max(1000).optional().describe('Tries in all, the first one counted.'),
  backoff: z.enum(['fixed', 'linear', 'exponential']).optional().describe('How the wait grows.'),
  delay: durationMsSchema.optional().describe('Wait before the second attempt.'),
  maxDelay: durationMsSchema.optional().describe('No wait is longer.'),
  jitter: z.boolean().optional().describe('Takes a random part off each wait.'),
  on: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Only these failures are tried again: reasons, codes, names of errors.'),
  notOn: z
    .array(z.string().min(1))
    .optional()
    .describe('These failures are not: reasons, codes, names of errors.'),
});

const spanMsSchema = durationMsSchema.refine(
  (durationMs) => durationMs > 0,
  'expected more than zero',
);

/** @param key what is left out for no limit */
const limitMsSchema = (key: 'deadline' | 'timeout') =>
  durationMsSchema.refine(
    (durationMs) => durationMs > 0,
    `expected more than zero; leave ${key} out for no limit`,
  );

const keySchema = z.string().min(1);
const readKeysSchema = z.record(z.string(), z.union([keySchema, z.array(keySchema).min(1)]));
const writeKeysSchema = z.record(z.string(), keySchema);

const fallbackStageSchema = z.strictObject({
  uses: z.string().min(1),
  with: z.unknown().optional(),
});

/** Outputs by key, or `{ uses, with }` for another stage: whatever has a text under `uses` is a stage. */
export const fallbackSchema = z.union([
  fallbackStageSchema,
  z
    .record(z.string(), z.unknown())
    .refine((outputs) => typeof outputs.uses !== 'string', 'expected { uses, with } or outputs'),
]);

export const stageIdSchema = z.string().superRefine((text, context) => {
  const fault = stageIdFault(text);
  if (fault !== undefined)
    context.addIssue({ code: 'custom', message: `a stage id that ${fault}` });
});

const LIMIT_NAME = /^\p{L}[\p{L}\p{N}_.-]{0,99}$/u;

const limitNameSchema = z
  .string()
  .regex(
    LIMIT_NAME,
    'expected a name of letters, digits, "_", "-" and "." that begins with a letter',
  );

/** A pipeline's `limits`: what holds for all stages that name one of them. */
export const limitSchema = z
  .strictObject({
    concurrency: z.int().min(1).max(100_000).optional().describe('Attempts at the same time.'),
    rate: z
      .strictObject({
        calls: z.int().min(1).max(1_000_000).describe('At most so many starts'),
        per: spanMsSchema.describe('within any stretch of time of this length.'),
      })
      .optional()
      .describe('How often attempts start.'),
    breaker: z
      .strictObject({
        failures: z.int().min(1).max(1000).describe('Failures in a row that open the circuit.'),
        reset: spanMsSchema.describe('After so long one attempt tries whether it works again.'),
        onOpen: z.enum(['wait', 'fail']).optional().describe('What attempts do meanwhile.'),
      })
      .optional()
      .describe('Leaves alone what does not answer.'),
  })
  .refine((limit) => Object.values(limit).some((part) => part !== undefined), {
    error: 'expected concurrency, rate or breaker: without them it limits nothing',
  });

const limitUsesSchema = z.union([
  z.array(limitNameSchema),
  z.record(limitNameSchema, z.int().min(1).max(100_000)),
]);

/** What a stage's author and a definition may both set. */
export const stageOptionShape = {
  retry: retrySchema.optional(),
  timeout: limitMsSchema('timeout').optional().describe('Limit of setup and run together.'),
  grace: durationMsSchema.optional().describe('How long an aborted attempt may go on.'),
  critical: z.boolean().optional().describe('false: a failure only degrades the run.'),
  cacheable: z
    .boolean()
    .optional()
    .describe('Its outcome may be taken over from another run that had the same inputs.'),
  limits: limitUsesSchema
    .optional()
    .describe('Limits of the pipeline that each attempt takes a slot of; as a map, several slots.'),
};

const BUDGET_FORM = 'expected a number of items, or a share such as 5%';

const failureBudgetSchema = z
  .union([z.int().min(0), z.string()], { error: BUDGET_FORM })
  .transform((authored, context) => {
    if (typeof authored === 'number') return { kind: 'count', most: authored } as const;
    const share = parseShare(authored);
    if (share !== undefined) return share;
    context.addIssue({ code: 'custom', message: BUDGET_FORM, input: authored });
    return z.NEVER;
  });

/** What the author of a mapped stage and a definition may both set. */
export const mapShape = {
  over: keySchema.optional().describe('The input that holds the items.'),
  key: keySchema.optional().describe('Path within an item to what names it.'),
  into: keySchema
    .optional()
    .describe('The output that holds the results, in the order of the items.'),
  failures: keySchema.optional().describe('The output that lists the items that failed.'),
  concurrency: z.int().min(1).max(100_000).optional().describe('Items at the same time.'),
  failureBudget: failureBudgetSchema
    .optional()
    .describe('Items that may fail, as a number or a share such as 5%.'),
  retry: retrySchema.optional().describe('How often one item is tried.'),
  timeout: limitMsSchema('timeout').optional().describe('Limit of one try of one item.'),
  deadline: limitMsSchema('deadline')
    .optional()
    .describe('After so long what is not done counts as failed.'),
};

/** One stage as its author writes it, without its id. */
export const authoredStageSchema = z.strictObject({
  uses: z.string().min(1).describe('A file, package#Export, or a registered name.'),
  description: z.string().optional(),
  with: z.unknown().optional().describe("Params, checked by the stage's own schema."),
  needs: z.array(z.string()).default([]).describe('Stages that must succeed first.'),
  reads: readKeysSchema
    .optional()
    .describe('Context key to read for an input, by its name; of several keys it gets a list.'),
  writes: writeKeysSchema.optional().describe('Context key to write for an output, by its name.'),
  tags: z.array(z.string().min(1)).optional().describe('Names to select stages by: tag:nightly.'),
  when: z
    .union([z.boolean(), z.string().min(1)])
    .optional()
    .describe('The stage is skipped where this does not hold: params.mode == "full".'),
  files: z
    .array(z.string().min(1))
    .optional()
    .describe('Files that the stage reads beside its inputs, whose content counts like an input.'),
  ...stageOptionShape,
  map: z.strictObject(mapShape).optional().describe('How a mapped stage goes about its items.'),
  fallback: fallbackSchema.optional().describe('Outputs, or another stage, used on failure.'),
});

/** The fields of a pipeline beside its stages, as an author writes them. */
export const authoredPipelineFieldsSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .refine(
      (text) => stageIdFault(text) === undefined,
      'expected a name without control characters',
    ),
  description: z.string().optional(),
  concurrency: z.int().min(1).max(100_000).optional().describe('Stages that run at the same time.'),
  durability: z.enum(['strict', 'pipelined', 'none']).optional(),
  failureMode: z.enum(['no-new', 'continue', 'kill']).optional(),
  onFailure: z
    .enum(['keep', 'undo'])
    .optional()
    .describe('What becomes of the outcomes of a run that failed or was cancelled.'),
  limits: z
    .record(limitNameSchema, limitSchema)
    .optional()
    .describe('Caps by name on what runs at the same time and how often it starts.'),
  context: z.record(z.string(), z.unknown()).optional().describe('Initial context.'),
  inputs: z
    .array(z.string().min(1))
    .optional()
    .describe('Keys that the caller gives at the start.'),
});

export type AuthoredStageInput = z.input<typeof authoredStageSchema>;
export type AuthoredStage = z.output<typeof authoredStageSchema>;
export type AuthoredPipelineFieldsInput = z.input<typeof authoredPipelineFieldsSchema>;
export type AuthoredPipelineFields = z.output<typeof authoredPipelineFieldsSchema>;
