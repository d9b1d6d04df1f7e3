import { MillraceError } from 'millrace';
import { TrainingError } from '../base/training-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { terminalIo } from './terminal-io.ts';
import type { TrainingIo } from './training-io.ts';

/** Nothing was run, or nothing was found: the person gave something wrong. */
const USAGE_CODES = new Set([
  ...['USAGE', 'DATA_UNKNOWN', 'SWITCH_UNKNOWN', 'MODEL_NOT_FOUND', 'MODEL_NAME_INVALID'],
  ...['CONFIG_INVALID', 'STORE_UNKNOWN', 'STORE_MISSING', 'RUN_NOT_FOUND', 'RUN_OTHER_PIPELINE'],
]);

export type Program = (argv: readonly string[], io: TrainingIo) => Promise<ExitCode>;

/** Known errors become lines and an exit code; any other is a bug, and keeps its stack. */
export async function guarded(
  program: Program,
  argv: readonly string[],
  io: TrainingIo = terminalIo(),
): Promise<ExitCode> {
  try {
    return await program(argv, io);
  } catch (error) {
    const known = error instanceof TrainingError || error instanceof MillraceError;
    if (!known) throw error;
    io.notice(`error ${error.code}: ${error.message}`);
    if (error.help !== undefined) io.notice(`help: ${error.help}`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}
