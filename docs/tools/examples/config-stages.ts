import { type ErrorExamples, refused } from './example.ts';

const SCORING = `name: scoring
params: { window: 20 }
inputs: [calendar]
stages:
  load: { uses: ../stages/load.ts }
  score: { uses: ../stages/score.ts, needs: [load], with: { window: "\${window}" } }
`;

const LOADED_TWICE = `
name: demo
stages:
  load: { uses: ./stages/load.ts, matrix: { symbol: [SPY, QQQ] } }
`;

/** A stage that is a pipeline, beside the file that this one is in. */
function inner(fields: string): string {
  return `
name: demo
context: { calendar: [] }
stages:
  inner: { pipeline: ./shared/scoring.yaml, ${fields} }
`;
}

const SHARED = { files: { 'shared/scoring.yaml': SCORING } };

/** What a stage of a config may say beyond its class: repeat it, ask, name files, hold a pipeline. */
export const configStagesExamples: ErrorExamples = {
  CONDITION_INPUT_UNKNOWN: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], when: size(inputs.price) > 0 }
`,
    { show: ['stages/score.ts'] },
  ),
  CONDITION_INVALID: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, when: param.window > 5 }
`),
  CONDITION_SYNTAX: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], when: params.window > }
`),
  FILES_MISSING: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts, files: [data/pries.csv] }
`,
    { files: { 'data/prices.csv': 'day,close\n2024-03-01,100\n' } },
  ),
  FILES_OUTSIDE: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, files: [../prices.csv] }
`),
  FOREACH_LENGTHS: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, foreach: { symbol: [SPY, VOD], market: [us] } }
`),
  GATHER_EMPTY: refused(
    `${LOADED_TWICE.trimEnd()}
  score: { uses: ./stages/score.ts, reads: { prices: "prices[*]" } }
`,
    { show: ['stages/load.ts'] },
  ),
  INSTANCE_UNKNOWN: refused(`${LOADED_TWICE.trimEnd()}
  score: { uses: ./stages/score.ts, needs: ["load[IWM]"], reads: { prices: "prices[IWM]" } }
`),
  MATRIX_AND_FOREACH: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, matrix: { symbol: [SPY] }, foreach: { market: [us] } }
`),
  MATRIX_DUPLICATE: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, matrix: { symbol: [SPY, QQQ, SPY] } }
`),
  MATRIX_EMPTY: refused(`
name: demo
stages:
  load:
    uses: ./stages/load.ts
    matrix: { symbol: [SPY], exclude: [{ symbol: SPY }] }
`),
  MATRIX_LABEL: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, matrix: { symbols: ["SPY,QQQ", IWM] } }
`),
  MATRIX_UNKNOWN: refused(`
name: demo
stages:
  load:
    uses: ./stages/load.ts
    matrix: { symbol: [SPY, QQQ], exclude: [{ symbl: SPY }] }
`),
  MATRIX_UNUSED: refused(
    `
name: demo
stages:
  load:
    uses: ./stages/load.ts
    matrix: { symbol: [SPY, QQQ], exclude: [{ symbol: IWM }] }
`,
    { intro: 'A warning: the pipeline runs.' },
  ),
  PIPELINE_CYCLE: refused(
    `
pipelines:
  daily:
    stages:
      inner: { pipeline: weekly }
  weekly:
    stages:
      inner: { pipeline: daily }
`,
    { given: { kind: 'config', options: { pipeline: 'daily' } } },
  ),
  PIPELINE_FILE_MISSING: refused(
    `
name: demo
stages:
  inner: { pipeline: ./shared/scorin.yaml }
`,
    SHARED,
  ),
  PIPELINE_INPUT_UNKNOWN: refused(inner('reads: { calender: calendar }'), SHARED),
  PIPELINE_NAME_INVALID: refused(
    `
name: demo
stages:
  inner: { pipeline: "./shared/scoring.yaml#" }
`,
    SHARED,
  ),
  PIPELINE_OUTPUT_UNKNOWN: refused(inner('writes: { scores: best }'), SHARED),
  STAGE_PATCH_UNKNOWN: refused(inner('stages: { scor: { timeout: 5m } }'), SHARED),
  STAGE_USES_AND_PIPELINE: refused(inner('uses: ./stages/load.ts'), SHARED),
};
