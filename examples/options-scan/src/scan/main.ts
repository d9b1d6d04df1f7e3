import { MillraceError } from 'millrace';
import { ScanError } from '../base/scan-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runBacktest } from './run-backtest.ts';
import { runScan } from './run-scan.ts';
import type { ScanIo } from './scan-io.ts';
import { readOptions } from './scan-options.ts';
import { terminalIo } from './terminal-io.ts';
import { usage } from './usage.ts';

const BACKTEST_TICKERS = 300;

/** Nothing was run, or nothing was found: the person gave something wrong. */
const USAGE_CODES = new Set([
  ...['USAGE', 'DATE_INVALID', 'SWITCH_UNKNOWN'],
  ...['CONFIG_INVALID', 'STORE_UNKNOWN', 'STORE_MISSING', 'RUN_NOT_FOUND', 'RUN_OTHER_PIPELINE'],
]);

/** The program: reads the command line, scans, and says how the process is to end. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  return guarded(terminalIo(), async (io) => {
    const options = readOptions(argv);
    const { request } = options;
    if (request.kind !== 'help') return runScan({ ...options, request }, io);
    io.out(usage);
    return EXIT.succeeded;
  });
}

/** The same for the backtest. */
export async function backtestMain(argv: readonly string[]): Promise<ExitCode> {
  return guarded(terminalIo(), async (io) => {
    const options = readOptions(argv, BACKTEST_TICKERS);
    const { request } = options;
    if (request.kind !== 'help') return runBacktest({ ...options, request }, io);
    io.out(usage.replace('npm run scan', 'npm run backtest').replace('3000', '300'));
    return EXIT.succeeded;
  });
}

/** Known errors become a line and an exit code; any other is a bug, and keeps its stack. */
async function guarded(io: ScanIo, program: (io: ScanIo) => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await program(io);
  } catch (error) {
    const known = error instanceof ScanError || error instanceof MillraceError;
    if (!known) throw error;
    io.notice(`error ${error.code}: ${error.message}`);
    if (error instanceof MillraceError && error.help !== undefined)
      io.notice(`help: ${error.help}`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}
