import { type ErrorExamples, refused } from './example.ts';

/** Placeholders, overrides, several pipelines and `uses`. */
export const configMeaningExamples: ErrorExamples = {
  ENV_MISSING: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, description: "from \${env:PRICE_SOURCE}" }
`),
  PARAM_CYCLE: refused(`
name: demo
params: { from: "\${to}", to: "\${from}" }
stages:
  load: { uses: ./stages/load.ts }
`),
  PARAM_UNKNOWN: refused(`
name: demo
params: { window: 20 }
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], with: { window: "\${windw}" } }
`),
  PIPELINES_AND_STAGES: refused(`
stages:
  load: { uses: ./stages/load.ts }
pipelines:
  daily:
    stages:
      load: { uses: ./stages/load.ts }
`),
  PIPELINES_MISSING: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
`,
    {
      intro: 'The pipeline `daily` is asked for.',
      given: { kind: 'config', options: { pipeline: 'daily' } },
    },
  ),
  PIPELINES_WRONG_TYPE: refused('pipelines: [daily, weekly]'),
  PIPELINE_NOT_CHOSEN: refused(`
pipelines:
  daily:
    stages:
      load: { uses: ./stages/load.ts }
  weekly:
    stages:
      load: { uses: ./stages/load.ts }
`),
  PIPELINE_UNKNOWN: refused(
    `
pipelines:
  daily:
    stages:
      load: { uses: ./stages/load.ts }
  weekly:
    stages:
      load: { uses: ./stages/load.ts }
`,
    {
      intro: 'The pipeline `dialy` is asked for.',
      given: { kind: 'config', options: { pipeline: 'dialy' } },
    },
  ),
  PLACEHOLDER_NOT_TEXT: refused(`
name: demo
params: { markets: [SPX, NDX] }
stages:
  load: { uses: ./stages/load.ts, description: "of \${markets}" }
`),
  PLACEHOLDER_SYNTAX: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, description: "costs \${5}" }
`),
  SECRET_MISSING: refused(`
name: demo
context: { token: "\${secret:DATA_TOKEN}" }
stages:
  load: { uses: ./stages/load.ts }
`),
  SET_PATH: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts, timeout: 5m }
`,
    {
      intro: 'It is loaded with `--set stages.load.timeout.max=10m`.',
      given: { kind: 'config', options: { set: { 'stages.load.timeout.max': '10m' } } },
    },
  ),
  SET_STAGE_UNKNOWN: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
`,
    {
      intro: 'It is loaded with `--set stages.laod.timeout=10m`.',
      given: { kind: 'config', options: { set: { 'stages.laod.timeout': '10m' } } },
    },
  ),
  STAGES_MISSING: refused('name: demo'),
  STAGES_WRONG_TYPE: refused('name: demo\nstages: ./stages/load.ts'),
  STAGE_ID_MISSING: refused(`
name: demo
stages:
  - uses: ./stages/load.ts
`),
  STAGE_USES_MISSING: refused(`
name: demo
stages:
  load: { needs: [] }
`),
  STAGE_WRONG_TYPE: refused(`
name: demo
stages:
  load: ./stages/load.ts
`),
  USES_EXPORT_MISSING: refused(
    `
name: demo
stages:
  load: { uses: "./stages/all.ts#Laod" }
`,
    { files: { 'stages/all.ts': "export { default as Load } from './load.ts';\n" } },
  ),
  USES_FILE_MISSING: refused(`
name: demo
stages:
  load: { uses: ./stages/laod.ts }
`),
  USES_IMPORT_FAILED: refused(
    `
name: demo
stages:
  load: { uses: ./stages/broken.ts }
`,
    {
      files: {
        'stages/broken.ts': `import { readFileSync } from 'node:fs';

export const prices = readFileSync('no-such-file.csv', 'utf8');
`,
      },
    },
  ),
  USES_INVALID: refused(`
name: demo
stages:
  load: { uses: "./stages/load.ts#" }
`),
  USES_OUTSIDE: refused(`
name: demo
stages:
  load: { uses: ../elsewhere/load.ts }
`),
  USES_PACKAGE_MISSING: refused(`
name: demo
stages:
  load: { uses: "@acme/stages#Load" }
`),
  USES_UNKNOWN: refused(`
name: demo
stages:
  load: { uses: stages/load.ts }
`),
};
