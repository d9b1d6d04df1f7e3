import { z } from '../base/zod.ts';
import {
  FAILURE_CODES,
  type FailurePhase,
  type FailureReason,
  type ThrownRecord,
} from '../events/index.ts';
import { CAPSULE_STATUSES, type CapsuleHead, LEFT_OUT_REASONS } from './capsule.ts';

const thrownSchema: z.ZodType<ThrownRecord> = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().exactOptional(),
  stack: z.string().exactOptional(),
  retryAfterMs: z.number().exactOptional(),
  get cause() {
    return thrownSchema.exactOptional();
  },
});

const failureSchema = z.object({
  reason: z.enum(Object.keys(FAILURE_CODES) as [FailureReason]),
  code: z.string(),
  phase: z.custom<FailurePhase>((phase) => typeof phase === 'string'),
  message: z.string(),
  help: z.string().exactOptional(),
  thrown: thrownSchema.exactOptional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).exactOptional(),
});

const hash = z.string();
const name = z.string();
const slotSchema = z.discriminatedUnion('kind', [
  z.object({
    name,
    kind: z.literal('value'),
    hash,
    key: z.string(),
    writer: z.string().nullable(),
    isLater: z.boolean(),
  }),
  z.object({ name, kind: z.literal('absent') }),
  z.object({ name, kind: z.literal('left-out'), why: z.enum(LEFT_OUT_REASONS) }),
]);

const textsSchema = z.record(z.string(), z.string());

const optionsSchema = z.object({
  timeoutMs: z.number().positive().exactOptional(),
  graceMs: z.number().min(0),
});

/** The code of a stage as a store keeps it. */
export const codeDescriptionSchema = z.object({
  uses: z.string(),
  version: z.string(),
  files: textsSchema,
  packages: textsSchema,
});

const codeSchema = codeDescriptionSchema.extend({ isOfAttempt: z.boolean() });

const outputSchema = z.object({
  name,
  key: z.string(),
  kind: z.enum(['output', 'update']),
  hash,
  isKept: z.boolean(),
});

/** A path that leads out of its folder could make a replay run what the reader of a capsule never saw. */
const insidePath = z
  .string()
  .refine(
    (path) => !/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path),
    'must be a path inside the folder',
  );

/** The head of a capsule, as a file gives it. */
export const capsuleHeadSchema: z.ZodType<CapsuleHead> = z.object({
  pipeline: z.string(),
  runId: z.string(),
  stage: z.string().min(1),
  attempt: z.int().min(0),
  status: z.enum(CAPSULE_STATUSES),
  startedAt: z.number().exactOptional(),
  durationMs: z.number().exactOptional(),
  failure: failureSchema.exactOptional(),
  uses: z.string(),
  config: insidePath.exactOptional(),
  startedWith: z.object({
    pipeline: z.string().exactOptional(),
    environment: z.string().exactOptional(),
    flags: z.array(z.string()),
  }),
  options: optionsSchema,
  code: codeSchema.exactOptional(),
  files: z.array(z.tuple([z.string(), z.string()])),
  params: z.object({
    hash,
    isAsRead: z.boolean(),
    secrets: z.array(z.tuple([z.string(), z.string()])),
  }),
  inputs: z.array(slotSchema),
  updates: z.array(slotSchema),
  context: z.array(slotSchema),
  artifacts: z.array(z.object({ artifact: hash, name })),
  outputs: z.array(outputSchema),
  notes: z.array(z.string()),
  madeBy: z.object({
    node: z.string(),
    platform: z.string(),
    version: z.string().exactOptional(),
  }),
});
