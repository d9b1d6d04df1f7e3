import { z } from '@millrace/core';
import { ModelBody } from '../models/model-body.ts';

const Named = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly();

/** Where a model comes from. */
export const Lineage = z
  .object({
    runId: z.string().min(1),
    stageId: z.string().min(1).optional(),
    /** SHA-256 of the samples that it was fitted to; see `fingerprint`. */
    data: z.string().min(1),
  })
  .readonly();
export type Lineage = z.infer<typeof Lineage>;

/** A version of a model with all that is known of it. */
export const ModelRecord = z
  .object({
    /** `name@version`. */
    id: z.string().min(1),
    name: z.string().min(1),
    version: z.int().min(1),
    /** ISO 8601, UTC. */
    createdAt: z.iso.datetime(),
    description: z.string(),
    tags: z.array(z.string()).readonly(),
    properties: Named,
    lineage: Lineage,
    /** The same for every attempt to save this model: a save that is repeated after a kill makes no second version. */
    key: z.string().optional(),
    model: ModelBody,
  })
  .readonly();
export type ModelRecord = z.infer<typeof ModelRecord>;
