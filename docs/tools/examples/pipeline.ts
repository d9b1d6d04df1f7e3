import { type ErrorExamples, refused } from './example.ts';

const FALLBACK_ONLY = 'A fallback must give all outputs of its stage.';

/** What is found in a pipeline before it runs: graph, params, wiring. */
export const pipelineExamples: ErrorExamples = {
  DEPENDENCY_REPEATED: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load, load] }
`,
    { intro: 'A warning: the pipeline runs.' },
  ),
  DEPENDENCY_SELF: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, needs: [load] }
`),
  DEPENDENCY_UNKNOWN: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [laod] }
`),
  FALLBACK_INVALID: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], fallback: { score: none } }
`,
    { intro: FALLBACK_ONLY, show: ['stages/score.ts'] },
  ),
  GRAPH_CYCLIC: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, needs: [score] }
  score: { uses: ./stages/score.ts, needs: [load] }
`),
  INPUT_MISMATCH: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load-texts.ts }
  score: { uses: ./stages/score.ts, needs: [load] }
`,
    {
      show: ['stages/score.ts'],
      files: {
        'stages/load-texts.ts': `import { PipelineStage, z } from 'millrace';

export default class LoadTexts extends PipelineStage.of({
  outputs: z.object({ prices: z.array(z.string()) }),
}) {
  run() {
    return { prices: ['100', '101', '99'] };
  }
}
`,
      },
    },
  ),
  INPUT_MISSING: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts }
`,
    { show: ['stages/score.ts'] },
  ),
  PARAMS_INVALID: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], with: { window: 1, windw: 20 } }
`,
    { show: ['stages/score.ts'] },
  ),
  PIPELINE_EMPTY: refused('name: demo\nstages: {}'),
  RENAME_UNKNOWN: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts, writes: { price: closes } }
`,
    { show: ['stages/load.ts'] },
  ),
  STAGE_DUPLICATE: refused(`
name: demo
stages:
  - { id: load, uses: ./stages/load.ts }
  - { id: load, uses: ./stages/load.ts }
`),
  STAGE_FILES_INVALID: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load-files.ts }
`,
    {
      files: {
        'stages/load-files.ts': `import { PipelineStage, z } from 'millrace';

export default class LoadFiles extends PipelineStage.of({
  params: z.object({ files: z.array(z.string()).optional() }),
  files: ({ files }: { readonly files: readonly string[] }) => files.toSorted(),
}) {
  run() {}
}
`,
      },
    },
  ),
  STAGE_ID_INVALID: refused(`
name: demo
stages:
  " load": { uses: ./stages/load.ts }
`),
  STAGE_NOT_A_STAGE: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load-prices.ts }
`,
    {
      files: {
        'stages/load-prices.ts': `export default class Load {
  run() {
    return { prices: [100, 101, 99] };
  }
}
`,
      },
    },
  ),
  STAGE_SPEC_INVALID: refused(
    `
name: demo
stages:
  load: { uses: ./stages/slow.ts }
`,
    {
      files: {
        'stages/slow.ts': `import { PipelineStage } from 'millrace';

export default class Slow extends PipelineStage.of({ timeout: '5 minutes' }) {
  run() {}
}
`,
      },
    },
  ),
  WRITE_CONFLICT: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts }
  load-again: { uses: ./stages/load.ts }
`),
};
