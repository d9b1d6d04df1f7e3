import { MillraceError } from 'millrace';
import { type ConsoleIo, processIo } from './console-io.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Nothing was done, or nothing was found: the person gave something wrong. */
const USAGE_CODES = new Set([
  ...['USAGE', 'SETTINGS_INVALID', 'SWITCH_UNKNOWN'],
  ...['CONFIG_INVALID', 'STORE_UNKNOWN', 'STORE_MISSING', 'RUN_NOT_FOUND', 'RUN_OTHER_PIPELINE'],
  ...['MODEL_NAME_INVALID', 'MODEL_NOT_FOUND', 'REDIS_ADDRESS_INVALID'],
]);

/** Runs a program and says how the process is to end. What is thrown for a known reason is one line, and what to do. */
export async function runProgram(
  program: (argv: readonly string[], io: ConsoleIo) => Promise<ExitCode>,
  argv: readonly string[],
): Promise<ExitCode> {
  const io = processIo();
  try {
    return await program(argv, io);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    io.notice(`error ${error.code}: ${error.message}`);
    if (error.help !== undefined) io.notice(`help: ${error.help}`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}
