import { duration, PipelineStage, type StageScope, size, z } from 'millrace';

/** Prices by symbol. */
export const prices = z.record(z.string(), z.array(z.number()));

const params = z.object({
  source: z.string().min(1),
  day: z.iso.date(),
  token: z.string().optional(),
  port: z.int().min(1).max(65_535).default(443),
  pause: duration().default(0),
  chunk: size().optional(),
  mode: z.enum(['full', 'delta']).default('full'),
  symbols: z.array(z.string().regex(/^[A-Z]{3,5}$/)).min(1),
  limits: z.object({ rows: z.int().positive(), gaps: z.number().min(0).max(1) }).optional(),
});

export default class Fetch extends PipelineStage.of({
  params,
  outputs: z.object({ prices, count: z.int() }),
}) {
  run({ params }: StageScope<typeof Fetch>) {
    const fetched = Object.fromEntries(params.symbols.map((symbol) => [symbol, [1, 2, 3]]));
    return { prices: fetched, count: params.symbols.length };
  }
}
