/** Where the program reads from and prints to. */
export interface ProgramIo {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line for the person, beside the result. */
  readonly notice: (line: string) => void;
}

/** What a post or a server said may hold commands for the terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '\ufffd');
}

/** Results on the standard output, the rest on the standard error. */
export function terminalIo(): ProgramIo {
  // A reader that went away (`| head`) does not stop a stream.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    out: (line) => void process.stdout.write(`${printable(line)}\n`),
    notice: (line) => void process.stderr.write(`${printable(line)}\n`),
  };
}
