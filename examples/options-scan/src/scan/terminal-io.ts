import type { ScanIo } from './scan-io.ts';

/** What a file, a server or a model said may hold commands for the terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '\ufffd');
}

const CLEAR_LINE = '\r\u001b[K';
/** Where nobody sees a line being rewritten, a new one each so often is enough. */
const TELL_EVERY_MS = 2000;

/** Results on the standard output, the rest on the standard error; the progress in one line where that is a terminal. */
export function terminalIo(now: () => number = Date.now): ScanIo {
  // A reader that went away (`| head`) does not stop a run.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const { isTTY } = process.stderr;
  let isTicking = false;
  let toldAt = now();
  const clear = (): void => {
    if (isTicking) process.stderr.write(CLEAR_LINE);
    isTicking = false;
  };
  return {
    env: process.env,
    out(line) {
      clear();
      process.stdout.write(`${printable(line)}\n`);
    },
    notice(line) {
      clear();
      process.stderr.write(`${printable(line)}\n`);
    },
    ticker(line) {
      if (isTTY) {
        isTicking = true;
        process.stderr.write(`${CLEAR_LINE}${line.slice(0, (process.stderr.columns || 80) - 1)}`);
      } else if (now() - toldAt >= TELL_EVERY_MS) {
        toldAt = now();
        process.stderr.write(`${line}\n`);
      }
    },
  };
}
