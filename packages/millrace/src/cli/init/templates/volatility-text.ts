export const VOLATILITY_TEXT = `import { PipelineStage, type StageScope, z } from 'millrace';

const TRADING_DAYS = 252;

export default class Volatility extends PipelineStage.of({
  description: 'How much the price moves, as a share of it and for a year.',
  params: z.object({
    window: z.int().min(2).default(20).describe('So many of the newest days count.'),
  }),
  // The keys that \`run\` reads. A stage before this one must return them; that is checked before the run.
  inputs: z.object({ closes: z.array(z.number()).min(3) }),
  outputs: z.object({ volatility: z.number() }),
}) {
  // Without \`setup\` and \`teardown\`: most stages need neither.
  run({ inputs: { closes }, params: { window } }: StageScope<typeof Volatility>) {
    const changes = closes.slice(1).map((close, day) => Math.log(close / (closes[day] ?? close)));
    const newest = changes.slice(-window);
    const mean = newest.reduce((sum, change) => sum + change, 0) / newest.length;
    const squares = newest.reduce((sum, change) => sum + (change - mean) ** 2, 0);
    // What is returned is stored at once: after a crash, a resume does not run this stage again.
    return { volatility: Math.sqrt((squares / (newest.length - 1)) * TRADING_DAYS) };
  }
}
`;
