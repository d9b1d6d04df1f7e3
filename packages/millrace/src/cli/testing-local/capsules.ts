/** `rank` fails while its window is above 2; `draw` never gives the same; `late` needs what failed. */
export const RANKING = `
name: ranking
failureMode: continue
stages:
  load: { uses: "./stages/rank.ts#Load" }
  draw: { uses: "./stages/rank.ts#Draw" }
  rank: { uses: "./stages/rank.ts#Rank", needs: [load], with: { token: "\${secret:TOKEN}" } }
  late: { uses: "./stages/rank.ts#Late", needs: [rank] }
`;

export const RANK_STAGES = `
import { appendFileSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export class Load extends PipelineStage.of({
  outputs: z.object({ prices: z.array(z.number()), at: z.date() }),
}) {
  run() {
    appendFileSync('ran.txt', 'load\\n');
    return { prices: [3, 1, 2], at: new Date(0) };
  }
}

export class Rank extends PipelineStage.of({
  params: z.object({ token: z.string(), window: z.number().default(3) }),
  inputs: z.object({ prices: z.array(z.number()), at: z.date() }),
  outputs: z.object({ best: z.number() }),
  timeout: '20s',
}) {
  async run({ inputs, params, signal }: StageScope<typeof Rank>) {
    appendFileSync('ran.txt', 'rank ' + params.token + ' ' + inputs.at.getTime() + '\\n');
    if (inputs.prices.length === 0) {
      console.log('waiting');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
    if (params.window > 2) throw new RangeError('window ' + params.window + ', token ' + params.token);
    return { best: Math.max(...inputs.prices) };
  }
}

export class Draw extends PipelineStage.of({
  outputs: z.object({ chance: z.object({ at: z.array(z.number()) }) }),
}) {
  run() {
    return { chance: { at: [1, Math.random()] } };
  }
}

export class Late extends PipelineStage.of({ inputs: z.object({ best: z.number() }) }) {
  run() {
    return {};
  }
}
`;
