import type { TrainingIo } from './training-io.ts';

/** What a file said may hold commands for the terminal; messages of several lines keep them. */
function printable(line: string): string {
  return line.replaceAll(/(?!\n)\p{Cc}/gu, '\ufffd');
}

/** Results on the standard output, the rest on the standard error. */
export function terminalIo(): TrainingIo {
  // A reader that went away (`| head`) does not stop a run.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    env: process.env,
    out: (line) => void process.stdout.write(`${printable(line)}\n`),
    notice: (line) => void process.stderr.write(`${printable(line)}\n`),
  };
}
