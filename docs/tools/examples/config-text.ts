import { type ErrorExamples, refused } from './example.ts';

/** The text of a config: YAML, JSON and modules. */
export const configTextExamples: ErrorExamples = {
  CONFIG_ALIAS_CYCLE: refused(`
name: demo
context:
  settings: &settings
    again: *settings
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_ALIAS_UNKNOWN: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, retry: *usual }
`),
  CONFIG_CONTROL_CHARACTER: refused(`
name: demo\u0007
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_DUPLICATE_KEY: refused(`
name: demo
stages:
  load:
    uses: ./stages/load.ts
    timeout: 5m
    timeout: 10m
`),
  CONFIG_EMPTY: refused('# nothing yet'),
  CONFIG_EXPORT_MISSING: {
    files: { 'millrace.config.ts': "export const config = { name: 'demo', stages: {} };\n" },
    given: { kind: 'config' },
  },
  CONFIG_FORMAT: {
    files: { 'pipeline.ini': 'name = demo\n' },
    given: { kind: 'config', options: { file: 'pipeline.ini' } },
  },
  CONFIG_IMPORT_FAILED: {
    files: {
      'millrace.config.ts': `const source = process.env.SOURCES;
if (source === undefined) throw new Error('SOURCES is not set');

export default { name: 'demo', stages: {} };
`,
    },
    given: { kind: 'config' },
  },
  CONFIG_KEY_NOT_TEXT: refused(`
name: demo
stages:
  [load, score]: { uses: ./stages/load.ts }
`),
  CONFIG_MERGE_KEY: refused(`
name: demo
context:
  usual: &usual { window: 20 }
stages:
  load: { uses: ./stages/load.ts }
  score:
    uses: ./stages/score.ts
    needs: [load]
    with: { <<: *usual }
`),
  CONFIG_NAME_MISSING: refused(`
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_NOT_A_MAP: refused('- load\n- score'),
  CONFIG_NOT_FOUND: {
    files: { 'pipeline.yaml': 'name: demo\nstages: { load: { uses: ./stages/load.ts } }\n' },
    given: { kind: 'config', options: { file: 'pipelin.yaml' } },
  },
  CONFIG_NOT_PLAIN: {
    files: {
      'millrace.config.ts': `export default {
  name: 'demo',
  stages: { load: { uses: './stages/load.ts', with: { transform: (x: number) => x } } },
};
`,
    },
    given: { kind: 'config' },
  },
  CONFIG_NUMBER: refused(`
name: demo
context: { account: 12345678901234567890 }
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_SEVERAL_DOCUMENTS: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts }
---
name: other
`),
  CONFIG_SYNTAX: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts
  score: { uses: ./stages/score.ts }
`),
  CONFIG_TAG: refused(`
name: demo
context: { day: !date 2020-03-31 }
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_TYPE: refused(`
name: demo
concurrency: four
stages:
  load: { uses: ./stages/load.ts }
`),
  CONFIG_UNKNOWN_KEY: refused(`
name: demo
stages:
  load: { uses: ./stages/load.ts, retries: { attempts: 3 } }
`),
  CONFIG_VALUE: refused(`
name: demo
durability: strickt
stages:
  load: { uses: ./stages/load.ts, timeout: 5 minutes }
`),
};
