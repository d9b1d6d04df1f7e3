/** `load` writes prices and symbols, `rename` changes symbols, `rank` reads both; `draw` never gives the same. */
export const LOOKED_AT = `
name: looked-at
context: { day: monday }
stages:
  load: { uses: "./stages/look.ts#Load" }
  rename: { uses: "./stages/look.ts#Rename", needs: [load] }
  rank: { uses: "./stages/look.ts#Rank", needs: [rename], reads: { names: symbols } }
  draw: { uses: "./stages/look.ts#Draw" }
`;

export const LOOK_STAGES = `
import { existsSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export class Load extends PipelineStage.of({
  params: z.object({ shift: z.number().default(0) }),
  outputs: z.object({ prices: z.array(z.number()), symbols: z.array(z.string()) }),
}) {
  run({ params }: StageScope<typeof Load>) {
    return { prices: [100, 101 + params.shift, 99], symbols: ['AAA', 'BBB'] };
  }
}

export class Rename extends PipelineStage.of({ updates: z.object({ symbols: z.array(z.string()) }) }) {
  run({ context }: StageScope<typeof Rename>) {
    context.update((draft) => {
      draft.symbols[0] = 'ACME';
      draft.symbols.push('NEW');
    });
  }
}

export class Rank extends PipelineStage.of({
  inputs: z.object({ names: z.array(z.string()), prices: z.array(z.number()) }),
  outputs: z.object({ best: z.object({ name: z.string(), price: z.number() }) }),
}) {
  run({ inputs }: StageScope<typeof Rank>) {
    if (existsSync('broken')) throw new Error('rank is broken');
    return { best: { name: inputs.names[0] ?? '', price: Math.max(...inputs.prices) } };
  }
}

export class Draw extends PipelineStage.of({ outputs: z.object({ seed: z.number() }) }) {
  run() {
    return { seed: existsSync('even') ? 0 : process.pid };
  }
}
`;
