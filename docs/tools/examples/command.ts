import type { ErrorExample, ErrorExamples } from './example.ts';

const CONFIG = {
  'millrace.config.yaml': `name: demo
stages:
  load: { uses: ./stages/load.ts }
`,
};

const NEEDS_PRICES = {
  'millrace.config.yaml': `name: demo
inputs: [prices]
stages:
  score: { uses: ./stages/score.ts }
`,
};

function command(
  line: string,
  more: Partial<ErrorExample> & { readonly before?: readonly string[] } = {},
): ErrorExample {
  const { before = [], ...rest } = more;
  return { ...rest, given: { kind: 'command', before, command: line } };
}

/** What is wrong with a command or its store. */
export const commandExamples: ErrorExamples = {
  CONTEXT_MISSING: command('npx millrace run', { files: NEEDS_PRICES }),
  NOTHING_TO_RESUME: command('npx millrace resume', {
    files: CONFIG,
    before: ['npx millrace run'],
    intro: 'After a run that succeeded:',
  }),
  RUN_ALREADY_SUCCEEDED: command('npx millrace resume "$(ls .millrace/logs | cut -c 1-24)"', {
    files: CONFIG,
    before: ['npx millrace run'],
    intro: 'After a run that succeeded, it is resumed by its id:',
  }),
  RUN_NOT_FOUND: command('npx millrace show 20240314-070000-abcdefgh', {
    files: CONFIG,
    before: ['npx millrace run'],
  }),
  STAGE_UNKNOWN: command('npx millrace show --stage laod', {
    files: CONFIG,
    before: ['npx millrace run'],
  }),
  STORE_MISSING: command('npx millrace show --store sqlite:runs.db'),
  STORE_UNKNOWN: command('npx millrace runs --store sqllite:runs.db'),
  STORE_UNUSABLE: command('npx millrace runs --store sqlite:notes.txt', {
    files: {
      'notes.txt': 'Not a database, but long enough to be taken for one by its size alone.\n',
    },
  }),
  USAGE: command('npx millrace rum'),
};
