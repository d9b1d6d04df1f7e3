import {
  definePipeline,
  type GeneratedNode,
  type ModelPipeline,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';

/** Reads up to three numbers, checked by its schema, and gives one. */
export class Combine extends PipelineStage.of({
  params: z.object({ place: z.number() }),
  inputs: z.object({
    first: z.number().optional(),
    second: z.number().optional(),
    third: z.number().optional(),
  }),
  outputs: z.object({ value: z.number() }),
}) {
  async run({ inputs, params }: StageScope<typeof Combine>) {
    const { first = 0, second = 0, third = 0 } = inputs;
    return { value: (first + 2 * second + 3 * third + params.place) % 1_000_003 };
  }
}

/** Gives a text of its own, of so many characters. */
export class Fill extends PipelineStage.of({
  params: z.object({ place: z.number(), length: z.number() }),
  inputs: z.object({ before: z.string().optional() }),
  outputs: z.object({ text: z.string() }),
}) {
  async run({ params }: StageScope<typeof Fill>) {
    return { text: String(params.place).padEnd(params.length, '.') };
  }
}

const INPUT_NAMES = ['first', 'second', 'third'];

/** A number a stage, each made of those that the stage needs. */
export function combining(nodes: readonly GeneratedNode[]): ModelPipeline {
  return definePipeline({
    name: 'costed',
    stages: nodes.map(({ id, needs }, place) => ({
      id,
      stage: Combine,
      needs: [...needs],
      with: { place },
      reads: Object.fromEntries(needs.map((need, at) => [INPUT_NAMES[at], `value-${need}`])),
      writes: { value: `value-${id}` },
    })),
  });
}

/** A chain in which each stage adds a text of so many characters to the context. */
export function filling(stages: number, length: number): ModelPipeline {
  return definePipeline({
    name: 'growing',
    stages: Array.from({ length: stages }, (_, place) => ({
      id: `fill-${place}`,
      stage: Fill,
      needs: place === 0 ? [] : [`fill-${place - 1}`],
      with: { place, length },
      reads: place === 0 ? {} : { before: `text-${place - 1}` },
      writes: { text: `text-${place}` },
    })),
  });
}
