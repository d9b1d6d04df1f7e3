import { type ErrorExample, type ErrorExamples, refused } from './example.ts';

const BASE = `stages:
  load: { uses: ./stages/load.ts }
`;

function extending(base: string, more: Partial<ErrorExample> = {}): ErrorExample {
  return refused(
    `
extends: ${base}
name: demo
stages:
  score: { uses: ./stages/score.ts, needs: [load] }
`,
    more,
  );
}

const WITH_ENVIRONMENT = `
name: demo
environments:
  prod: { concurrency: 8 }
stages:
  load: { uses: ./stages/load.ts }
`;

const WITH_WINDOW = `
name: demo
params: { window: 20 }
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], with: { window: "\${window}" } }
`;

/** Bases, environments, files of params, and values from outside. */
export const configLayersExamples: ErrorExamples = {
  CONFIG_KEY_MISPLACED: refused(`
name: demo
environments:
  prod: { extends: ./shared/prod.yaml }
stages:
  load: { uses: ./stages/load.ts }
`),
  ENVIRONMENT_AMBIGUOUS: refused(WITH_ENVIRONMENT, {
    intro: 'It is loaded with `--env prod`.',
    files: {
      'millrace.config.prod.json': '{ "concurrency": 8 }\n',
      'millrace.config.prod.yaml': 'concurrency: 16\n',
    },
    given: { kind: 'config', options: { environment: 'prod' } },
  }),
  ENVIRONMENT_UNKNOWN: refused(WITH_ENVIRONMENT, {
    intro: 'It is loaded with `--env prd`.',
    given: { kind: 'config', options: { environment: 'prd' } },
  }),
  ENV_TYPE: refused(
    `
name: demo
concurrency: "\${env:SLOTS|int:-4}"
stages:
  load: { uses: ./stages/load.ts }
`,
    {
      intro: 'The environment variable `SLOTS` is `four`.',
      given: { kind: 'config', options: { env: { SLOTS: 'four' } } },
    },
  ),
  EXTENDS_CYCLE: extending('./shared.yaml', {
    files: { 'shared.yaml': `extends: ./millrace.config.yaml\n${BASE}` },
  }),
  EXTENDS_INVALID: extending('{ file: ./shared.yaml }'),
  EXTENDS_MISSING: extending('./shard.yaml', { files: { 'shared.yaml': BASE } }),
  EXTENDS_OUTSIDE: extending('../shared.yaml'),
  PARAMS_FILE_INVALID: refused(WITH_WINDOW, {
    intro: 'It is loaded with `--params-file params.yaml`.',
    files: { 'params.yaml': '- window\n- 30\n' },
    given: { kind: 'config', options: { paramsFiles: ['params.yaml'] } },
  }),
  PARAMS_FILE_MISSING: refused(WITH_WINDOW, {
    intro: 'It is loaded with `--params-file parms.yaml`.',
    files: { 'params.yaml': 'window: 30\n' },
    given: { kind: 'config', options: { paramsFiles: ['parms.yaml'] } },
  }),
  SECRET_IN_CONTEXT: refused(
    `
name: demo
context: { token: "\${secret:DATA_TOKEN}" }
stages:
  load: { uses: ./stages/load.ts }
`,
    { given: { kind: 'config', options: { env: { DATA_TOKEN: 's3cr3t-t0ken' } } } },
  ),
  SECRET_MISPLACED: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts, description: "logs in with \${secret:DATA_TOKEN}" }
`,
    { given: { kind: 'config', options: { env: { DATA_TOKEN: 's3cr3t-t0ken' } } } },
  ),
  SECRET_TYPE: refused(
    `
name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load], with: { window: "\${secret:WINDOW|int}" } }
`,
    {
      intro: 'The secret `WINDOW` is no whole number.',
      given: { kind: 'config', options: { env: { WINDOW: 'twenty' } } },
    },
  ),
};
