import { MillraceError } from 'millrace';
import { localDate } from '../base/calendar.ts';
import { MacroError } from '../base/macro-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readOptions } from './options.ts';
import { runDaily } from './run-daily.ts';
import { usage } from './usage.ts';

/** Nothing was run, or nothing was found: the person gave something wrong. */
const USAGE_CODES = new Set([
  ...['USAGE', 'DATE_INVALID', 'SWITCH_UNKNOWN'],
  ...['CONFIG_INVALID', 'STORE_UNKNOWN', 'STORE_MISSING', 'RUN_NOT_FOUND', 'RUN_OTHER_PIPELINE'],
]);

/** The program: reads the command line, runs, and says how the process is to end. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  // A reader that went away (`| head`) does not stop a run.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const notice = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    const options = readOptions(argv, localDate(new Date()));
    if (options.task.kind === 'help') {
      out(usage);
      return EXIT.succeeded;
    }
    return await runDaily({ ...options, task: options.task }, { out, notice, env: process.env });
  } catch (error) {
    const known = error instanceof MacroError || error instanceof MillraceError;
    if (!known) throw error;
    notice(`error ${error.code}: ${error.message}`);
    if (error instanceof MillraceError && error.help !== undefined) notice(`help: ${error.help}`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}
