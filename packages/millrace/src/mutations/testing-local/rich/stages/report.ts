import { PipelineStage, type StageScope, z } from 'millrace';

export default class Report extends PipelineStage.of({
  params: z.object({
    to: z.string(),
    format: z.enum(['html', 'text', 'json']).default('text'),
    subject: z.string().optional(),
  }),
  inputs: z.object({ ranking: z.array(z.unknown()), book: z.record(z.string(), z.number()) }),
  outputs: z.object({ page: z.string() }),
}) {
  run({ params }: StageScope<typeof Report>) {
    return { page: params.to };
  }
}
