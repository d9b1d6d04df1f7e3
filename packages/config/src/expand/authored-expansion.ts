import { authoredStageSchema, z } from '@millrace/core';

const combinationSchema = z.record(z.string(), z.unknown());

/** How a stage of a config file is written once and becomes several. */
export const expansionShape = {
  matrix: z
    .object({
      include: z
        .array(combinationSchema)
        .optional()
        .describe('Values laid over the combinations that they fit, or a combination more.'),
      exclude: z
        .array(combinationSchema)
        .optional()
        .describe('Combinations to leave out, by some of their values.'),
    })
    .catchall(z.array(z.unknown()).min(1))
    .optional()
    .describe('One instance of the stage for each combination of these lists.'),
  foreach: z
    .record(z.string(), z.array(z.unknown()).min(1))
    .optional()
    .describe('One instance of the stage for each place in these lists, which are of one length.'),
};

const { description, needs, reads, writes, tags, when } = authoredStageSchema.shape;

/** A stage that is a pipeline of its own, its matrix or foreach aside. */
export const subPipelineSchema = z.strictObject({
  pipeline: z
    .string()
    .min(1)
    .describe('A config file, file#name, or the name of another pipeline of this file.'),
  description,
  params: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Over the params of that pipeline, by name.'),
  stages: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe('Over the stages of that pipeline, by id.'),
  needs,
  reads,
  writes,
  tags,
  when,
});
