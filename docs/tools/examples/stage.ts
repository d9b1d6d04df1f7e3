import { type ErrorExamples, failing } from './example.ts';

const HEAD = "import { PipelineStage, type StageScope, z } from 'millrace';";

/** What a stage does wrong while it runs. */
export const stageExamples: ErrorExamples = {
  SECRET_IN_VALUE: failing(
    `
${HEAD}

export default class Score extends PipelineStage.of({
  params: z.object({ token: z.string() }),
  outputs: z.object({ request: z.string() }),
}) {
  run({ params }: StageScope<typeof Score>) {
    return { request: \`GET /scores?token=\${params.token}\` };
  }
}
`,
    {
      files: {
        'millrace.config.yaml': `name: demo
stages:
  score: { uses: ./stages/score.ts, with: { token: "\${secret:DATA_TOKEN}" } }
`,
      },
      given: {
        kind: 'command',
        command: 'DATA_TOKEN=s3cr3t-t0ken npx millrace run --store memory',
      },
    },
  ),
  STAGE_CONDITION_FAILED: failing(`
${HEAD}

export default class Score extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()), holidays: z.array(z.string()).optional() }),
  outputs: z.object({ score: z.number() }),
  when: ({ inputs }) => (inputs.holidays as string[]).length === 0,
}) {
  run({ inputs }: StageScope<typeof Score>) {
    return { score: inputs.prices.length };
  }
}
`),
  STAGE_INPUT_INVALID: failing(
    `
${HEAD}

export default class Score extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number().max(100)) }),
  outputs: z.object({ score: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Score>) {
    return { score: inputs.prices.length };
  }
}
`,
    { show: ['stages/load.ts'] },
  ),
  STAGE_OUTPUT_INVALID: failing(`
${HEAD}

export default class Score extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()) }),
  outputs: z.object({ score: z.number().min(0).max(1) }),
}) {
  run({ inputs }: StageScope<typeof Score>) {
    return { score: Math.max(...inputs.prices) };
  }
}
`),
  STAGE_THREW: failing(`
${HEAD}

export default class Score extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()) }),
  outputs: z.object({ score: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Score>): { score: number } {
    throw new Error(\`too few prices: \${inputs.prices.length} of 20\`);
  }
}
`),
  STAGE_TIMED_OUT: failing(`
import { setTimeout } from 'node:timers/promises';
${HEAD}

export default class Score extends PipelineStage.of({
  outputs: z.object({ score: z.number() }),
  timeout: '100ms',
}) {
  async run({ signal }: StageScope<typeof Score>) {
    await setTimeout(60_000, undefined, { signal });
    return { score: 1 };
  }
}
`),
  UPDATE_UNDECLARED: failing(`
${HEAD}

export default class Score extends PipelineStage.of({
  outputs: z.object({ score: z.number() }),
}) {
  run({ context }: StageScope<typeof Score>) {
    context.update((draft) => {
      draft.prices = [];
    });
    return { score: 1 };
  }
}
`),
  VALUE_UNSTORABLE: failing(`
${HEAD}

export default class Score extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()) }),
}) {
  run({ inputs }: StageScope<typeof Score>) {
    return { rows: inputs.prices.map((price) => ({ price, format: () => \`$\${price}\` })) };
  }
}
`),
};
