import type { ErrorExample, ErrorExamples } from './example.ts';

const BOOK = `import { PipelineStage } from 'millrace';

export default class Book extends PipelineStage.of({}) {
  run() {
    console.log('booked');
  }
  undo() {
    console.log('given back');
  }
}
`;

const CONFIG = {
  'millrace.config.yaml': `name: demo
stages:
  load: { uses: ./stages/load.ts }
`,
};

const TWO_STAGES = {
  'millrace.config.yaml': `name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load] }
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
  CONFIG_PATH_UNKNOWN: command('npx millrace config --explain stages.score.with.windw', {
    files: TWO_STAGES,
  }),
  CONTEXT_MISSING: command('npx millrace run', { files: NEEDS_PRICES }),
  INIT_EXISTS: command('npx millrace init', { files: CONFIG }),
  INIT_NAME: command('npx millrace init daily --name "Daily prices"'),
  NOTHING_TO_RESUME: command('npx millrace resume --pipeline weekly', {
    files: CONFIG,
    before: ['npx millrace run'],
    intro: 'There are runs, of another pipeline:',
  }),
  RUN_ALREADY_SUCCEEDED: command('npx millrace resume', {
    files: CONFIG,
    before: ['npx millrace run'],
    intro: 'After a run that succeeded:',
  }),
  RUN_NOT_FOUND: command('npx millrace show 20240314-070000-abcdefgh', {
    files: CONFIG,
    before: ['npx millrace run'],
  }),
  SCHEMA_NOT_LINKED: command('npx millrace schema --link', {
    files: {
      'millrace.config.json':
        '{ "name": "demo", "stages": { "load": { "uses": "./stages/load.ts" } } }\n',
    },
  }),
  SELECTION_EMPTY: command('npx millrace run --from score --until load', { files: TWO_STAGES }),
  SELECTION_INCOMPLETE: command('npx millrace run --select score', { files: TWO_STAGES }),
  SELECTION_SYNTAX: command("npx millrace run --select 'load, score'", { files: TWO_STAGES }),
  SELECTION_UNKNOWN: command('npx millrace run --select scroe', { files: TWO_STAGES }),
  STAGE_UNKNOWN: command('npx millrace show --stage laod', {
    files: CONFIG,
    before: ['npx millrace run'],
  }),
  UNDO_SUCCEEDED: command('npx millrace undo latest', {
    files: {
      'millrace.config.yaml': 'name: booking\nstages:\n  book: { uses: ./stages/book.ts }\n',
      'stages/book.ts': BOOK,
    },
    before: ['npx millrace run'],
    intro: 'After a run that succeeded:',
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
