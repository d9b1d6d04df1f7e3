import { parseArgs } from 'node:util';
import { dayOf } from '../base/calendar.ts';
import { MacroError } from '../base/macro-error.ts';

export type Task =
  | { readonly kind: 'new'; readonly date: string }
  /** `latest` is the newest run that has not succeeded. */
  | { readonly kind: 'resume'; readonly run: string };

export interface DailyOptions {
  readonly task: Task;
  readonly dryRun: boolean;
  readonly strict: boolean;
  /** Folder of store, ledger and logs; undefined: as the config says. */
  readonly home: string | undefined;
}

export type CommandLine = Omit<DailyOptions, 'task'> & {
  readonly task: Task | { readonly kind: 'help' };
};

/** @throws MacroError USAGE, DATE_INVALID */
export function readOptions(argv: readonly string[], today: string): CommandLine {
  const { date, resume, help, home, ...flags } = parse(argv);
  const dryRun = flags['dry-run'] ?? false;
  if (resume !== undefined && date !== undefined) {
    throw misuse('--resume goes on with the date of its run: leave --date out');
  }
  if (resume !== undefined && dryRun) {
    throw misuse('--resume writes into the run that it goes on with: leave --dry-run out');
  }
  if (resume === '' || home === '') throw misuse('--resume and --home want a value');
  if (date !== undefined) dayOf(date);
  const common = { dryRun, strict: flags.strict ?? false, home };
  if (help === true) return { ...common, task: { kind: 'help' } };
  if (resume !== undefined) return { ...common, task: { kind: 'resume', run: resume } };
  return { ...common, task: { kind: 'new', date: date ?? today } };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        date: { type: 'string' },
        'dry-run': { type: 'boolean' },
        strict: { type: 'boolean' },
        resume: { type: 'string' },
        home: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const [sentence = ''] = cause instanceof Error ? cause.message.split('. ') : [String(cause)];
    throw misuse(sentence, cause);
  }
}

function misuse(message: string, cause?: unknown): MacroError {
  return new MacroError('USAGE', `${message} (npm run daily -- --help lists what there is)`, cause);
}
